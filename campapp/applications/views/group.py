"""Groups: set up by the organiser, chosen by the team, which is told at once what fits."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request

from campapp.applications import queries
from campapp.applications.actions.group import choose_group
from campapp.applications.condition_rows import conditions_in, form_for
from campapp.applications.conditions import wanted_words
from campapp.applications.facts import Fact, facts_for
from campapp.applications.grouping import chosen, groups_of, standings
from campapp.applications.models import Application
from campapp.applications.reading import document_of
from campapp.applications.rules import may_edit
from campapp.core.access import Refused, find, find_by
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by, is_fragment, page, to
from campapp.programmes.actions.form import versions_of
from campapp.programmes.actions.group import change_group, drop_group, make_group
from campapp.programmes.models import Group, Programme
from campapp.programmes.rules import manages
from campapp.programmes.views.programme import with_row_changed

bp = Blueprint("group", __name__)


def _facts(programme: Programme) -> dict[str, Fact]:
    versions = versions_of(programme)
    return facts_for(document_of(versions[0] if versions else None))


@bp.get("/programmes/<slug>/groups")
@guarded_by(manages)
def index(slug: str) -> Response:
    """The groups and what each asks."""
    programme = find_by(Programme, slug=slug)
    facts = _facts(programme)
    rows = [
        (row, [(str(facts[c["fact"]].label), wanted_words(c, facts[c["fact"]])) if c["fact"] in facts
               else (c["fact"], _("no longer asked")) for c in row.conditions])
        for row in groups_of(programme.id)
    ]  # fmt: skip
    return page("applications/group/index.html", programme=programme, rows=rows)


@bp.get("/programmes/<slug>/groups/new")
@guarded_by(make_group)
def new(slug: str) -> Response:
    """A further group."""
    programme = find_by(Programme, slug=slug)
    return page(
        "applications/group/edit.html", programme=programme, form=form_for(_facts(programme)), row=None
    )


@bp.post("/programmes/<slug>/groups")
@guarded_by(make_group)
def create(slug: str) -> Response:
    """Make it."""
    programme = find_by(Programme, slug=slug)
    return _saved(programme, None)


@bp.get("/programmes/<slug>/groups/<int:id>")
@guarded_by(change_group)
def edit(slug: str, id: int) -> Response:
    """Change it."""
    programme = find_by(Programme, slug=slug)
    row = find(Group, id, programme_id=programme.id)
    return page(
        "applications/group/edit.html", programme=programme, form=form_for(_facts(programme), row), row=row
    )


@bp.post("/programmes/<slug>/groups/<int:id>")
@guarded_by(change_group)
def update(slug: str, id: int) -> Response:
    """Save it."""
    programme = find_by(Programme, slug=slug)
    return _saved(programme, find(Group, id, programme_id=programme.id))


def _saved(programme: Programme, row: Group | None) -> Response:
    facts = _facts(programme)
    form = form_for(facts, row, request.form)
    if with_row_changed(form):
        return page("applications/group/edit.html", programme=programme, form=form, row=row, status=422)
    good = form.validate()
    conditions = conditions_in(form, facts)
    if not good or form["conditions"].errors:
        return page("applications/group/edit.html", programme=programme, form=form, row=row, status=422)
    values = {
        "title_zh": form.values["title_zh"],
        "title_en": form.values["title_en"],
        "conditions": conditions,
    }
    if row is None:
        make_group(programme, **values)
    else:
        change_group(row, version=request.form.get("version", type=int), **values)
    return to("applications.group.index", slug=programme.slug, done=_("Saved."))


@bp.delete("/programmes/<slug>/groups/<int:id>")
@guarded_by(drop_group)
def destroy(slug: str, id: int) -> Response:
    """Away with it, if no entry is in it."""
    programme = find_by(Programme, slug=slug)
    try:
        drop_group(find(Group, id, programme_id=programme.id))
    except Refused as problem:
        return to(".index", slug=slug, done=problem.reason)
    return to(".index", slug=slug, done=_("The group is gone."))


# ------------------------------------------------------------------------------------------------ the team's side
@bp.get("/applications/<int:id>/group")
@guarded_by(may_edit)
def show(id: int) -> Response:
    """Which group fits, as the draft stands."""
    return _drawn(find(Application, id))


def _drawn(application: Application) -> Response:
    document = document_of(queries.form_of(application))
    found = standings(application, document, application.answers)
    if not found:
        abort(404)
    return page(
        "applications/group/show.html", fragment="standing", application=application, standings=found,
        mine=chosen(application, found),
    )  # fmt: skip


@bp.post("/applications/<int:id>/group")
@guarded_by(choose_group)
def choose(id: int) -> Response:
    """Take one."""
    application = find(Application, id)
    choose_group(application, request.form.get("group", type=int))
    if is_fragment():
        return _drawn(application)
    return to(".show", id=id, done=_("Saved."))
