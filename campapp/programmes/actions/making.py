"""A programme made on one page: itself, its parts; a camp's slots by one rule, and its tables."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from campapp.core.action import Act, action
from campapp.core.current import SYSTEM, current
from campapp.programmes.actions.agenda import by_rule, make_slots
from campapp.programmes.actions.place import add_table
from campapp.programmes.actions.programme import (
    create_programme,
    set_contacts,
    set_staff_of_creator,
    set_tracks,
    set_units,
)
from campapp.programmes.models import Programme
from campapp.programmes.rules import may_create_programme

PARTS = ("tracks", "units", "contacts", "windows", "minutes", "pause", "tables")


@action("camp_made", rule=may_create_programme)
def make_camp(act: Act, _park: None, given: dict[str, Any]) -> Programme:
    """A draft camp as one page describes it; who makes it owns it. Raises Unreadable as `add_slot`."""
    with current.set(actor=SYSTEM):
        programme = _made("camp", given)
        if given["windows"]:
            days = days_of(programme)
            make_slots(programme, by_rule(days, given["windows"], given["minutes"], given["pause"] or 0))
        for _number in range(given["tables"] or 0):
            add_table(programme)
    set_staff_of_creator(act, programme)
    return programme


@action("competition_made", rule=may_create_programme)
def make_competition(act: Act, _park: None, given: dict[str, Any]) -> Programme:
    """A draft competition as one page describes it; who makes it owns it."""
    with current.set(actor=SYSTEM):
        programme = _made("competition", given)
    set_staff_of_creator(act, programme)
    return programme


MAKERS = {"camp": make_camp, "competition": make_competition}
"""By kind of programme."""


def _made(kind: str, given: dict[str, Any]) -> Programme:
    own = {name: value for name, value in given.items() if name not in PARTS}
    programme = create_programme(None, kind=kind, **own)
    set_tracks(programme, [(None, row["title_zh"], row["title_en"]) for row in given["tracks"]])
    set_units(programme, [dict(row, id=None) for row in given["units"]])
    set_contacts(programme, [dict(row, id=None) for row in given["contacts"]])
    return programme


def days_of(programme: Programme) -> list[date]:
    """The programme's days, first to last."""
    count = (programme.last_day - programme.first_day).days + 1
    return [programme.first_day + timedelta(days=n) for n in range(count)]
