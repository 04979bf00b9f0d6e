"""The supporting cast of a rehearsal: invented teams in every state, companies that answer, what is owed handed in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from campapp.applications.actions.check import end_check, mark_item
from campapp.applications.actions.decision import decide
from campapp.applications.actions.draft import begin_application, newest_form, save_answer
from campapp.applications.actions.file import give_file
from campapp.applications.actions.group import choose_group
from campapp.applications.actions.submission import Incomplete, submit, take_in, withdraw
from campapp.applications.checking import lines_of
from campapp.applications.grouping import standings
from campapp.applications.models import Application
from campapp.applications.timing import timing_of
from campapp.companies.models import Company
from campapp.core import clock
from campapp.core.access import Refused
from campapp.core.action import bulk
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.form.asked import all_fields, asked, by_key
from campapp.core.form.kinds import GIVEN, kinds_of
from campapp.demo.data.projects import PROJECTS
from campapp.demo.history import INVENTED, NAMED
from campapp.demo.inventing import invented_answers, invented_file
from campapp.demo.people import Cast, acting
from campapp.demo.stock import signed_by_captain, taking_part, team_of
from campapp.dues import asking
from campapp.dues.actions import answer as dues
from campapp.dues.wanted import ids_in, wanted_by
from campapp.matching.actions.preference import rank_companies, rank_teams
from campapp.programmes.actions.participation import decline_participation, invite_company
from campapp.programmes.models import FollowUp, Participation, Programme, Track

STATES = (
    "draft", "submitted", "accepted", "returned", "ineligible", "eligible", "accepted", "waitlisted", "not accepted",
    "withdrawn", "accepted", "submitted", "accepted", "draft", "eligible", "accepted",
)  # fmt: skip
"""How the teams stand, in turn. The first is the team of whoever looks around as its captain."""
IN_A_COMPETITION = {"accepted": "promoted", "waitlisted": "not promoted", "not accepted": "not promoted"}
CONFIRMED = 6
REASON = "请补充团队成员的分工。"


def invent_companies(programme: Programme, companies: dict[str, Company]) -> None:
    """Six with needs that take part, one that declined, one that has not answered; to a competition none are invited.

    The representative that everybody may be acts for one of those that take part.
    """
    if not programme.meets:
        return
    some = [companies[name] for name in (*INVENTED, *NAMED)]
    with bulk():
        taking_part(programme, some[:CONFIRMED])
        decline_participation(
            invite_company(programme, some[CONFIRMED], state="invited"), "今年没有合适的需求。"
        )
        invite_company(programme, some[CONFIRMED + 1], state="invited")


# ------------------------------------------------------------------------------------------------ teams
def invent_teams(programme: Programme, cast: Cast, count: int) -> None:
    """So many teams, in every state that an entry can be in."""
    mine = select(Track).where(Track.programme_id == programme.id).order_by(Track.position, Track.id)
    tracks = [track.id for track in db.session.scalars(mine)]
    count = min(count, len(PROJECTS))
    for index, moment in enumerate(_moments(programme, count)):
        with clock.at(moment) as hands:
            track = db.session.get_one(Track, tracks[index % len(tracks)]) if tracks else None
            with bulk():
                application = _draft(programme, index, cast, track)
            state = state_of(programme, index)
            if state != "draft":
                _submitted(application)
                hands.forward(timedelta(minutes=1))
                _decided(programme, application, state, cast)


def state_of(programme: Programme, index: int) -> str:
    """How a team stands in such a programme."""
    state = STATES[index % len(STATES)]
    return state if programme.meets else IN_A_COMPETITION.get(state, state)


def _moments(programme: Programme, count: int) -> list[datetime]:
    """When each came in: while the call was open, where it has been, and before now."""
    last = min(clock.now(), programme.deadline - timedelta(hours=1) if programme.deadline else clock.now())
    first = last - timedelta(days=10)
    if programme.opens_at is not None and programme.opens_at < last:
        first = max(first, programme.opens_at)
    return [first + (last - first) * (n + 1) / (count + 1) for n in range(count)]


def _draft(programme: Programme, index: int, cast: Cast, track: Track | None) -> Application:
    """All that its form asks is answered, with files where it asks for some."""
    team, project = team_of(index, cast)
    application = begin_application(team, programme, project, track=track)
    form = newest_form(programme.id)
    document = form.document if form else {"sections": []}
    answers, group_id = _fitting(application, document, index)
    timing = timing_of(application)
    for field in all_fields(document):
        if field["key"] not in asked(document, answers) or timing.is_frozen(field, clock.now()):
            continue
        if field["kind"] in GIVEN:
            give_file(application, field, invented_file(field, kinds_of(field), index))
        elif application.answers.get(field["key"]) != answers[field["key"]]:
            save_answer(application, field["key"], answers[field["key"]])
    if group_id is not None:
        choose_group(application, group_id)
    return application


def _fitting(
    application: Application, document: dict[str, Any], index: int
) -> tuple[dict[str, Any], int | None]:
    """Answers with which the entry fits a group, and that group, another for the next team if it can be."""
    first: dict[str, Any] = {}
    for attempt in range(24):
        answers = invented_answers(document, index, application.answers, attempt=attempt)
        first = first or answers
        fitting = [one.group.id for one in standings(application, document, answers) if one.state == "fits"]
        if fitting:
            return answers, fitting[index % len(fitting)]
    return first, None


def _submitted(application: Application) -> None:
    """By the team itself; as taken in by the organiser where no group fits what could be invented."""
    try:
        with bulk():
            submit(application, f"rehearsed-{application.id}", agreed=("companies", "publication"))
            signed_by_captain(application)
    except (Incomplete, Refused):
        db.session.expire_all()
        with bulk():
            take_in(application)


def _decided(programme: Programme, application: Application, state: str, cast: Cast) -> None:
    """What the organiser found and decided; the news lies in the mailbox."""
    if state == "withdrawn":
        withdraw(application, "团队另有安排。")
    if state in {"submitted", "withdrawn"}:
        return
    checked = state if state in {"returned", "ineligible"} else "eligible"
    with acting(cast.organiser, f"organiser:{programme.id}"), bulk():
        _checked(application, checked)
        if state != checked:
            decide(application, state)


def _checked(application: Application, verdict: str) -> None:
    lines, fails = lines_of(application), verdict != "eligible"
    respond_by = clock.now() + timedelta(days=20)
    if not lines:
        decide(application, verdict, reason=REASON if fails else "")
        application.respond_by = respond_by if verdict == "returned" else None
        return
    chosen = next((line for line in lines if not line.item.auto), lines[0])
    for line in lines:
        if fails and line is chosen:
            mark_item(application, line.item, "failed", REASON)
        elif line.verdict != "passed":
            mark_item(application, line.item, "passed")
    end_check(application, verdict, respond_by=respond_by)


# ------------------------------------------------------------------------------------------------ answers later
def invent_wishes(programme: Programme) -> None:
    """Most companies and most accepted teams have said whom they would like to meet."""
    companies = _rows(Participation, programme, "confirmed")
    teams = _rows(Application, programme, "accepted")
    if not companies or not teams:
        return
    with bulk():
        for number, company in enumerate(companies[:-1]):
            rank_teams(company, _turned(teams, number)[:4])
        for number, team in enumerate(teams[:-1]):
            rank_companies(team, _turned(companies, number)[:3])


def _rows(model: Any, programme: Programme, state: str) -> list[Any]:
    mine = select(model).where(model.programme_id == programme.id, model.state == state)
    return list(db.session.scalars(mine.order_by(model.id)))


def _turned(rows: list[Any], by: int) -> list[Any]:
    by %= len(rows)
    return rows[by:] + rows[:by]


def invent_follow_ups(programme: Programme) -> None:
    """Of those who owe something, some have handed in all, some a part, some nothing."""
    mine = select(FollowUp).where(FollowUp.programme_id == programme.id, FollowUp.closed_at.is_(None))
    for follow_up in db.session.scalars(mine.order_by(FollowUp.id)).all():
        for number, key in enumerate(ids_in(follow_up)):
            if number % 3 < 2:
                subject = db.session.get_one(wanted_by(follow_up).model, key)
                with bulk(), _by(subject):
                    _handed_in(follow_up, subject, number, whole=number % 3 == 0)


@contextmanager
def _by(subject: Application | Participation) -> Iterator[None]:
    if isinstance(subject, Application):
        name = subject.team_name
    else:
        name = db.session.get_one(Company, subject.company_id).name
    with current.set(actor=replace(SYSTEM, name=name)):
        yield


def _handed_in(follow_up: FollowUp, subject: Application | Participation, index: int, *, whole: bool) -> None:
    document, rows = asking.document_of(follow_up), dues.rows_of(follow_up, subject)
    answers = invented_answers(document, index)
    open_ = [key for key, due in rows.items() if not due.is_locked(clock.now())]
    given = {key: answers[key] for key in open_ if key in answers}
    some = given if whole else dict(list(given.items())[: (len(given) + 1) // 2])
    dues.answer(subject, follow_up, some)
    fields = by_key(document)
    for key in open_ if whole else ():
        field = fields.get(key)
        if field is not None and field["kind"] in GIVEN and key in asked(document, answers):
            dues.give_file(subject, follow_up, field, invented_file(field, kinds_of(field), index))
