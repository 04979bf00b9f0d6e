"""Who sets the park up, and who sees what happened in it."""

from __future__ import annotations

from sqlalchemy import ColumnElement, true

from campapp.core.access import Verdict, rule, sees
from campapp.core.current import ADMINISTRATOR, Actor
from campapp.core.events import Event
from campapp.core.park import the_park
from campapp.core.workdays import SpecialDay


@rule
def empty_park(_actor: Actor, _row: object) -> Verdict:
    """Whoever has the token, while there is no park."""
    return the_park() is None


@sees(Event, ADMINISTRATOR)
def everything(actor: Actor) -> ColumnElement[bool]:
    """The whole audit log."""
    return true()


@sees(SpecialDay, ADMINISTRATOR)
def written_days(actor: Actor) -> ColumnElement[bool]:
    """All days written here."""
    return true()
