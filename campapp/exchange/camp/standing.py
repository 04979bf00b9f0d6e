"""What stands in a camp already, by the names that sheets use: read at once, in a constant number of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select

from campapp.applications.models import Application, TeamAbsence
from campapp.companies.models import Company, Need, Representative
from campapp.core.db import db
from campapp.exchange.camp.columns import is_number
from campapp.matching.models import Preference
from campapp.pool.models import Project
from campapp.programmes.models import Absence, Participation, Programme, Session, Slot
from campapp.teams.models import Member, Team

Moment = tuple[date, str]
"""Day and clock time by which a slot is known."""


@dataclass(frozen=True)
class Entry:
    """A team in the camp: its application, its own row, its project."""

    application: Application
    team: Team
    project: Project


@dataclass
class Standing:
    """A camp's rows by folded names; everything empty where there is no such camp yet."""

    programme: Programme | None = None
    slots: dict[Moment, Slot] = field(default_factory=dict)
    sessions: set[tuple[date, str, str]] = field(default_factory=set)
    companies: dict[str, Company] = field(default_factory=dict)
    """Of the whole park, as far as the sheets name them."""
    participations: dict[str, Participation] = field(default_factory=dict)
    needs: dict[tuple[str, str], list[Need]] = field(default_factory=lambda: defaultdict(list))
    """By company and name; where two bear one name, in the order in which they were stated."""
    representatives: dict[int, list[Representative]] = field(default_factory=lambda: defaultdict(list))
    teams: dict[str, Entry] = field(default_factory=dict)
    members: dict[int, list[Member]] = field(default_factory=lambda: defaultdict(list))
    preferences: dict[tuple[str, int, int], list[Preference]] = field(
        default_factory=lambda: defaultdict(list)
    )
    """By side, team and company, the best place first: the company's own, or that of one of its needs."""
    company_away: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    team_away: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))

    def moments(self, slot_ids: Iterable[int]) -> list[Moment]:
        """Slots as sheets name them, in time order."""
        wanted = set(slot_ids)
        return sorted(key for key, slot in self.slots.items() if slot.id in wanted)

    def slots_at(self, moments: Iterable[Moment]) -> list[Slot]:
        """The slots of these moments, as far as the camp has them."""
        return [self.slots[moment] for moment in moments if moment in self.slots]

    def knows(self, people: Iterable[Member | Representative], contact: str) -> bool:
        """Whether one of these people is reached by this mail address or mobile number already."""
        return any(contact in (person.mail, person.phone) for person in people)


def standing_of(programme: Programme | None, names: Iterable[str]) -> Standing:
    """A camp as it stands, with the park's companies of these folded names."""
    found = Standing(programme)
    _companies(found, set(names))
    if programme is not None:
        _agenda(found, programme)
        _taking_part(found, programme)
        _teams(found, programme)
        rows = select(Preference).where(Preference.programme_id == programme.id)
        for row in db.session.scalars(rows.order_by(Preference.rank, Preference.id)):
            key = (row.side, row.application_id, row.participation_id)
            found.preferences[key].append(row)
    return found


def _agenda(found: Standing, programme: Programme) -> None:
    slots = db.session.scalars(select(Slot).where(Slot.programme_id == programme.id))
    found.slots = {(slot.day, slot.start): slot for slot in slots}
    sessions = db.session.scalars(select(Session).where(Session.programme_id == programme.id))
    found.sessions = {(s.day, s.start, s.title_zh or s.title_en) for s in sessions}


def _companies(found: Standing, names: set[str]) -> None:
    companies = db.session.scalars(select(Company).where(Company.name_key.in_(names)))
    found.companies = {company.name_key: company for company in companies}
    ids = {company.id: key for key, company in found.companies.items()}
    for need in db.session.scalars(select(Need).where(Need.company_id.in_(ids)).order_by(Need.id)):
        found.needs[ids[need.company_id], need.title_key].append(need)
    people = select(Representative).where(
        Representative.company_id.in_(ids), Representative.left_at.is_(None)
    )
    for person in db.session.scalars(people.order_by(Representative.lead.desc(), Representative.id)):
        found.representatives[person.company_id].append(person)


def _taking_part(found: Standing, programme: Programme) -> None:
    rows = db.session.execute(
        select(Company.name_key, Participation)
        .join(Company, Company.id == Participation.company_id)
        .where(Participation.programme_id == programme.id)
    )
    found.participations = {row[0]: row[1] for row in rows}
    ids = [part.id for part in found.participations.values()]
    for absence in db.session.scalars(select(Absence).where(Absence.participation_id.in_(ids))):
        found.company_away[absence.participation_id].add(absence.slot_id)


def _teams(found: Standing, programme: Programme) -> None:
    rows = db.session.execute(
        select(Application, Team, Project)
        .join(Team, Team.id == Application.team_id)
        .join(Project, Project.id == Application.project_id)
        .where(Application.programme_id == programme.id, Application.state != "withdrawn")
        .order_by(Application.id)
    )
    found.teams = {team.name_key: Entry(application, team, project) for application, team, project in rows}
    ids = [entry.application.id for entry in found.teams.values()]
    for absence in db.session.scalars(select(TeamAbsence).where(TeamAbsence.application_id.in_(ids))):
        found.team_away[absence.application_id].add(absence.slot_id)
    teams = [entry.team.id for entry in found.teams.values()]
    members = select(Member).where(Member.team_id.in_(teams), Member.left_at.is_(None))
    for member in db.session.scalars(members.order_by(Member.captain.desc(), Member.id)):
        found.members[member.team_id].append(member)


def contact_of(person: Any) -> str:
    """How somebody is reached: the mail address, else the mobile number; empty for nobody."""
    return "" if person is None else str(person.mail or person.phone)


def spoken(contact: str) -> dict[str, str]:
    """A contact as the field of a person that it fills."""
    return {"phone": contact} if is_number(contact) else {"mail": contact}
