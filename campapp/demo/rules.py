"""Who rehearses."""

from __future__ import annotations

from flask import current_app
from sqlalchemy import ColumnElement

from campapp.core.access import Verdict, rule, sees
from campapp.core.current import ORGANISER, Actor
from campapp.demo.models import Rehearsal
from campapp.programmes.rules import manages_row
from campapp.settings import Settings

manages_rehearsal = manages_row(Rehearsal)


@rule
def only_in_the_demo(_actor: Actor, _row: object) -> Verdict:
    """Anybody, but only where this is the demo park."""
    settings: Settings = current_app.config["SETTINGS"]
    return settings.demo


@rule
def only_in_a_rehearsal(_actor: Actor, _row: object) -> Verdict:
    """Anybody who has the address, but only in a rehearsal."""
    settings: Settings = current_app.config["SETTINGS"]
    return bool(settings.rehearsal)


@sees(Rehearsal, ORGANISER)
def of_own_programme(actor: Actor) -> ColumnElement[bool]:
    """Of the programme that is organised."""
    return Rehearsal.programme_id == actor.programme_id
