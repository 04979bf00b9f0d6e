"""The withdrawal of an application."""

from __future__ import annotations

from flask import Blueprint, Response, request

from campapp.applications.actions.submission import withdraw
from campapp.applications.forms import ReasonForm
from campapp.applications.models import Application
from campapp.core.access import find
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by, page, to
from campapp.programmes.queries import programme_of

bp = Blueprint("withdrawal", __name__)


@bp.get("/applications/<int:id>/withdrawal/new")
@guarded_by(withdraw)
def new(id: int) -> Response:
    """What goes with it, by name, and the reason."""
    application = find(Application, id)
    return page(
        "applications/withdrawal/new.html", application=application, form=ReasonForm.of(),
        programme=programme_of(application),
    )  # fmt: skip


@bp.post("/applications/<int:id>/withdrawal")
@guarded_by(withdraw)
def create(id: int) -> Response:
    """Step out; those concerned are told."""
    application = find(Application, id)
    form = ReasonForm.of(sent=request.form)
    if not form.validate():
        return page(
            "applications/withdrawal/new.html", application=application, form=form, status=422,
            programme=programme_of(application),
        )  # fmt: skip
    withdraw(application, form.reason.data or "")
    return to("applications.application.show", id=id, done=_("Withdrawn."))
