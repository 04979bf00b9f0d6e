"""The slots in which companies cannot meet."""

from __future__ import annotations

from flask import Blueprint, Response, request

from campapp.core.access import find, find_by, visible
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by, page, to
from campapp.programmes import queries
from campapp.programmes.actions.participation import set_absences
from campapp.programmes.models import Participation, Programme, Slot
from campapp.programmes.rules import reads

bp = Blueprint("absence", __name__)


@bp.get("/programmes/<slug>/absences")
@guarded_by(reads)
def index(slug: str) -> Response:
    """All companies by all slots."""
    programme = find_by(Programme, slug=slug)
    return page("programmes/absence/index.html", programme=programme, **queries.absence_grid(programme))


@bp.post("/participations/<int:id>/absences")
@guarded_by(set_absences)
def update(id: int) -> Response:
    """Exactly the ticked slots."""
    row = find(Participation, id)
    chosen = {int(key) for key in request.form.getlist("slot") if key.isdecimal() and len(key) < 16}
    slots = visible(Slot).where(Slot.programme_id == row.programme_id, Slot.id.in_(chosen))
    set_absences(row, db.session.scalars(slots).all())
    return to("programmes.participation.show", id=id, done=_("Saved."))
