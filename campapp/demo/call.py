"""The open call: its form, groups, recommending units and checklist; an entry in every state of the formal check."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from stdnum.cn import uscc

from campapp.applications.actions.allowance import grant
from campapp.applications.actions.check import end_check, mark_item
from campapp.applications.actions.decision import decide
from campapp.applications.actions.draft import begin_application, save_answer
from campapp.applications.actions.file import give_file
from campapp.applications.actions.group import choose_group
from campapp.applications.actions.submission import submit
from campapp.applications.checking import items_of
from campapp.applications.looks import STANDARD
from campapp.applications.models import Application
from campapp.companies.models import Company
from campapp.core import clock, files
from campapp.core.action import bulk
from campapp.core.db import db
from campapp.core.form.asked import by_key
from campapp.core.text.dates import end_of
from campapp.demo import scan
from campapp.demo.data.projects import PROJECTS
from campapp.demo.history import INVENTED
from campapp.demo.people import Cast, acting
from campapp.demo.stock import ZONE, camp, signed_by_captain, taking_part, team_of, with_tracks
from campapp.programmes import ready_made
from campapp.programmes.actions.form import change_form, composed, put_to_use
from campapp.programmes.actions.group import make_group, set_checklist
from campapp.programmes.actions.programme import set_units
from campapp.programmes.models import CheckItem, Group, Programme, Track, Unit

MANY = 20_000_000
"""Yuan of revenue at which a company is no start-up any more."""


@dataclass(frozen=True)
class Planned:
    """An entry: the project, how the check ends for it, and who enters it."""

    project: int
    state: str
    entrant: str
    """`team`, `young`, `old` (let in by exception) or `grown`."""
    scan: bool = True
    code: int = 0
    """Whose credit code it gives, if not its own: the same organisation twice."""


PLAN = (
    Planned(0, "draft", "young", scan=False), Planned(1, "submitted", "young"), Planned(2, "marked", "team"),
    Planned(3, "submitted", "old", scan=False), Planned(4, "eligible", "grown"), Planned(5, "eligible", "team"),
    Planned(6, "returned", "young"), Planned(7, "submitted", "grown", scan=False),
    Planned(8, "draft", "grown", scan=False), Planned(9, "ineligible", "young", code=1),
    Planned(10, "accepted", "young"), Planned(11, "waitlisted", "team"),
)  # fmt: skip


def plant(cast: Cast, companies: dict[str, Company], day: date) -> None:
    """The camp whose call closes tonight."""
    with bulk():
        row = camp(
            cast, zh=f"开源创新加速营 {day.year}", en=f"Open Source Acceleration Camp {day.year}",
            first=day + timedelta(days=14), deadline=day, wanted=12,
            lead_zh="企业先把需求写出来，再用两天时间与你的团队面对面坐下来谈。",
            lead_en="Companies write down their needs first; then your team sits down with them for two days.",
        )  # fmt: skip
        tracks = with_tracks(
            row, ("人工智能与边缘计算", "AI and edge computing"), ("开源与芯片", "Open source and chips")
        )
        taking_part(row, [companies[name] for name in ("百度", "浪潮", *INVENTED[:4])])
        groups = _set_up(row, day)
    for number, one in enumerate(PLAN):
        ago = timedelta(hours=7 * (len(PLAN) - number), minutes=13 * number % 60)
        with clock.at(clock.now() - ago):
            with bulk():
                application = _entered(row, one, cast, tracks[number % len(tracks)], groups)
            _checked(row, application, one, cast)


def _set_up(row: Programme, day: date) -> dict[str, Group]:
    set_units(row, [
        {"role": "host", "name_zh": "中关村软件园", "name_en": "Zhongguancun Software Park"},
        {"role": "recommend", "name_zh": "北陌孵化器", "name_en": "Beimo Incubator"},
        {"role": "recommend", "name_zh": "南栅大学科技园", "name_en": "Nanzha University Science Park"},
    ])  # fmt: skip
    change_form(row, lambda before: _form(before, row, day))
    put_to_use(row)
    set_checklist(row, [{"title_zh": zh, "title_en": en, "auto": auto} for zh, en, auto in STANDARD])
    enterprise, once = (
        {"fact": "answer.entity", "is": ["enterprise"]},
        {"fact": "organisation.entries", "most": 1},
    )
    return {
        "young": make_group(row, title_zh="初创组", title_en="Start-up group", conditions=[
            enterprise, {"fact": "organisation.registered_on", "least": f"{day.year - 5}-01-01"},
            {"fact": "answer.revenue", "most": MANY}, once]),
        "grown": make_group(row, title_zh="成长组", title_en="Growth group", conditions=[
            enterprise, {"fact": "answer.revenue", "least": MANY}, once]),
        "team": make_group(row, title_zh="团队组", title_en="Team group", conditions=[
            {"fact": "answer.entity", "is": ["team"]}, {"fact": "team.size", "most": 10}]),
    }  # fmt: skip


def _form(before: dict[str, Any], row: Programme, day: date) -> dict[str, Any]:
    """The standard form, and what the groups ask: questions that appear by an answer, a letter that is due later."""
    company = {"key": "entity", "is": ["enterprise"]}
    audit = {
        "key": "audited", "kind": "choice", "label_zh": "财务报表是否经过审计", "label_en": "Are the accounts audited?",
        "required": True, "when": {"key": "revenue", "least": MANY},
        "choices": [{"value": "yes", "zh": "是", "en": "Yes"}, {"value": "no", "zh": "否", "en": "No"}],
    }  # fmt: skip
    entrant = [
        ready_made.ENTITY, {**ready_made.CREDIT_CODE, "required": True, "when": company},
        {**ready_made.REGISTERED_ON, "required": True, "when": company},
        {**ready_made.REVENUE, "required": True, "when": company}, audit,
        {**ready_made.RECOMMENDER, "choices": _recommending(row)},
    ]  # fmt: skip
    paper = [{**ready_made.LETTER, "due": f"{day + timedelta(days=3)} 18:00:00"}]
    return {"sections": [
        *before["sections"],
        {"key": "entrant", "title_zh": "参加主体", "title_en": "Who enters", "fields": entrant},
        {"key": "paper", "title_zh": "承诺书", "title_en": "Commitment letter", "fields": paper},
    ]}  # fmt: skip


def _recommending(row: Programme) -> list[dict[str, Any]]:
    units = select(Unit).where(Unit.programme_id == row.id).order_by(Unit.position)
    return ready_made.recommending(db.session.scalars(units))


def _answers(row: Programme, one: Planned) -> dict[str, Any]:
    words, year, units = PROJECTS[one.project], clock.now().year, _recommending(row)
    found: dict[str, Any] = {"summary": words.summary_zh, "sector": words.sector, "trl": str(words.trl)}
    found["entity"] = "team" if one.entrant == "team" else "enterprise"
    if one.project % 3:
        found["recommender"] = units[one.project % 2]["value"]
    if one.entrant == "team":
        return found
    code = f"91000000DEM{one.code or one.project:06d}"
    since = {"young": year - 2, "old": year - 6, "grown": year - 9}[one.entrant]
    revenue = 86_000_000 if one.entrant == "grown" else 6_000_000
    found |= {"credit_code": code + uscc.calc_check_digit(code), "registered_on": f"{since}-05-18"}
    if one.state != "draft" or one.entrant == "grown":  # the other draft stops here: its group is still open
        found["revenue"] = revenue
    return found | ({"audited": "yes"} if one.entrant == "grown" else {})


def _entered(
    row: Programme, one: Planned, cast: Cast, track: Track, groups: dict[str, Group]
) -> Application:  # fmt: skip
    team, project = team_of(one.project, cast)
    application = begin_application(team, row, project, track=track)
    for key, value in _answers(row, one).items():
        save_answer(application, key, value)
    if one.scan:
        given = io.BytesIO(
            scan.letter("Commitment letter", [PROJECTS[one.project].en, "Signed and stamped."])
        )
        stored = files.keep(given, "承诺书-盖章.pdf", limit=1 << 20)
        give_file(application, by_key(composed(row))["promise"], stored)
    if one.entrant == "old":
        grant(row, reason="2024 年才转为科技型企业，组委会同意按初创组参加。", group=groups["young"],
              application=application)  # fmt: skip
    if one.state == "draft":
        if one.entrant == "grown":
            grant(row, reason="负责人住院，经组委会同意顺延两天。", application=application,
                  until=end_of(clock.now().astimezone(ZONE).date() + timedelta(days=4), ZONE))  # fmt: skip
        return application
    choose_group(application, groups["young" if one.entrant == "old" else one.entrant].id)
    submit(application, f"demo-{application.id}", agreed=("companies", "publication"))
    signed_by_captain(application)
    return application


def _checked(row: Programme, application: Application, one: Planned, cast: Cast) -> None:
    """What the organiser found: half of it, or all, and how it ended."""
    if one.state in {"draft", "submitted"}:
        return
    items = {item.auto: item for item in items_of(row.id)}
    with acting(cast.organiser, f"organiser:{row.id}"), bulk():
        if one.state == "marked":
            mark_item(application, items["in_time"], "passed")
            return
        _mark(application, items[""], one)
        if one.state in {"returned", "ineligible"}:
            end_check(application, one.state, respond_by=clock.now() + timedelta(days=5))
            return
        end_check(application, "eligible")
        if one.state != "eligible":
            decide(application, one.state, quiet=True)


def _mark(application: Application, item: CheckItem, one: Planned) -> None:
    if one.state == "returned":
        mark_item(application, item, "failed", "项目简介没有说明开源的部分，请补充。")
    else:
        mark_item(application, item, "passed")
