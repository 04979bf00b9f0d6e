"""Messages of a programme to many: written beforehand, changed while they are held; the log of what was sent."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request

from campapp.core import clock
from campapp.core.access import find, find_by
from campapp.core.action import may
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.language import speaking
from campapp.core.web import guarded_by, page, to
from campapp.messages import queries
from campapp.messages.actions.circular import change_circular, write_circular
from campapp.messages.forms import CircularForm
from campapp.messages.models import DRAFTS, Circular
from campapp.programmes.models import Notice, Programme
from campapp.programmes.rules import reads

bp = Blueprint("circular", __name__)


@bp.get("/programmes/<slug>/messages")
@guarded_by(reads)
def index(slug: str) -> Response:
    """What is held, what leaves later, what was sent and what became of it."""
    programme = find_by(Programme, slug=slug)
    return page("messages/circular/index.html", programme=programme, rows=queries.sendings_of(programme),
                writes=may(write_circular, programme), now_is=clock.now())  # fmt: skip


def _page(
    programme: Programme, form: CircularForm, circular: Circular | None = None, status: int = 200
) -> Response:
    return page(
        "messages/circular/edit.html", status=status, programme=programme, circular=circular, form=form
    )


@bp.get("/programmes/<slug>/messages/new")
@guarded_by(write_circular)
def new(slug: str) -> Response:
    """Its words; `to` names a group beforehand, `notice` takes the words of a notice."""
    programme, wanted = find_by(Programme, slug=slug), request.args.get("to", "")
    given: dict[str, Any] = {"groups": [wanted] if wanted else []}
    if wanted == DRAFTS:
        given |= _reminder()
    notice_id = request.args.get("notice", "")
    if notice_id.isdecimal():
        notice = find(Notice, notice_id, programme_id=programme.id)
        given |= {"title": {"zh": notice.title_zh, "en": notice.title_en},
                  "text": {"zh": notice.text_zh, "en": notice.text_en}}  # fmt: skip
    return _page(programme, CircularForm.of(None, **given).to_groups_of(programme))


def _reminder() -> dict[str, Any]:
    """A reminder's words to begin with, in both languages."""
    found: dict[str, dict[str, str]] = {"title": {}, "text": {}}
    for locale, key in (("zh_CN", "zh"), ("en", "en")):
        with speaking(locale):
            found["title"][key] = _("Your entry is not submitted yet")
            found["text"][key] = _(
                "What you have filled in is kept. Please look through it and submit it in time."
            )
    return found


@bp.post("/programmes/<slug>/messages")
@guarded_by(write_circular)
def create(slug: str) -> Response:
    """Hold it; its page says whom it would reach, and sends."""
    programme = find_by(Programme, slug=slug)
    form = CircularForm.of(sent=request.form).to_groups_of(programme)
    if not form.validate():
        return _page(programme, form, status=422)
    circular = write_circular(programme, **form.values)
    return to("messages.sending.show", sending_id=circular.sending_id)


@bp.get("/circulars/<int:id>/edit")
@guarded_by(change_circular)
def edit(id: int) -> Response:
    """Its words, while it is held."""
    circular = find(Circular, id)
    programme = db.session.get_one(Programme, circular.programme_id)
    return _page(programme, CircularForm.of(circular).to_groups_of(programme), circular)


@bp.post("/circulars/<int:id>")
@guarded_by(change_circular)
def update(id: int) -> Response:
    """Save them."""
    circular = find(Circular, id)
    programme = db.session.get_one(Programme, circular.programme_id)
    form = CircularForm.of(circular, request.form).to_groups_of(programme)
    if not form.validate():
        return _page(programme, form, circular, 422)
    change_circular(circular, version=request.form.get("version", type=int), **form.values)
    return to("messages.sending.show", sending_id=circular.sending_id, done=_("Saved."))
