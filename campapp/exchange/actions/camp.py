"""Taking a plan in: one transaction, by the same actions as the pages; what is the same already is left alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from campapp.applications.actions.decision import decide
from campapp.applications.actions.draft import begin_application, refresh_names
from campapp.applications.actions.submission import take_in as count_as_submitted
from campapp.applications.models import Application, TeamAbsence
from campapp.companies.actions import change_need, name_representative, state_need, write_down_company
from campapp.companies.models import Company, Need, Representative
from campapp.core.access import Verdict, rule
from campapp.core.action import Act, action
from campapp.core.current import ADMINISTRATOR, ORGANISER, SYSTEM, Actor, current
from campapp.core.db import db
from campapp.core.text.names import fold
from campapp.exchange.camp.plan import Plan
from campapp.exchange.camp.reading import Row
from campapp.matching.models import Preference
from campapp.pool.actions import change_project, write_down_project
from campapp.pool.models import Project
from campapp.programmes.actions.agenda import add_room, add_session, add_slot, add_table
from campapp.programmes.actions.participation import (
    bring_need,
    change_limits,
    change_own_tables,
    confirm_participation,
    invite_company,
    set_absences,
    show_teams,
)  # fmt: skip
from campapp.programmes.actions.programme import change_programme, create_programme, publish_programme
from campapp.programmes.models import Absence, Participation, Programme, Session, Slot, Table
from campapp.programmes.rules import level_in
from campapp.teams.actions import name_member, new_team
from campapp.teams.models import Member, Team

KINDS = ("teams", "companies", "needs", "preferences", "slots", "sessions")


@dataclass
class Counts:
    """How many rows were created, changed, or the same already, by kind."""

    created: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))
    unchanged: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))
    updated: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))

    def note(self, kind: str, what: str) -> None:
        """Count one row."""
        getattr(self, what)[kind] += 1


@dataclass
class Known:
    """What stands in the camp while it is taken in, by name."""

    programme: Programme
    slots: dict[tuple[Any, str], Slot] = field(default_factory=dict)
    companies: dict[str, Company] = field(default_factory=dict)
    participations: dict[str, Participation] = field(default_factory=dict)
    teams: dict[str, Application] = field(default_factory=dict)
    needs: set[int] = field(default_factory=set)
    """Needs that a row of the file stands for already."""


@rule
def may_import(actor: Actor, programme: Programme | None) -> Verdict:
    """Who may create programmes; into one that is there, its owner or manager."""
    if programme is None:
        return actor.role in {ADMINISTRATOR, "system"} or (
            actor.role == ORGANISER and actor.scope.level in {"owner", "manager"}
        )
    return level_in(actor, programme.id) in {"owner", "manager"}


@action("camp_imported", rule=may_import)
def take_in(act: Act, programme: Programme | None, plan: Plan) -> tuple[Programme, Counts]:
    """A camp from its spreadsheets. Teams are accepted, companies take part; a past deadline does not matter."""
    counts = Counts()
    owner = act.by
    with current.set(actor=owner):
        camp = programme or create_programme(None, kind="camp", slug=plan.slug, **_camp(plan))
    with current.set(actor=SYSTEM):
        if programme is not None:
            _update(programme, change_programme, _camp(plan))
        if camp.state == "draft":
            publish_programme(camp)
        known = Known(camp)
        _agenda(known, plan, counts)
        for row in plan.companies:
            _company(known, row, counts)
        _tables(known, plan)
        for row in plan.needs:
            _need(known, row, counts)
        for row in plan.teams:
            _team(known, row, counts)
        _preferences(known, plan, counts)
    act.about(camp)
    act.note(created=counts.created, updated=counts.updated)
    return camp, counts


def _camp(plan: Plan) -> dict[str, Any]:
    camp = plan.camp
    return {
        "title_en": camp["title_en"], "title_zh": camp.get("title_zh", ""), "zone": camp["timezone"],
        "first_day": camp["first_day"], "last_day": camp["last_day"], "deadline": camp.get("deadline"),
    }  # fmt: skip


def _update(row: Any, change: Any, values: dict[str, Any]) -> bool:
    """Change what differs; whether anything did."""
    differing = {name: value for name, value in values.items() if getattr(row, name) != value}
    if differing:
        change(row, **differing)
    return bool(differing)


def _agenda(known: Known, plan: Plan, counts: Counts) -> None:
    camp = known.programme
    slots = db.session.scalars(select(Slot).where(Slot.programme_id == camp.id))
    known.slots = {(slot.day, slot.start): slot for slot in slots}
    sessions = db.session.scalars(select(Session).where(Session.programme_id == camp.id))
    standing = {(s.day, s.start, s.title_zh or s.title_en): s for s in sessions}
    for row in plan.agenda:
        if row["kind"] == "slot":
            key = (row["day"], row["start"])
            counts.note("slots", "unchanged" if key in known.slots else "created")
            if key not in known.slots:
                known.slots[key] = add_slot(camp, row["day"], row["start"], row["end"])
            continue
        english, chinese = both(row["title"])
        if (row["day"], row["start"], chinese or english) in standing:
            counts.note("sessions", "unchanged")
            continue
        room = add_room(camp, row["room"]) if row["room"] else None
        add_session(
            camp,
            day=row["day"],
            start=row["start"],
            end=row["end"],
            title_en=english,
            title_zh=chinese,
            room=room,
        )
        counts.note("sessions", "created")


def both(title: str) -> tuple[str, str]:
    """`Opening / 开营` as its two languages; a title in one of them is that one."""
    parts = [part.strip() for part in title.split(" / ")]
    chinese = [part for part in parts if any("\u4e00" <= c <= "\u9fff" for c in part)]
    english = [part for part in parts if part not in chinese]
    return " / ".join(english), " / ".join(chinese)


def _company(known: Known, row: Row, counts: Counts) -> None:
    key = fold(row["company"])
    company = db.session.scalars(select(Company).where(Company.name_key == key)).one_or_none()
    company = company or write_down_company(None, row["company"])
    known.companies[key] = company
    standing = db.session.scalars(
        select(Participation).where(
            Participation.programme_id == known.programme.id, Participation.company_id == company.id
        )
    ).one_or_none()
    part = standing or invite_company(
        known.programme,
        company,
        state="confirmed",
        max_meetings=row["max_meetings"],
        own_tables=row["tables"],
    )
    known.participations[key] = part
    changed = standing is not None and _change_company(part, row)
    changed = _representative(company, row["representative_email"]) or changed
    changed = _away(known, part, row) or changed
    if part.teams_shown_at is None:
        show_teams(part)
    counts.note("companies", "created" if standing is None else "updated" if changed else "unchanged")


def _change_company(part: Participation, row: Row) -> bool:
    changed = False
    if part.state != "confirmed":
        confirm_participation(part)
        changed = True
    if part.own_tables != row["tables"]:
        change_own_tables(part, row["tables"])
        changed = True
    if part.max_meetings != row["max_meetings"]:
        change_limits(part, max_meetings=row["max_meetings"], min_meetings=part.min_meetings)
        changed = True
    return changed


def _representative(company: Company, mail: str) -> bool:
    if not mail:
        return False
    known = select(Representative.id).where(
        Representative.company_id == company.id, Representative.mail == mail
    )
    if db.session.scalars(known).first() is not None:
        return False
    name_representative(company, mail.partition("@")[0], mail=mail, lead=True)
    return True


def _away(known: Known, part: Participation, row: Row) -> bool:
    wanted = [known.slots[key] for key in row["unavailable"] if key in known.slots]
    have = set(db.session.scalars(select(Absence.slot_id).where(Absence.participation_id == part.id)))
    if have == {slot.id for slot in wanted}:
        return False
    set_absences(part, wanted)
    return True


def _tables(known: Known, plan: Plan) -> None:
    """As many tables in all as the camp has; those beyond the companies' own are everybody's."""
    have = len(db.session.scalars(select(Table.id).where(Table.programme_id == known.programme.id)).all())
    for _ in range(plan.camp.get("tables", 0) - have):
        add_table(known.programme)


def _need(known: Known, row: Row, counts: Counts) -> None:
    key = fold(row["company"])
    company = known.companies[key]
    values = {
        "problem": row["description"], "sector": row["sector"], "trl_min": row["trl_min"], "offers": row["offers"]
    }  # fmt: skip
    need = _next_of_name(known, company, fold(row["need"]))
    if need is None:
        chinese = any("\u4e00" <= c <= "\u9fff" for c in row["need"] + row["description"])
        need = state_need(company, row["need"], locale="zh_CN" if chinese else "en", **values)
        db.session.flush()
        known.needs.add(need.id)
        counts.note("needs", "created")
    else:
        counts.note("needs", "updated" if _update(need, change_need, values) else "unchanged")
    bring_need(known.participations[key], need)


def _next_of_name(known: Known, company: Company, key: str) -> Need | None:
    """The company's need of this name; where a file names it twice, each row takes the next one."""
    rows = db.session.scalars(
        select(Need).where(Need.company_id == company.id, Need.title_key == key).order_by(Need.id)
    )
    need = next((row for row in rows if row.id not in known.needs), None)
    if need is not None:
        known.needs.add(need.id)
    return need


def _team(known: Known, row: Row, counts: Counts) -> None:
    standing = db.session.scalars(
        select(Application)
        .join(Team, Team.id == Application.team_id)
        .where(Application.programme_id == known.programme.id, Team.name_key == fold(row["team"]))
        .where(Application.state != "withdrawn")
    ).one_or_none()
    values = {"title": row["project"], "summary": row["summary"], "sector": row["sector"], "trl": row["trl"]}
    locale = "zh_CN" if row["language"] == "zh" else "en"
    if standing is None:
        team = new_team(row["team"], locale=locale, size=row["members"])
        if row["captain_email"]:
            member = name_member(team, row["captain_email"].partition("@")[0], mail=row["captain_email"])
            member.captain = member.contact = True
        project = write_down_project(team, values.pop("title"), locale=locale, **values)
        standing = begin_application(team, known.programme, project)
        standing.max_meetings = row["max_meetings"]
        count_as_submitted(standing)
        decide(standing, "eligible", quiet=True)
        decide(standing, "accepted", quiet=True)
        _team_away(known, standing, row)
        counts.note("teams", "created")
    else:
        counts.note("teams", "updated" if _change_team(known, standing, row, values) else "unchanged")
    known.teams[fold(row["team"])] = standing


def _change_team(known: Known, standing: Application, row: Row, values: dict[str, Any]) -> bool:
    project = db.session.get_one(Project, standing.project_id)
    team = db.session.get_one(Team, standing.team_id)
    changed = _update(project, change_project, values)
    if changed:
        refresh_names(standing, team, project)
    if standing.max_meetings != row["max_meetings"] or team.size != row["members"]:
        standing.max_meetings, team.size = row["max_meetings"], row["members"]
        changed = True
    mail = row["captain_email"]
    member = select(Member.id).where(Member.team_id == team.id, Member.mail == mail, Member.left_at.is_(None))
    if mail and db.session.scalars(member).first() is None:
        name_member(team, mail.partition("@")[0], mail=mail)
        changed = True
    return _team_away(known, standing, row) or changed


def _team_away(known: Known, application: Application, row: Row) -> bool:
    wanted = {known.slots[key].id for key in row["unavailable"] if key in known.slots}
    standing = db.session.scalars(select(TeamAbsence).where(TeamAbsence.application_id == application.id))
    have = {absence.slot_id: absence for absence in standing}
    for slot_id in sorted(wanted - set(have)):
        db.session.add(TeamAbsence(application_id=application.id, slot_id=slot_id))
    for slot_id in set(have) - wanted:
        db.session.delete(have[slot_id])
    return wanted != set(have)


def _preferences(known: Known, plan: Plan, counts: Counts) -> None:
    rows = db.session.scalars(select(Preference).where(Preference.programme_id == known.programme.id))
    standing = {(row.side, row.application_id, row.participation_id): row for row in rows}
    for row in plan.preferences:
        team, company = (row["from"], row["to"]) if row["side"] == "team" else (row["to"], row["from"])
        application, part = known.teams.get(fold(team)), known.participations.get(fold(company))
        if application is None or part is None:
            continue
        known_row = standing.get((row["side"], application.id, part.id))
        if known_row is None:
            db.session.add(
                Preference(programme_id=known.programme.id, side=row["side"], application_id=application.id,
                           participation_id=part.id, rank=row["rank"])
            )  # fmt: skip
            counts.note("preferences", "created")
        elif known_row.rank != row["rank"]:
            known_row.rank = row["rank"]
            counts.note("preferences", "updated")
        else:
            counts.note("preferences", "unchanged")
