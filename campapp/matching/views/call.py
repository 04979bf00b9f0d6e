"""The call list: who owes what, how to reach them, what they said; a reminder in one click."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request

from campapp.applications.models import Application
from campapp.core.access import find, find_by
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by, page, to
from campapp.matching import overview
from campapp.matching.actions.call import note_call, remind
from campapp.matching.forms import CallForm
from campapp.programmes.models import Participation, Programme
from campapp.programmes.rules import reads_camp

bp = Blueprint("call", __name__)


@bp.get("/programmes/<slug>/calls")
@guarded_by(reads_camp)
def index(slug: str) -> Response:
    """Who owes an answer."""
    return _page(find_by(Programme, slug=slug))


def _page(programme: Programme, form: CallForm | None = None) -> Response:
    return page("matching/call/index.html", status=422 if form else 200, programme=programme,
                form=form or CallForm.of(), debts=overview.debts(programme), at=_whom_asked())  # fmt: skip


def _whom_asked() -> str:
    return f"{request.form.get('kind', '')}:{request.form.get('id', '')}"


def _whom(programme: Programme) -> Application | Participation:
    kind, key = request.form.get("kind", ""), request.form.get("id", type=int) or 0
    if kind == "application":
        return find(Application, key, programme_id=programme.id)
    return find(Participation, key, programme_id=programme.id) if kind == "participation" else abort(404)


@bp.post("/programmes/<slug>/calls")
@guarded_by(note_call)
def create(slug: str) -> Response:
    """Called, said …"""
    programme, form = find_by(Programme, slug=slug), CallForm.of(sent=request.form)
    whom = _whom(programme)
    if not form.validate():
        return _page(programme, form)
    note_call(programme, whom, form.said.data)
    return to(".index", slug=slug, done=_("Written down."))


@bp.post("/programmes/<slug>/reminders")
@guarded_by(remind)
def create_reminder(slug: str) -> Response:
    """One message to who owes."""
    programme = find_by(Programme, slug=slug)
    remind(programme, _whom(programme))
    return to(".index", slug=slug, done=_("A reminder leaves now."))
