"""Everything of a camp that matching looks at, read at the press of the button."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from sqlalchemy import select

from campapp.applications.models import Application
from campapp.companies.models import Company, Need
from campapp.core.db import db
from campapp.matching.models import Match, PairRule, Preference
from campapp.matching.states import ALIVE
from campapp.pool.models import Project
from campapp.programmes.models import NeedInCamp, Participation, Programme

Pair = tuple[int, int]
"""(application id, participation id)."""


@dataclass
class Camp:
    """Everything of a camp that matching looks at, loaded in a constant number of statements."""

    applications: dict[int, Application] = field(default_factory=dict)
    projects: dict[int, Project] = field(default_factory=dict)
    """By application id."""
    participations: dict[int, Participation] = field(default_factory=dict)
    companies: dict[int, Company] = field(default_factory=dict)
    """By participation id."""
    needs: dict[int, list[Need]] = field(default_factory=lambda: defaultdict(list))
    """By participation id."""
    team_ranks: dict[int, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    """Of a company the best place: its own, or that of one of its needs."""
    company_ranks: dict[int, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    rules: dict[Pair, str] = field(default_factory=dict)
    standing: dict[Pair, Match] = field(default_factory=dict)
    refused: set[Pair] = field(default_factory=set)
    """Declined or cancelled once: not proposed again."""

    def has(self, pair: Pair) -> bool:
        """Whether both are in the camp."""
        return pair[0] in self.applications and pair[1] in self.participations


def load(programme: Programme) -> Camp:
    """The accepted teams and confirmed companies of a camp, their words, ranks, rules and standing matches."""
    camp = Camp()
    for application, project in db.session.execute(
        select(Application, Project)
        .join(Project, Project.id == Application.project_id)
        .where(Application.programme_id == programme.id, Application.state == "accepted")
        .order_by(Application.id)
    ):
        camp.applications[application.id], camp.projects[application.id] = application, project
    for participation, company in db.session.execute(
        select(Participation, Company)
        .join(Company, Company.id == Participation.company_id)
        .where(Participation.programme_id == programme.id, Participation.state == "confirmed")
        .order_by(Participation.position, Participation.id)
    ):
        camp.participations[participation.id], camp.companies[participation.id] = participation, company
    _load_needs(camp, programme)
    _load_wishes(camp, programme)
    return camp


def _load_needs(camp: Camp, programme: Programme) -> None:
    rows = db.session.execute(
        select(NeedInCamp.participation_id, Need)
        .join(Need, Need.id == NeedInCamp.need_id)
        .join(Participation, Participation.id == NeedInCamp.participation_id)
        .where(Participation.programme_id == programme.id, Need.closed_at.is_(None))
        .order_by(Need.id)
    )
    for participation_id, need in rows:
        camp.needs[participation_id].append(need)


def _load_wishes(camp: Camp, programme: Programme) -> None:
    for row in db.session.scalars(
        select(Preference)
        .where(Preference.programme_id == programme.id)
        .order_by(Preference.rank, Preference.id)
    ):
        if row.side == "team":
            brought = {need.id for need in camp.needs[row.participation_id]}
            if (
                row.need_id is None or row.need_id in brought
            ):  # by rank: the best of a company's places stands
                camp.team_ranks[row.application_id].setdefault(row.participation_id, row.rank)
        else:
            camp.company_ranks[row.participation_id][row.application_id] = row.rank
    for rule in db.session.scalars(select(PairRule).where(PairRule.programme_id == programme.id)):
        camp.rules[rule.application_id, rule.participation_id] = rule.kind
    for match in db.session.scalars(
        select(Match).where(Match.programme_id == programme.id, Match.state != "replaced").order_by(Match.id)
    ):
        pair = (match.application_id, match.participation_id)
        if match.state in ALIVE:
            camp.standing[pair] = match
        else:
            camp.refused.add(pair)
