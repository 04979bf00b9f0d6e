"""One slot: closed, opened, removed."""

from __future__ import annotations

from flask import Blueprint, Response, url_for

from campapp.core.access import find
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by, to
from campapp.programmes.actions.agenda import close_slot, open_slot, remove_slot
from campapp.programmes.models import Programme, Slot

bp = Blueprint("slot", __name__)


def _back(slot: Slot, done: str, undo: str = "") -> Response:
    slug = db.session.get_one(Programme, slot.programme_id).slug
    return to("programmes.agenda.show", slug=slug, done=done, undo=undo)


@bp.post("/slots/<int:id>/closing")
@guarded_by(close_slot)
def close(id: int) -> Response:
    """No meeting may stand in it any more."""
    slot = find(Slot, id)
    close_slot(slot)
    return _back(slot, _("The slot is closed."), url_for(".reopen", id=id))


@bp.delete("/slots/<int:id>/closing")
@guarded_by(open_slot)
def reopen(id: int) -> Response:
    """Open again."""
    slot = find(Slot, id)
    open_slot(slot)
    return _back(slot, _("The slot is open."))


@bp.delete("/slots/<int:id>")
@guarded_by(remove_slot)
def destroy(id: int) -> Response:
    """Gone, if nothing stands in it."""
    slot = find(Slot, id)
    slug = db.session.get_one(Programme, slot.programme_id).slug
    remove_slot(slot)
    return to("programmes.agenda.show", slug=slug, done=_("The slot is removed."))
