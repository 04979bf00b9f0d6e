"""The slots in which companies cannot meet."""

from __future__ import annotations

from collections import defaultdict

from flask import Blueprint, Response, request

from campapp.core.access import find, find_by, visible
from campapp.core.current import current
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.language import ngettext
from campapp.core.text import numbers
from campapp.core.web import guarded_by, page, to
from campapp.programmes import queries
from campapp.programmes.actions.absence import Change, set_absences, write_down_absences
from campapp.programmes.models import Participation, Programme, Slot
from campapp.programmes.rules import helps, reads_camp

bp = Blueprint("absence", __name__)


@bp.get("/programmes/<slug>/absences")
@guarded_by(reads_camp)
def index(slug: str) -> Response:
    """All companies by all slots."""
    programme = find_by(Programme, slug=slug)
    return page("programmes/absence/index.html", programme=programme, edits=helps(current.actor, programme),
                **queries.absence_grid(programme))  # fmt: skip


@bp.put("/programmes/<slug>/absences")
@guarded_by(write_down_absences)
def replace(slug: str) -> Response:
    """Write down what several companies said, in their place."""
    programme = find_by(Programme, slug=slug)
    changed = write_down_absences(programme, _changes())
    done = ngettext(
        "The absences of %(num)d company are written down; it is told.",
        "The absences of %(num)d companies are written down; they are told.", len(changed),
    ) if changed else _("Nothing was changed.")  # fmt: skip
    return to(".index", slug=slug, done=done)


def _changes() -> dict[int, Change]:
    """What differs between the grid that was shown (`seen=row:slot`) and the one that was sent (`away=row:slot`)."""
    seen, away = _cells("seen"), _cells("away")
    found: dict[int, dict[str, set[int]]] = defaultdict(lambda: {"ticked": set(), "cleared": set()})
    for row, slot in away - seen:
        found[row]["ticked"].add(slot)
    for row, slot in seen - away:
        found[row]["cleared"].add(slot)
    return {row: Change(frozenset(one["ticked"]), frozenset(one["cleared"])) for row, one in found.items()}


def _cells(name: str) -> set[tuple[int, int]]:
    found = set()
    for typed in request.form.getlist(name):
        row, slot = map(numbers.key, typed.partition(":")[::2])
        if row and slot:
            found.add((row, slot))
    return found


@bp.post("/participations/<int:id>/absences")
@guarded_by(set_absences)
def update(id: int) -> Response:
    """Exactly the ticked slots."""
    row = find(Participation, id)
    chosen = set(filter(None, map(numbers.key, request.form.getlist("slot"))))
    slots = visible(Slot).where(Slot.programme_id == row.programme_id, Slot.id.in_(chosen))
    set_absences(row, db.session.scalars(slots).all())
    return to("programmes.participation.show", id=id, done=_("Saved."))
