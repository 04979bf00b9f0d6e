"""A programme's public page, the list of programmes, and the pages on which one is made and changed."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from flask import Blueprint, Response, abort, request

from campapp.core import clock
from campapp.core.access import find_by
from campapp.core.action import bulk
from campapp.core.language import gettext as _
from campapp.core.text.language import Unreadable
from campapp.core.web import guarded_by, page, public, to
from campapp.programmes import queries
from campapp.programmes.actions import making
from campapp.programmes.actions.programme import change_programme, set_contacts, set_tracks, set_units
from campapp.programmes.forms.programme import (
    FORMS,
    NewProgrammeForm,
    ProgrammeForm,
    change_form,
    kept_rows,
    new_form,
)
from campapp.programmes.models import Programme
from campapp.programmes.rules import may_create_programme
from campapp.programmes.views.membership import organise

bp = Blueprint("programme", __name__)


@bp.get("/programmes/<slug>")
@public
def show(slug: str) -> Response:
    """What the call says, until when, who organises, which companies come with which needs."""
    programme = find_by(Programme, slug=slug)
    return page(
        "programmes/programme/show.html", programme=programme, open=programme.is_open(clock.now()),
        late=programme.is_late(clock.now()), **queries.public_parts(programme),
    )  # fmt: skip


@bp.get("/programmes")
@public
def index() -> Response:
    """The programmes of the park: open ones first."""
    return page("programmes/programme/index.html", **queries.front())


@bp.get("/programmes/new")
@guarded_by(may_create_programme)
def new() -> Response:
    """A camp or a competition, on one page."""
    return _asked(_kind(), new_form(_kind()))


def _kind() -> str:
    kind = request.values.get("kind", "camp")
    return kind if kind in FORMS else abort(404)


def _asked(kind: str, form: NewProgrammeForm, status: int = 200) -> Response:
    return page("programmes/programme/new.html", kind=kind, kinds=list(FORMS), form=form,
                sources=queries.sources(kind), status=status)  # fmt: skip


@bp.post("/programmes")
@guarded_by(may_create_programme)
def create() -> Response:
    """Make it, with its tracks, units, slots and tables; who makes it owns it and works in it from now on."""
    kind, wanted = _kind(), request.form.get("zone", "")
    form = new_form(kind, sent=request.form, zone=wanted if wanted in available_timezones() else None)
    if with_row_changed(form) or not form.validate():
        return _asked(kind, form, 422)
    try:
        programme = making.MAKERS[kind](None, _made_of(form))
    except Unreadable as problem:
        form.blame("windows", problem)
        return _asked(kind, form, 422)
    organise(programme)
    done = _("The camp is a draft now.") if programme.meets else _("The competition is a draft now.")
    return to("programmes.overview.show", slug=programme.slug, done=done)


def _made_of(form: NewProgrammeForm) -> dict[str, Any]:
    values = {name: "" if value is None else value for name, value in form.values.items()}
    for name in ("opens_at", "deadline", "wanted"):
        values[name] = form[name].data
    values["tracks"] = kept_rows(form.tracks, "title_zh", "title_en")
    values["units"], values["contacts"] = (
        kept_rows(form.units, "name_zh", "name_en"),
        kept_rows(form.contacts, "name"),
    )
    return values


def with_row_changed(form: Any) -> bool:
    """Without a script: a row of a table was added or removed by its button; the page comes again with it."""
    for name in request.form:
        table, _sep, act = name.rpartition("-")
        if act == "add" and table in form:
            form[table].append_entry()
            return True
        if act == "remove" and table.rpartition("-")[0] in form:
            field = form[table.rpartition("-")[0]]
            field.entries = [entry for entry in field.entries if entry.name != table]
            return True
    return False


@bp.get("/programmes/<slug>/edit")
@guarded_by(change_programme)
def edit(slug: str) -> Response:
    """Its words, people and choices."""
    programme = find_by(Programme, slug=slug)
    return page("programmes/programme/edit.html", programme=programme,
                form=change_form(programme))  # fmt: skip


@bp.post("/programmes/<slug>")
@guarded_by(change_programme)
def update(slug: str) -> Response:
    """Save them."""
    programme = find_by(Programme, slug=slug)
    form = change_form(programme, request.form)
    if with_row_changed(form) or not form.validate():
        return page("programmes/programme/edit.html", programme=programme, form=form, status=422)
    _save(programme, form)
    return to("programmes.overview.show", slug=slug, done=_("Saved."))


def _save(programme: Programme, form: ProgrammeForm) -> None:
    values = form.values
    for name in ("tracks", "units", "contacts"):
        values.pop(name)
    values["contact_mail"] = values["contact_mail"] or ""
    tracks = kept_rows(form.tracks, "title_zh", "title_en")
    units, contacts = kept_rows(form.units, "name_zh", "name_en"), kept_rows(form.contacts, "name")
    with bulk():
        change_programme(programme, version=request.form.get("version", type=int), **values)
        set_tracks(programme, [(row["id"], row["title_zh"], row["title_en"]) for row in tracks])
        set_units(programme, units)
        set_contacts(programme, contacts)
