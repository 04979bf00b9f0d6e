"""One question of the form: put in, set up, moved, taken out."""

from __future__ import annotations

import copy
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, abort, request

from campapp.applications.views.form.builder import changed, drawable, preview
from campapp.applications.views.form.owner import is_later, owner_of
from campapp.core.access import find_by
from campapp.core.events import Stale
from campapp.core.form import composing, kinds, schema
from campapp.core.form.asked import by_key, words
from campapp.core.form.base import Form
from campapp.core.form.faults import Problem
from campapp.core.language import LOCALES
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by, page, to
from campapp.programmes.actions.form import change_form, composed, taken_columns, taken_keys
from campapp.programmes.forms.field import condition
from campapp.programmes.forms.field.document import as_typed, declared_from
from campapp.programmes.forms.field.setup import form_for
from campapp.programmes.forms.field.words import KIND_WORDS
from campapp.programmes.models import Programme
from campapp.programmes.ready_made import BY_KEY, recommending
from campapp.programmes.views.programme import with_row_changed

bp = Blueprint("field", __name__)
Declared = dict[str, Any]


@bp.post("/fields")
@guarded_by(change_form)
def create(slug: str) -> Response:
    """Put a question in: a kind, or one of the ready-made; it is set up next."""
    programme = find_by(Programme, slug=slug)
    kind, ready = request.form.get("kind", ""), request.form.get("ready", "")
    taken = taken_keys(owner_of(programme))
    if ready in BY_KEY:
        field = copy.deepcopy(BY_KEY[ready])
        field["key"] = ready if ready not in taken else composing.fresh_key(ready, taken)
        if field.get("recommender") and (units := recommending(programme.units)):
            field["choices"] = units
    elif kind in kinds.KINDS:
        field = _blank(kind, composing.fresh_key(kind, taken))
    else:
        abort(422)
    document = composed(owner_of(programme))
    section = request.form.get("section") or (document["sections"] or [{"key": ""}])[-1]["key"]
    change_form(owner_of(programme), lambda before: _put_in(before, field, section, taken), key=field["key"])
    if ready:
        return changed(programme, _("“%(label)s” is in the form.", label=words(field, "label")))
    return to(".edit", slug=slug, key=field["key"])


def _put_in(before: Declared, field: Declared, section: str, taken: set[str]) -> Declared:
    if not any(one["key"] == section for one in before["sections"]):
        section = composing.fresh_key("section", taken)
        before = composing.with_section(before, section, "", "")
    return composing.placed(before, field, section)


def _blank(kind: str, key: str) -> Declared:
    field: Declared = {"key": key, "kind": kind, "label_zh": "新问题", "label_en": "New question"}
    if kind in kinds.LISTED:
        field["choices"] = [
            {"value": "c1", "zh": "选项一", "en": "First"},
            {"value": "c2", "zh": "选项二", "en": "Second"},
        ]
    if kind == "table":
        field["columns"] = [{"key": "c1", "kind": "text", "label_zh": "第一列", "label_en": "First column"}]
    if kind == "money":
        field["unit"] = "万元"
    if kind in {"letter", "consent"}:
        field |= {"text_zh": copy.copy(BY_KEY["promise" if kind == "letter" else "rules"]["text_zh"]),
                  "text_en": BY_KEY["promise" if kind == "letter" else "rules"]["text_en"], "seen_by": []}  # fmt: skip
    return field


def _asked(
    programme: Programme, field: Declared, form: Form, seen: str, status: int = 200, stale: bool = False
) -> Response:
    standing = composed(owner_of(programme))
    return page(
        "applications/form/field.html", status=status, programme=programme, field=field, form=form, seen=seen,
        kind=KIND_WORDS[field["kind"]], stale=stale, previews=_previews(field, standing) if drawable(field) else [],
        compared=condition.compared(standing, field["key"]),
        theirs=by_key(standing).get(field["key"]) if stale else None, problems=[],
    )  # fmt: skip


def _previews(field: Declared, document: Declared) -> list[dict[str, Any]]:
    """The question in both languages, after those on which it hangs, so that its condition can be played."""
    fields = [one for one in condition.chain(document, field) if drawable(one)]
    alone = {"sections": [{"key": "alone", "fields": [*fields, field]}]}
    return [preview(alone, locale, conditions=True) for locale in LOCALES]


@bp.get("/fields/<key>")
@guarded_by(change_form)
def edit(slug: str, key: str) -> Response:
    """Set a question up."""
    programme = find_by(Programme, slug=slug)
    document = composed(owner_of(programme))
    field = by_key(document).get(key) or abort(404)
    form = form_for(field["kind"], document, key, later=is_later()).of(
        zone=programme.zone, **as_typed(field, document, programme.zone)
    )
    return _asked(programme, field, form, composing.digest(field))


@bp.post("/fields/<key>")
@guarded_by(change_form)
def update(slug: str, key: str) -> Response:
    """Save it; who looked at an older state of this very question is shown both."""
    programme = find_by(Programme, slug=slug)
    document = composed(owner_of(programme))
    field = by_key(document).get(key) or abort(404)
    form = form_for(field["kind"], document, key, later=is_later()).of(sent=request.form, zone=programme.zone)
    seen = request.form.get("seen", "")[:16]
    if with_row_changed(form) or not form.validate():
        return _asked(programme, field, form, seen, 422)
    wanted = declared_from(form, field, ZoneInfo(programme.zone), taken_columns(owner_of(programme), key))
    if _blamed(form, schema.problems(composing.changed(document, key, wanted), programme.zone), key):
        return _asked(programme, wanted, form, seen, 422)
    try:
        change_form(
            owner_of(programme), lambda before: composing.changed(before, key, wanted), key=key, seen=seen
        )
    except Stale:
        return _asked(
            programme,
            wanted,
            form,
            composing.digest(by_key(composed(owner_of(programme))).get(key)),
            409,
            stale=True,
        )
    return changed(programme, _("“%(label)s” is saved.", label=words(wanted, "label")))


def _blamed(form: Form, problems: list[Problem], key: str) -> bool:
    """Whether this very question has faults; each stands beside its box, or by the question itself."""
    mine = [one for one in problems if one.key == key]
    for one in mine:
        form.blame(one.box if one.box in form else "label", one.words)
    return bool(mine)


@bp.post("/fields/<key>/preview")
@guarded_by(change_form)
def show_preview(slug: str, key: str) -> Response:
    """The question in both languages as it is being typed; nothing is kept."""
    programme = find_by(Programme, slug=slug)
    document = composed(owner_of(programme))
    field = by_key(document).get(key) or abort(404)
    form = form_for(field["kind"], document, key, later=is_later()).of(sent=request.form, zone=programme.zone)
    form.validate()
    wanted = declared_from(form, field, ZoneInfo(programme.zone))
    alone = {"sections": [{"key": "s", "fields": [*condition.chain(document, wanted), wanted]}]}
    sound = drawable(wanted) and not any(p.key == key for p in schema.problems(alone, programme.zone))
    return page("applications/form/_previews.html", previews=_previews(wanted, document) if sound else [])


@bp.put("/fields/<key>/place")
@guarded_by(change_form)
def move(slug: str, key: str) -> Response:
    """Another place: dragged to one of a section, or a step up or down."""
    programme = find_by(Programme, slug=slug)
    if key not in by_key(composed(owner_of(programme))):
        abort(404)
    step, section = request.form.get("step", type=int), request.form.get("section", "")
    place = request.form.get("place", 0, type=int)
    if step in {-1, 1}:
        change_form(owner_of(programme), lambda before: composing.stepped(before, key, step), key=key)
    elif any(one["key"] == section for one in composed(owner_of(programme))["sections"]):
        change_form(
            owner_of(programme), lambda before: composing.moved(before, key, section, max(place, 0)), key=key
        )
    else:
        abort(422)
    return changed(programme, _("Moved."))


@bp.delete("/fields/<key>")
@guarded_by(change_form)
def destroy(slug: str, key: str) -> Response:
    """Take it out; answers given to it stay readable."""
    programme = find_by(Programme, slug=slug)
    field = by_key(composed(owner_of(programme))).get(key) or abort(404)
    change_form(owner_of(programme), lambda before: composing.removed(before, key), key=key)
    return changed(programme, _("“%(label)s” is taken out.", label=words(field, "label")))
