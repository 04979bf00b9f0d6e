"""A camp written out as the spreadsheets that it can be taken in from, with its matches, meetings and outcomes."""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import select

from campapp.applications.models import Application, TeamAbsence
from campapp.applications.states import ELIGIBLE
from campapp.companies.models import Company, Need, Representative
from campapp.core.db import db
from campapp.core.sheet.writing import write_csv
from campapp.exchange.camp.results import Rows, names_of, results_of, rows_of
from campapp.exchange.camp.standing import contact_of
from campapp.matching.models import Preference
from campapp.pool.models import Project
from campapp.programmes.models import (
    Absence,
    NeedInCamp,
    Participation,
    Programme,
    Room,
    Session,
    Slot,
    Table,
)
from campapp.teams.models import Member, Team

TEAM = ("team", "project", "summary", "sector", "trl", "members", "captain_email", "language")


def export_folder(programme: Programme, folder: Path) -> dict[str, int]:
    """Write every file into a folder (made if missing); how many rows each has."""
    folder.mkdir(parents=True, exist_ok=True)
    counts = {}
    for name, headings, rows in files_of(programme):
        with (folder / f"{name}.csv").open("wb") as out:
            out.writelines(write_csv(headings, rows, programme.zone))
        counts[name] = len(rows)
    return counts


def packed(programme: Programme) -> bytes:
    """Every file in one ZIP."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, headings, rows in files_of(programme):
            archive.writestr(f"{name}.csv", b"".join(write_csv(headings, rows, programme.zone)))
    return made.getvalue()


def files_of(programme: Programme) -> Iterable[tuple[str, Sequence[str], Rows]]:
    """(name, headings, rows) of each file, in a constant number of statements each."""
    if not programme.meets:
        yield from _of_competition(programme)
        return
    slots = {slot.id: slot for slot in rows_of(Slot, programme, Slot.starts_at)}
    yield "camp", ("key", "value"), _camp(programme)
    yield "agenda", ("day", "start", "end", "kind", "title", "room"), _agenda(programme, slots)
    yield (
        "companies", ("company", "representative_email", "tables", "max_meetings", "unavailable"),
        _companies(programme, slots),
    )  # fmt: skip
    yield "needs", ("company", "need", "description", "sector", "trl_min", "offers"), _needs(programme)
    yield "teams", (*TEAM, "max_meetings", "unavailable"), _teams(programme, slots)
    yield "preferences", ("side", "from", "to", "rank"), _preferences(programme)
    yield from results_of(programme)


def _of_competition(programme: Programme) -> Iterable[tuple[str, Sequence[str], Rows]]:
    """Itself, the teams that passed the formal check with what was decided, and what came of it."""
    itself = [row for row in _camp(programme) if row[0] != "tables"]
    yield (
        "camp",
        ("key", "value"),
        [("kind", programme.kind), *itself, ("wanted", str(programme.wanted or ""))],
    )
    entries = _entries(programme, ELIGIBLE)
    rows = _team_rows(entries)
    states = [entry.state for entry, _team, _project in entries]
    yield "teams", (*TEAM, "state"), [(*row, state) for row, state in zip(rows, states, strict=True)]
    yield from (one for one in results_of(programme) if one[0] == "outcomes")


def _camp(programme: Programme) -> Rows:
    tables = len(rows_of(Table, programme, Table.id))
    deadline = programme.deadline.astimezone(ZoneInfo(programme.zone)) if programme.deadline else None
    return [
        ("title_en", programme.title_en), ("title_zh", programme.title_zh), ("timezone", programme.zone),
        ("first_day", programme.first_day.isoformat()), ("last_day", programme.last_day.isoformat()),
        ("tables", str(tables)),
        ("registration_deadline", deadline.strftime("%Y-%m-%d %H:%M:%S") if deadline else ""),
    ]  # fmt: skip


def _agenda(programme: Programme, slots: dict[int, Slot]) -> Rows:
    rooms = {room.id: room.name for room in rows_of(Room, programme, Room.id)}
    sessions = [
        (
            s.day,
            s.start,
            s.end,
            "session",
            " / ".join(filter(None, (s.title_en, s.title_zh))),
            rooms.get(s.room_id or 0, ""),
        )
        for s in rows_of(Session, programme, Session.starts_at, Session.id)
    ]
    return [*sessions, *((s.day, s.start, s.end, "slot", "", "") for s in slots.values())]


def _when(slot_ids: Iterable[int], slots: dict[int, Slot]) -> str:
    """Slots as `2026-12-01 09:00;…`, in time order."""
    found = sorted((slots[one].starts_at, slots[one]) for one in slot_ids if one in slots)
    return ";".join(f"{slot.day.isoformat()} {slot.start}" for _at, slot in found)


def _taking_part(programme: Programme) -> list[tuple[Participation, Company]]:
    rows = db.session.execute(
        select(Participation, Company)
        .join(Company, Company.id == Participation.company_id)
        .where(Participation.programme_id == programme.id, Participation.state == "confirmed")
        .order_by(Participation.position, Participation.id)
    )
    return [(row[0], row[1]) for row in rows]


def _companies(programme: Programme, slots: dict[int, Slot]) -> Rows:
    parts = _taking_part(programme)
    away: dict[int, list[int]] = defaultdict(list)
    ids = [part.id for part, _company in parts]
    for absence in db.session.scalars(select(Absence).where(Absence.participation_id.in_(ids))):
        away[absence.participation_id].append(absence.slot_id)
    mails: dict[int, str] = {}
    people = select(Representative).where(
        Representative.company_id.in_([company.id for _part, company in parts]),
        Representative.left_at.is_(None),
    )
    for person in db.session.scalars(people.order_by(Representative.lead.desc(), Representative.id)):
        mails.setdefault(person.company_id, contact_of(person))
    return [
        (
            company.name,
            mails.get(company.id, ""),
            part.own_tables,
            part.max_meetings,
            _when(away[part.id], slots),
        )
        for part, company in parts
    ]


def _needs(programme: Programme) -> Rows:
    rows = db.session.execute(
        select(Company.name, Need)
        .join(Participation, Participation.company_id == Company.id)
        .join(NeedInCamp, NeedInCamp.participation_id == Participation.id)
        .join(Need, Need.id == NeedInCamp.need_id)
        .where(Participation.programme_id == programme.id, Participation.state == "confirmed")
        .order_by(Participation.position, Participation.id, Need.id)
    )
    return [
        (name, need.title, need.problem, need.sector, need.trl_min, ";".join(need.offers))
        for name, need in rows
    ]


def _entries(programme: Programme, states: Sequence[str]) -> list[tuple[Application, Team, Project]]:
    rows = db.session.execute(
        select(Application, Team, Project)
        .join(Team, Team.id == Application.team_id)
        .join(Project, Project.id == Application.project_id)
        .where(Application.programme_id == programme.id, Application.state.in_(states))
        .order_by(Application.id)
    )
    return [(row[0], row[1], row[2]) for row in rows]


def _team_rows(entries: list[tuple[Application, Team, Project]]) -> Rows:
    mails: dict[int, str] = {}
    counts: dict[int, int] = defaultdict(int)
    people = select(Member).where(
        Member.team_id.in_([team.id for _application, team, _project in entries]), Member.left_at.is_(None)
    )
    for member in db.session.scalars(people.order_by(Member.captain.desc(), Member.id)):
        counts[member.team_id] += 1
        mails.setdefault(member.team_id, contact_of(member))
    return [
        (team.name, project.title, project.summary, project.sector, project.trl, team.size or counts[team.id] or None,
         mails.get(team.id, ""), "zh" if team.locale.startswith("zh") else "en")
        for _application, team, project in entries
    ]  # fmt: skip


def _teams(programme: Programme, slots: dict[int, Slot]) -> Rows:
    entries = _entries(programme, ("accepted",))
    away: dict[int, list[int]] = defaultdict(list)
    ids = [application.id for application, _team, _project in entries]
    for absence in db.session.scalars(select(TeamAbsence).where(TeamAbsence.application_id.in_(ids))):
        away[absence.application_id].append(absence.slot_id)
    rows = zip(_team_rows(entries), entries, strict=True)
    return [
        (*row, entry.max_meetings, _when(away[entry.id], slots)) for row, (entry, _team, _project) in rows
    ]


def _preferences(programme: Programme) -> Rows:
    teams, companies = names_of(programme)
    found: Rows = []
    best: set[tuple[str, int, int]] = set()
    for row in rows_of(Preference, programme, Preference.side.desc(), Preference.rank, Preference.id):
        key = (row.side, row.application_id, row.participation_id)
        if key in best:  # a company's best place stands for it, whether its own or that of a need
            continue
        best.add(key)
        pair = (teams[row.application_id], companies[row.participation_id])
        found.append((row.side, *(pair if row.side == "team" else reversed(pair)), row.rank))
    return found
