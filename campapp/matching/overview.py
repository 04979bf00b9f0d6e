"""Where a camp's matching stands: what goes into a run, the runs, the matches, who owes an answer."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select

from campapp.applications.agreeing import Unnamed, unnamed_in
from campapp.applications.models import Application
from campapp.companies.models import Company, Representative
from campapp.core.access import visible
from campapp.core.db import db
from campapp.matching.models import Call, Match, PairRule, Release, Response
from campapp.matching.reviewing import company_name
from campapp.matching.states import TURNS
from campapp.programmes.models import NeedInCamp, Participation, Programme
from campapp.runs.models import Run
from campapp.teams.models import Member

MOST_SHOWN = 5_000


def matches_by_state(programme: Programme) -> Counter[str]:
    """How many matches stand where."""
    rows = db.session.execute(
        select(Match.state, func.count()).where(Match.programme_id == programme.id).group_by(Match.state)
    )
    return Counter({row[0]: row[1] for row in rows})


def runs_of(programme: Programme, kind: str = "match") -> list[Run]:
    """The newest runs."""
    mine = visible(Run).where(Run.programme_id == programme.id, Run.kind == kind)
    return list(db.session.scalars(mine.order_by(Run.id.desc()).limit(20)))


def teams_in(programme: Programme) -> dict[int, str]:
    """Accepted teams: application id → name."""
    rows = db.session.execute(
        select(Application.id, Application.team_name)
        .where(Application.programme_id == programme.id, Application.state == "accepted")
        .order_by(Application.team_sort, Application.id)
    )
    return {row[0]: row[1] for row in rows}


def companies_in(programme: Programme) -> dict[int, tuple[str, int]]:
    """Confirmed companies: participation id → (name, needs brought)."""
    needs = select(func.count()).where(NeedInCamp.participation_id == Participation.id).scalar_subquery()
    rows = db.session.execute(
        select(Participation.id, Company, needs)
        .join(Company, Company.id == Participation.company_id)
        .where(Participation.programme_id == programme.id, Participation.state == "confirmed")
        .order_by(Company.sort_key, Company.id)
    )
    return {row[0]: (company_name(row[1]), row[2]) for row in rows}


def pair_rules(programme: Programme) -> list[PairRule]:
    """What is pinned and forbidden."""
    return list(
        db.session.scalars(
            visible(PairRule).where(PairRule.programme_id == programme.id).order_by(PairRule.id)
        )
    )


def proposed_in(programme: Programme) -> list[tuple[Match, str, str]]:
    """Proposals with both names: all of any camp that fits into a hall."""
    rows = db.session.execute(
        select(Match, Application.team_name, Company)
        .join(Application, Application.id == Match.application_id)
        .join(Participation, Participation.id == Match.participation_id)
        .join(Company, Company.id == Participation.company_id)
        .where(
            Match.id.in_(visible(Match).with_only_columns(Match.id)),
            Match.programme_id == programme.id,
            Match.state == "proposed",
        )
        .order_by(Application.team_sort, Application.id, Match.score.desc(), Match.id)
        .limit(MOST_SHOWN)
    )
    return [(row[0], row[1], company_name(row[2])) for row in rows]


def without_consent(matches: list[Match]) -> dict[int, str]:
    """The teams of these matches that do not agree to being passed to companies: application → name."""
    rows = db.session.execute(
        select(Application.id, Application.team_name)
        .where(Application.id.in_({match.application_id for match in matches}))
        .where(Application.companies_agreed_at.is_(None))
        .order_by(Application.team_sort, Application.id)
    )
    return {row[0]: row[1] for row in rows}


def unnamed(matches: list[Match]) -> list[Unnamed]:
    """The members of these matches' teams whom their companies are not told of."""
    return unnamed_in(Application.id.in_({match.application_id for match in matches}))


@dataclass
class Debt:
    """Who owes answers, and how to reach them."""

    kind: str
    """`participation` or `application`."""
    id: int
    name: str
    owes: int = 0
    since: datetime | None = None
    answer_by: datetime | None = None
    people: list[tuple[str, str, str]] = field(default_factory=list)
    """(name, phone, mail)."""
    calls: list[Call] = field(default_factory=list)
    owner_id: int = 0
    """Company or team id."""


def debts(programme: Programme) -> list[Debt]:
    """Everybody whose turn it is, the longest silence first, in a constant number of statements."""
    found: dict[tuple[str, int], Debt] = {}
    silent = Response.id.is_(None) | (Response.answer == "held")
    turn = or_(
        and_(Match.state.in_(TURNS["company"]), Response.side == "company"),
        and_(Match.state.in_(TURNS["team"]), Response.side == "team"),
    )
    rows = db.session.execute(
        select(Match, Application, Participation.company_id, Company, Release)
        .join(Application, Application.id == Match.application_id)
        .join(Participation, Participation.id == Match.participation_id)
        .join(Company, Company.id == Participation.company_id)
        .outerjoin(Release, Release.id == Match.release_id)
        .outerjoin(Response, and_(Response.match_id == Match.id, turn))
        .where(
            Match.programme_id == programme.id, Match.state.in_((*TURNS["company"], *TURNS["team"])), silent
        )
        .order_by(Match.state_at, Match.id)
    )
    for row in rows:
        match, application, company_id, company = row[:4]
        release: Release | None = row[4]
        team = match.state in TURNS["team"]
        key = ("application", application.id) if team else ("participation", match.participation_id)
        debt = found.get(key)
        if debt is None:
            name = application.team_name if team else company_name(company)
            owner = application.team_id if team else company_id
            debt = found[key] = Debt(*key, name, since=match.state_at, owner_id=owner)
        debt.owes += 1
        debt.answer_by = release.answer_by if release and release.answer_by else debt.answer_by
    _reach(found)
    _called(programme, found)
    return list(found.values())


def _reach(found: dict[tuple[str, int], Debt]) -> None:
    companies = {debt.owner_id: debt for debt in found.values() if debt.kind == "participation"}
    teams = {debt.owner_id: debt for debt in found.values() if debt.kind == "application"}
    asked: list[tuple[Any, Any, dict[int, Debt], Any]] = [
        (Representative, Representative.company_id, companies, Representative.lead),
        (Member, Member.team_id, teams, Member.captain),
    ]
    for model, owner, owners, first in asked:
        people = (
            select(model).where(owner.in_(owners), model.left_at.is_(None)).order_by(first.desc(), model.id)
        )
        for person in db.session.scalars(people):
            debt = owners[getattr(person, owner.key)]
            if len(debt.people) < 2:
                debt.people.append((person.name, person.phone, person.mail))


def _called(programme: Programme, found: dict[tuple[str, int], Debt]) -> None:
    lines: dict[tuple[str, int], list[Call]] = defaultdict(list)
    for call in db.session.scalars(
        visible(Call).where(Call.programme_id == programme.id).order_by(Call.id.desc())
    ):
        lines[call.kind, call.subject_id].append(call)
    for key, debt in found.items():
        debt.calls = lines[key][:3]
