"""The builder: sections and questions in their order, and beside them the form as a team will see it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request
from markupsafe import Markup

from campapp.applications.effects import in_already
from campapp.applications.views.draft import RULES
from campapp.applications.views.form.owner import form_url, is_later, offered, owner_of
from campapp.core.access import find_by
from campapp.core.form import asked, declared, kinds, schema
from campapp.core.language import LOCALES, speaking
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by, is_fragment, page, to
from campapp.programmes.actions.form import composed, draft_of, drop_draft, undo_change, versions_of
from campapp.programmes.forms.field.words import KIND_WORDS
from campapp.programmes.models import Programme
from campapp.programmes.rules import manages

bp = Blueprint("builder", __name__)
WIDTHS = ("phone", "desktop")


@bp.get("")
@guarded_by(manages)
def show(slug: str) -> Response:
    """Compose the form."""
    return drawn(find_by(Programme, slug=slug))


def drawn(programme: Programme, *, status: int = 200, done: str = "", undo: str = "") -> Response:
    """The builder as it stands, whole or as the fragment that a change swaps in."""
    document, versions = composed(owner_of(programme)), versions_of(owner_of(programme))
    locale = request.values.get("lang", "")
    shown = [locale] if locale in LOCALES else list(LOCALES)
    width = request.values.get("width", "")
    return page(
        "applications/form/builder.html", fragment="composer", status=status, programme=programme, document=document,
        draft=draft_of(owner_of(programme)), versions=versions, **offered(),
        problems=schema.problems(document, programme.zone),
        asked=asked, kinds=kinds, kind_words=KIND_WORDS, there={f["key"] for f in asked.all_fields(document)},
        previews=[preview(document, one) for one in shown], lang=locale if locale in LOCALES else "",
        width=width if width in WIDTHS else "phone", done=done, undo=undo,
        counts={} if is_later() else in_already(programme),
    )  # fmt: skip


def preview(document: dict[str, Any], locale: str, *, conditions: bool = False) -> dict[str, Any]:
    """The form in one language: the fields are made while that language is spoken.

    `conditions`: say where a question appears only after an answer.
    """
    usable = [
        {**section, "fields": [f for f in section["fields"] if drawable(f)]}
        for section in document["sections"]
    ]
    with speaking(locale):
        form = declared.build({"sections": usable}).of(prefix=f"{locale}-")
        text = page("applications/form/_preview.html", sections=usable, form=form, asked=asked, kinds=kinds,
                    document=document, rules=rules_of({"sections": usable}), conditions=conditions)  # fmt: skip
    # A page of ours, drawn a line above: what organisers typed was escaped there.
    return {"locale": locale, "html": Markup(text.get_data(as_text=True))}  # noqa: S704


def rules_of(document: dict[str, Any]) -> dict[str, Any]:
    """What the browser plays the preview by: conditions, limits, sums."""
    fields = [
        {name: f[name] for name in RULES if f.get(name) is not None} for f in asked.all_fields(document)
    ]
    return {"fields": fields, "answers": {}, "files": []}


def drawable(field: dict[str, Any]) -> bool:
    """Whether a question is far enough along to be drawn: choices and columns are there."""
    if field["kind"] in kinds.LISTED:
        return bool(field.get("choices"))
    if field["kind"] == "table":
        return all(c["kind"] != "choice" or c.get("choices") for c in field.get("columns", [])) and bool(
            field.get("columns")
        )
    return True


def changed(programme: Programme, done: str, *, undoable: bool = True) -> Response:
    """After a change: the fragment to htmx, the page to everybody else, with undo."""
    undo = form_url("builder.undo") if undoable else ""
    if is_fragment():
        return drawn(programme, done=done, undo=undo)
    return to(form_url("builder.show"), done=done, undo=undo)


@bp.delete("/change")
@guarded_by(undo_change)
def undo(slug: str) -> Response:
    """The form as it was before the last change."""
    programme = find_by(Programme, slug=slug)
    undo_change(owner_of(programme))
    return to(".show", slug=slug, done=_("Undone."))


@bp.delete("/draft")
@guarded_by(drop_draft)
def destroy(slug: str) -> Response:
    """Back to the version in use."""
    programme = find_by(Programme, slug=slug)
    drop_draft(owner_of(programme))
    return to(".show", slug=slug, done=_("The changes are gone; the version in use stays."))
