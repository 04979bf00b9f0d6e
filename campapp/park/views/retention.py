"""How long a programme keeps what is personal: set, previewed, applied."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response, request

from campapp.core.access import Refused, find_by
from campapp.core.action import may
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by, page, to
from campapp.park import retention
from campapp.park.actions.retention import apply_retention, set_retention
from campapp.park.forms import RetentionForm
from campapp.programmes.models import Programme
from campapp.programmes.rules import reads

bp = Blueprint("retention", __name__)


def _day(written: str) -> date | None:
    return date.fromisoformat(written) if written else None


def _page(programme: Programme, form: RetentionForm | None = None, status: int = 200) -> Response:
    due = retention.due_on(programme)
    return page(
        "park/retention.html", status=status, programme=programme, due=due, is_due=retention.is_due(programme),
        form=form or RetentionForm.of(months=retention.months(programme)), preview=retention.preview(programme),
        applied=_day(retention.applied(programme)), manages=may(set_retention, programme),
    )  # fmt: skip


@bp.get("/programmes/<slug>/retention")
@guarded_by(reads)
def show(slug: str) -> Response:
    """Until when, and what would go then."""
    return _page(find_by(Programme, slug=slug))


@bp.post("/programmes/<slug>/retention")
@guarded_by(set_retention)
def update(slug: str) -> Response:
    """Another time."""
    programme, form = find_by(Programme, slug=slug), RetentionForm.of(sent=request.form)
    if not form.validate():
        return _page(programme, form, 422)
    set_retention(programme, form.months.data)
    return to(".show", slug=slug, done=_("Saved."))


@bp.post("/programmes/<slug>/retention/application")
@guarded_by(apply_retention)
def apply(slug: str) -> Response:
    """Now, where the day has come."""
    programme = find_by(Programme, slug=slug)
    try:
        apply_retention(programme)
    except Refused as problem:
        return to(".show", slug=slug, done=problem.reason)
    return to(".show", slug=slug, done=_("Erased. The results stay."))
