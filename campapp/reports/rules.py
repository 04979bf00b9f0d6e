"""Who reads and issues reports."""

from __future__ import annotations

from sqlalchemy import ColumnElement, true

from campapp.core.access import Verdict, rule, sees
from campapp.core.current import ADMINISTRATOR, ORGANISER, Actor
from campapp.core.language import lazy_gettext as _l
from campapp.reports.models import IssuedReport


@rule
def reads_impact(actor: Actor, _row: object) -> Verdict:
    """The park's administrators, and anybody of a programme's staff (over that programme)."""
    return actor.role in {ADMINISTRATOR, ORGANISER}


@rule
def issues_reports(actor: Actor, _row: object) -> Verdict:
    """The park's administrators, and a programme's owners and managers."""
    if actor.role == ORGANISER and actor.scope.level not in {"owner", "manager"}:
        return str(_l("Your level in this programme does not allow this. Ask an owner."))
    return actor.role in {ADMINISTRATOR, ORGANISER}


@sees(IssuedReport, ORGANISER)
def issued_for_own_programme(actor: Actor) -> ColumnElement[bool]:
    """Reports issued over the own programme."""
    return IssuedReport.programme_id == actor.programme_id


@sees(IssuedReport, ADMINISTRATOR)
def every_issued_report(_actor: Actor) -> ColumnElement[bool]:
    """All."""
    return true()
