"""The clock of a rehearsal: set to the evening of the deadline, or to the morning of the camp."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, Response, current_app, request

from campapp.core import clock
from campapp.core.current import current
from campapp.core.form.base import Form
from campapp.core.form.fields import moment
from campapp.core.language import gettext as _
from campapp.core.language import lazy_gettext as _l
from campapp.core.web import guarded_by, page, to
from campapp.demo.rules import only_in_a_rehearsal
from campapp.demo.stage import set_shift
from campapp.settings import Settings

bp = Blueprint("clock", __name__)


class ClockForm(Form):
    """The moment that it is."""

    now = moment(_l("Date and time"), required=True)


@bp.get("/clock")
@guarded_by(only_in_a_rehearsal)
def show() -> Response:
    """What time it is here."""
    return page("demo/clock.html", form=ClockForm.of(now=clock.now(), zone=current.zone))


@bp.post("/clock")
@guarded_by(only_in_a_rehearsal)
def update() -> Response:
    """Set it; it goes on from there."""
    form = ClockForm.of(sent=request.form, zone=current.zone)
    if not form.validate():
        return page("demo/clock.html", form=form, status=422)
    settings: Settings = current_app.config["SETTINGS"]
    set_shift(settings.data, form.now.data - datetime.now(UTC))
    return to(".show", done=_("The clock is set."))


@bp.delete("/clock")
@guarded_by(only_in_a_rehearsal)
def destroy() -> Response:
    """Back to the machine's time."""
    settings: Settings = current_app.config["SETTINGS"]
    set_shift(settings.data, None)
    return to(".show", done=_("The clock shows the machine's time."))
