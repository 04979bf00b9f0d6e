"""A camp's matches, as the organiser's list."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import contains_eager

from campapp.applications.models import Application
from campapp.companies.models import Company
from campapp.core.language import lazy_gettext as _l
from campapp.core.language import lazy_pgettext
from campapp.core.list.columns import Column
from campapp.core.list.declared import List, Preset
from campapp.core.list.filters import Choice, Flag, NumberRange, Option
from campapp.core.list.terms import TermsOfJoined
from campapp.matching.models import Match
from campapp.matching.reasons import worded
from campapp.matching.reviewing import company_name
from campapp.matching.words import STATES
from campapp.programmes.models import Participation

OVER = ("replaced", "cancelled")
"""What no run and nobody holds to any more: shown where it is asked for."""


def _company(match: Match) -> str:
    return company_name(match.participation.company)


def _reasons(match: Match) -> str:
    reasons = worded(match.reasons, match.application.team_name, _company(match))
    return "\n".join(f"{reason.kind}: {reason.text}" for reason in reasons)


class Matches(List[Match]):
    """Of one programme, by team, the best first; scope: programme."""

    name, model, order = "matches", Match, "team,-score"
    columns = (
        Column("team", _l("Team"), value=lambda match: match.application.team_name, sort=Application.team_sort,
               fold="full"),
        Column("number", _l("Number"), value=lambda match: match.application.number, shown=False),
        Column("company", _l("Company"), value=_company, sort=Company.sort_key),
        Column("score", _l("Score"), value=lambda match: round(match.score, 1) if match.run_id else None,
               sort=Match.score, align="r"),
        Column("since", lazy_pgettext("match", "Since"), value=lambda match: match.state_at,
               sort=Match.state_at, align="r", fold="hide"),
        Column("state", _l("State"), sort=Match.state, fold="state", words=lambda name: str(STATES[name])),
        Column("reasons", _l("Why this match"), value=_reasons, shown=False),
    )  # fmt: skip
    filters = (
        TermsOfJoined(models=(Application, Company)),
        Choice("state", _l("State"), Match.state, [Option(*pair) for pair in STATES.items()]),
        Flag("hand", _l("Added by hand"), lambda: Match.run_id.is_(None)),
        NumberRange("score", _l("Score"), Match.score),
    )
    presets = (
        Preset(_l("All")),
        Preset(lazy_pgettext("match", "Proposed"), "state=proposed"),
        Preset(_l("Waiting for an answer"), "state=released,accepted by company,accepted by team"),
        Preset(lazy_pgettext("match", "Confirmed"), "state=confirmed,scheduled,held,no-show"),
        Preset(_l("Came to nothing"), "state=declined,lapsed"),
    )

    @property
    def zone(self) -> str:
        return str(self.scope["programme"].zone)

    def everything(self) -> Select[Any]:
        """Those of one programme, each with its team's and its company's names."""
        team = contains_eager(Match.application).load_only(
            Application.team_name, Application.team_sort, Application.number
        )
        company = contains_eager(Match.participation).contains_eager(Participation.company)
        statement = (
            super()
            .everything()
            .join(Match.application)
            .join(Match.participation)
            .join(Participation.company)
            .options(team, company)
            .where(Match.programme_id == self.scope["programme"].id)
        )
        return statement if "state" in self.wanted else statement.where(Match.state.not_in(OVER))
