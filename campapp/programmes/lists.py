"""The companies of a camp, as a list."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import contains_eager

from campapp.companies.models import Company
from campapp.core.language import lazy_gettext as _l
from campapp.core.language import say
from campapp.core.list.columns import Column
from campapp.core.list.declared import List, Preset
from campapp.core.list.filters import Choice, Flag, Option
from campapp.core.list.terms import TermsOfJoined
from campapp.programmes.models import Participation

STATES = {
    "invited": _l("Invited"), "confirmed": _l("Takes part"), "declined": _l("Declined"),
    "withdrawn": _l("Withdrawn"),
}  # fmt: skip


def state_words(state: str) -> str:
    """A participation's state in words."""
    return str(STATES[state])


class Companies(List[Participation]):
    """Who is invited to a camp, and what each has said."""

    name, model, order = "companies-in-camp", Participation, "company"
    columns = (
        Column("company", _l("Company"), value=lambda row: say(row.company, "name") or row.company.name,
               sort=Company.sort_key, fold="full"),
        Column("state", _l("State"), sort=Participation.state, fold="state", words=state_words),
        Column("max_meetings", _l("Most meetings"), sort=Participation.max_meetings, align="r"),
        Column("own_tables", _l("Tables of its own"), align="r", fold="hide"),
        Column("teams_shown", _l("Sees teams since"), value=lambda row: row.teams_shown_at),
    )  # fmt: skip
    filters = (
        TermsOfJoined(models=(Company,)),
        Choice("state", _l("State"), Participation.state,
               [Option(state, words) for state, words in STATES.items()]),
        Flag("shown", _l("Sees the teams"), lambda: Participation.teams_shown_at.is_not(None)),
    )  # fmt: skip
    presets = (
        Preset(_l("All")),
        Preset(_l("Not answered"), "state=invited"),
        Preset(_l("Coming"), "state=confirmed"),
    )

    def everything(self) -> Select[Any]:
        """Those of one programme that the reader sees, each with its company."""
        return (
            super()
            .everything()
            .join(Participation.company)
            .options(contains_eager(Participation.company))
            .where(Participation.programme_id == self.scope["programme"].id)
        )
