"""Groups: set up by the organiser, chosen by the team, which is told at once what fits."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, request
from wtforms import Form as PlainForm
from wtforms import FormField

from campapp.applications import queries
from campapp.applications.actions.group import choose_group
from campapp.applications.conditions import Fact, facts_for, wanted_words
from campapp.applications.grouping import chosen, groups_of, standings
from campapp.applications.models import Application
from campapp.applications.reading import document_of
from campapp.applications.rules import may_edit
from campapp.core.access import Refused, find, find_by
from campapp.core.form import fields
from campapp.core.form.answers import plain
from campapp.core.form.asked import choice_words
from campapp.core.form.base import Form
from campapp.core.form.declared import TableField
from campapp.core.form.kinds import read
from campapp.core.language import gettext as _
from campapp.core.text import dates
from campapp.core.text.language import Unreadable
from campapp.core.web import guarded_by, is_fragment, page, to
from campapp.programmes.actions.form import versions_of
from campapp.programmes.actions.group import change_group, drop_group, make_group
from campapp.programmes.models import Group, Programme
from campapp.programmes.rules import manages
from campapp.programmes.views.programme import with_row_changed

bp = Blueprint("group", __name__)
Declared = dict[str, Any]
MOST_NAMED = 12
"""So many of a fact's choices stand in the words that ask for one of them: of countries there are 250."""


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


def _form(facts: dict[str, Fact], row: Group | None = None, sent: Any = None) -> Form:
    """Name and conditions; a condition is a fact and its bounds, or the answers that it takes."""
    pairs = [(key, f"{one.label}") for key, one in facts.items()]
    columns = {
        "fact": fields.select(_("Fact"), pairs), "least": fields.line(_("At least, not before"), 40),
        "most": fields.line(_("At most, not after"), 40),
        "chosen": fields.line(_("Is one of (split by ;)"), 400),
    }  # fmt: skip
    title = fields.both(_("Name"), 200, required=True)  # made first, so that it stands first
    rows = TableField(FormField(type("ConditionRow", (PlainForm,), columns)), _("Conditions, all of which hold"),
                      min_entries=1, max_entries=20)  # fmt: skip
    made: Any = type("GroupForm", (Form,), {"title": title, "conditions": rows})
    given = {"conditions": [_typed(one, facts.get(one["fact"])) for one in row.conditions]} if row else {}
    form: Form = made.of(row, sent, **given)
    return form


def _typed(condition: Declared, fact: Fact | None) -> Declared:
    names = {choice["value"]: choice_words(choice) for choice in (fact.choices if fact else ())}
    said = "; ".join(names.get(one, str(one)) for one in condition.get("is", []))
    return {
        "fact": condition["fact"],
        "least": condition.get("least"),
        "most": condition.get("most"),
        "chosen": said,
    }


def _conditions(form: Form, facts: dict[str, Fact]) -> list[Declared]:
    """What was typed, as data; a row that cannot be read says so."""
    found = []
    rows: Any = form["conditions"]
    for entry in rows.entries:
        values, fact = entry.form.data, facts.get(entry.form["fact"].data or "")
        if fact is None:
            continue
        try:
            found.append(_condition(values, fact))
        except Unreadable as problem:
            entry.form["fact"].errors = [str(problem)]
            form["conditions"].errors = [_("A condition cannot be read.")]
    return found


def _condition(values: Declared, fact: Fact) -> Declared:
    if fact.kind in {"choice", "text"}:
        names = {choice[said]: choice["value"] for said in ("zh", "en", "value") for choice in fact.choices}
        wanted = [
            part.strip() for part in (values["chosen"] or "").replace("；", ";").split(";") if part.strip()
        ]
        if not wanted or (fact.choices and not set(wanted) <= set(names)):
            raise Unreadable(
                _(
                    "Name one of: %(choices)s",
                    choices="; ".join(choice_words(c) for c in fact.choices[:MOST_NAMED]),
                )
            )
        return {"fact": fact.key, "is": [names.get(one, one) for one in wanted]}
    found: Declared = {"fact": fact.key}
    for name in ("least", "most"):
        if values[name]:
            found[name] = (
                dates.day(values[name]).isoformat() if fact.kind == "date" else _number(values[name])
            )
    if len(found) == 1:
        raise Unreadable(_("Give a bound."))
    return found


def _number(typed: str) -> Any:
    return plain(read({"kind": "money", "key": ""}, typed))


@bp.get("/programmes/<slug>/groups/new")
@guarded_by(make_group)
def new(slug: str) -> Response:
    """A further group."""
    programme = find_by(Programme, slug=slug)
    return page("applications/group/edit.html", programme=programme, form=_form(_facts(programme)), row=None)


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
        "applications/group/edit.html", programme=programme, form=_form(_facts(programme), row), row=row
    )


@bp.post("/programmes/<slug>/groups/<int:id>")
@guarded_by(change_group)
def update(slug: str, id: int) -> Response:
    """Save it."""
    programme = find_by(Programme, slug=slug)
    return _saved(programme, find(Group, id, programme_id=programme.id))


def _saved(programme: Programme, row: Group | None) -> Response:
    facts = _facts(programme)
    form = _form(facts, row, request.form)
    if with_row_changed(form):
        return page("applications/group/edit.html", programme=programme, form=form, row=row, status=422)
    good = form.validate()
    conditions = _conditions(form, facts)
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
