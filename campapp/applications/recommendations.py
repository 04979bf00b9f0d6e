"""What recommending units recommend: entries by unit, as their teams named it in the form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import contains_eager

from campapp.applications.lists import WORDS, states_of
from campapp.applications.models import Answer, Application
from campapp.applications.states import DECISIONS, ELIGIBLE, TAKEN
from campapp.core.access import sight_of
from campapp.core.current import current
from campapp.core.db import db
from campapp.core.form.asked import choice_words
from campapp.core.language import lazy_gettext as _l
from campapp.core.list.columns import Column
from campapp.core.list.declared import List, Preset
from campapp.core.list.filters import Choice, DateRange, Option
from campapp.core.list.terms import TermsOfJoined
from campapp.programmes.models import Programme

Fields = dict[str, dict[str, Any]]


def recommending(fields: Fields) -> Fields:
    """The questions, of every version of the form, that ask who recommends."""
    return {key: field for key, field in fields.items() if field.get("recommender")}


def units_of(fields: Fields) -> dict[str, str]:
    """Every unit that can be named, by the value that stands for it."""
    asked = recommending(fields).values()
    return {choice["value"]: choice_words(choice) for field in asked for choice in field["choices"]}


class Recommendations(List[Answer]):
    """Of one programme, by unit; scope: programme, the fields of its form."""

    name, model, order = "recommendations", Answer, "unit,number"
    columns = (
        Column("unit", _l("Recommending unit"), sort=Answer.text),
        Column("number", _l("Number"), value=lambda a: a.application.number, sort=Application.number, fold="label"),
        Column("project", _l("Project"), value=lambda a: a.application.project_title, fold="full"),
        Column("team", _l("Team"), value=lambda a: a.application.team_name, sort=Application.team_sort),
        Column("state", _l("State"), value=lambda a: a.application.state, fold="state",
               words=lambda name: str(WORDS.get(name, name))),
        Column("submitted", _l("Submitted"), value=lambda a: a.application.submitted_at,
               sort=Application.submitted_at, align="r"),
    )  # fmt: skip
    filters = (
        TermsOfJoined(models=(Application,)),
        Choice("unit", _l("Recommending unit"), Answer.text, lambda listing: listing.units()),
        Choice("state", _l("State"), Application.state, lambda listing: listing.states()),
        DateRange("submitted", _l("Submitted"), Application.submitted_at),
    )
    presets = (
        Preset(_l("All")),
        Preset(_l("To check"), "state=submitted"),
    )

    @property
    def zone(self) -> str:
        return str(self.scope["programme"].zone)

    def states(self) -> list[Option]:
        """The states that an entry of such a programme can be in."""
        return states_of(self.scope["programme"])

    def all_presets(self) -> Sequence[Preset]:
        """The declared ones, and who is in."""
        taken = DECISIONS[self.scope["programme"].kind][0]
        return [*self.presets, Preset(WORDS[taken], f"state={taken}")]

    def units(self) -> list[Option]:
        """Every unit that can be named."""
        return [Option(value, words) for value, words in units_of(self.scope["fields"]).items()]

    def all_columns(self) -> Sequence[Column]:
        """The declared ones, the unit by its name."""
        named, (unit, *others) = units_of(self.scope["fields"]), self.columns
        words = Column(unit.key, unit.label, value=lambda a: named.get(a.text, a.text), sort=unit.sort)
        return [words, *others]

    def everything(self) -> Select[Any]:
        """Entries that are in and name a unit."""
        return (
            super()
            .everything()
            .join(Answer.application)
            .options(contains_eager(Answer.application))
            .where(*_in(self.scope["programme"], self.scope["fields"]))
        )


def _in(programme: Programme, fields: Fields) -> tuple[ColumnElement[bool], ...]:
    return (
        Application.programme_id == programme.id, Application.submitted_at.is_not(None),
        Answer.key.in_(recommending(fields)),
    )  # fmt: skip


@dataclass(frozen=True)
class Tally:
    """How many entries a unit recommends, and how far they came."""

    value: str
    unit: str
    entries: int
    eligible: int
    taken: int


def tallies(programme: Programme, fields: Fields) -> list[Tally]:
    """Every unit that can be named, also one that recommends nobody; withdrawn entries do not count."""
    counts = [
        func.count(case((Application.state.in_(states), Application.id))) for states in (ELIGIBLE, TAKEN)
    ]
    rows = db.session.execute(
        select(Answer.text, func.count(), *counts)
        .join(Application, Application.id == Answer.application_id)
        .where(
            *_in(programme, fields), Application.state != "withdrawn", sight_of(Application, current.actor)
        )
        .group_by(Answer.text)
    )
    found: dict[Any, tuple[int, int, int]] = {row[0]: (int(row[1]), int(row[2]), int(row[3])) for row in rows}
    units = units_of(fields)
    named = {**units, **{value: value for value in found if value not in units}}
    return [Tally(value, words, *found.get(value, (0, 0, 0))) for value, words in named.items()]
