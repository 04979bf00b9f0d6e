"""The list of outcomes: the same for a team, a company, an organiser and the park, each with what they see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import joinedload

from campapp.applications.models import Application
from campapp.companies.models import Company
from campapp.core.access import visible
from campapp.core.current import Actor
from campapp.core.language import lazy_gettext as _l
from campapp.core.language import say
from campapp.core.list.columns import Column
from campapp.core.list.declared import List, Preset
from campapp.core.list.filters import Choice, DateRange, Option
from campapp.core.list.terms import Terms
from campapp.core.search import matches
from campapp.outcomes.models import Outcome
from campapp.outcomes.words import (
    CURRENCIES,
    SIDES,
    STANDINGS,
    STATES,
    TYPES,
    money_shown,
    standing_is,
    state_shown,
)
from campapp.pool.models import Project
from campapp.teams.models import Team


def _money(name: str) -> Any:
    def shown(row: Outcome) -> str:
        return money_shown(getattr(row, name), row.currency)

    return shown


def _not_a_company(actor: Actor) -> bool:
    return actor.role != "representative"


def _not_a_team(actor: Actor) -> bool:
    return actor.role != "member"


@dataclass(frozen=True)
class Named(Terms):
    """Words of the outcome's line, its company or its application, or a part of its project's or team's name."""

    def condition(self, listing: Any, value: str) -> ColumnElement[bool]:
        """Any of them holds it."""
        entry = visible(Application).where(
            Application.project_id == Outcome.project_id, matches(Application, value, common=True)
        )
        named = [
            column.in_(select(model.id).where(name.icontains(value, autoescape=True)))
            for column, model, name in (
                (Outcome.project_id, Project, Project.title), (Outcome.team_id, Team, Team.name)
            )
        ]  # fmt: skip
        company = Outcome.company_id.in_(select(Company.id).where(matches(Company, value)))
        return or_(matches(Outcome, value, common=True), company, entry.correlate(Outcome).exists(), *named)


class OutcomeList(List[Outcome]):
    """Outcomes that the reader sees, newest first."""

    name = "outcomes"
    model = Outcome
    order = "-day"
    presets = (
        Preset(_l("All")), Preset(_l("To confirm"), "state=reported"), Preset(_l("Disputed"), "state=disputed"),
    )  # fmt: skip
    columns = (
        Column("title", _l("Outcome"), lambda row: row.title or str(TYPES[row.type]), fold="full"),
        Column("type", _l("Type"), lambda row: str(TYPES.get(row.type, row.type)), sort=Outcome.type),
        Column("project", _l("Project"), lambda row: say(row.project, "title")),
        Column("team", _l("Team"), lambda row: row.team.name, only_for=_not_a_team),
        Column("company", _l("Company"), lambda row: row.company.name if row.company else "", only_for=_not_a_company),
        Column("day", _l("Date"), sort=Outcome.day),
        Column("intended", _l("Intended"), _money("intended"), align="r"),
        Column("signed", _l("Signed"), _money("signed"), align="r"),
        Column("paid", _l("Paid"), _money("paid"), align="r"),
        Column("reported_side", _l("Reported by"), lambda row: str(SIDES[row.reported_side]), shown=False),
        Column("confirmed_side", _l("Confirmed by"), lambda row: str(SIDES.get(row.confirmed_side, "")), shown=False),
        Column("state", _l("State"), state_shown, sort=Outcome.state, fold="state"),
    )  # fmt: skip
    filters = (
        Named(),
        Choice("state", _l("State"), Outcome.state, [Option(*pair) for pair in STATES.items()]),
        Choice("type", _l("Type"), Outcome.type, [Option(*pair) for pair in TYPES.items()]),
        Choice(
            "standing", _l("Who stands behind it"), None,
            [Option(key, label, standing_is(key)) for key, label in STANDINGS.items()],
        ),
        Choice("currency", _l("Currency"), Outcome.currency, [Option(code, code) for code in CURRENCIES]),
        DateRange("day", _l("Date"), Outcome.day),
    )  # fmt: skip

    def everything(self) -> Select[Any]:
        """What the reader sees, with the names that the page shows."""
        return visible(Outcome).options(
            joinedload(Outcome.project), joinedload(Outcome.team), joinedload(Outcome.company)
        )
