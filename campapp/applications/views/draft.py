"""The draft: one section a page, saved as it is typed, by several members at once."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, jsonify, request, url_for
from flask import get_template_attribute as macro

from campapp.applications import queries
from campapp.applications.actions.draft import save_answer
from campapp.applications.checking import why_decided
from campapp.applications.grouping import Standing, chosen, standings
from campapp.applications.models import Application
from campapp.applications.queries import Step
from campapp.applications.reading import document_of
from campapp.applications.rules import may_edit
from campapp.applications.timing import timing_of
from campapp.core import clock
from campapp.core.access import Refused, find
from campapp.core.db import db
from campapp.core.events import Stale
from campapp.core.form import answers as kept
from campapp.core.form import asked, declared, kinds
from campapp.core.form.base import Form
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by, page, rooted, to
from campapp.pool.actions import change_project
from campapp.pool.models import Project

bp = Blueprint("draft", __name__)


def form_document(application: Application) -> dict[str, Any]:
    """The form that an entry is filled in with."""
    return document_of(queries.form_of(application))


def _section(document: dict[str, Any], key: str | None) -> tuple[int, dict[str, Any]]:
    for place, section in enumerate(document["sections"]):
        if key in (None, section["key"]):
            return place, section
    return abort(404)


def steps(application: Application, document: dict[str, Any], here: str) -> list[Step]:
    """Account, team, the form's sections, submission."""
    lacking = kept.missing(document, application.answers, {f.key for f in queries.shown_files(application)})
    found = [
        Step(_("Account"), rooted("/account"), "done"),
        Step(_("Team"), url_for("teams.team.show"), "done"),
    ]
    for section in document["sections"]:
        open_ = any(field["key"] in lacking for field in section["fields"])
        url = url_for("applications.draft.show", id=application.id, section=section["key"])
        found.append(
            Step(asked.words(section, "title"), url, "" if open_ else "done", section["key"] == here)
        )
    url = url_for("applications.submission.new", id=application.id)
    return [*found, Step(_("Submit"), url, "", here == "submission")]


def _filled(application: Application, document: dict[str, Any], key: str, sent: Any = None) -> Form:
    form = declared.build(document, section=key, answers=application.answers)
    return form.of(None, sent, **kept.for_form(document, application.answers))


@bp.get("/applications/<int:id>/draft")
@bp.get("/applications/<int:id>/draft/<section>")
@guarded_by(may_edit)
def show(id: int, section: str | None = None) -> Response:
    """A section of the draft."""
    application = find(Application, id)
    document = form_document(application)
    if not document["sections"]:
        return to("applications.submission.new", id=id)
    place, part = _section(document, section)
    return _page(application, document, place, part, _filled(application, document, part["key"]))


def _page(
    application: Application,
    document: dict[str, Any],
    place: int,
    part: dict[str, Any],
    form: Form,
    status: int = 200,
) -> Response:
    sections, timing = document["sections"], timing_of(application)
    before = sections[place - 1]["key"] if place else None
    given, found = queries.shown_files(application), standings(application, document, application.answers)
    return page(
        "applications/draft/show.html", status=status, application=application, section=part, form=form,
        programme=timing.programme, timing=timing, title=asked.words(part, "title"), given=given,
        before=before, steps=steps(application, document, part["key"]), number=place + 3, count=len(sections) + 3,
        versions=queries.draft_fields(application), submission=queries.standing_submission(application),
        live=asked.asked(document, application.answers), document=document, now_is=clock.now(),
        asked=asked, kinds=kinds,
        rules=rules_of(document, application.answers, part["key"], [file.key for file in given]),
        standings=found, mine=chosen(application, found), decides=_decides(part, found), why=_why_returned(application),
        unfinished=queries.unfinished_uploads(application),
    )  # fmt: skip


def _decides(part: dict[str, Any], found: list[Standing]) -> bool:
    """Whether a group's conditions ask for an answer of this section."""
    asked_for = {condition["fact"] for one in found for condition in one.group.conditions}
    return any({f"answer.{f['key']}", f.get("profile")} & asked_for for f in part["fields"])


def _why_returned(application: Application) -> str:
    """What is to be mended, in the reader's words, where the entry was sent back."""
    return why_decided(application, application.decided_reason) if application.state == "returned" else ""


def rules_of(
    document: dict[str, Any], answers: dict[str, Any], section: str, files: list[str]
) -> dict[str, Any]:
    """What the browser reads the section by: each field's rules, and the answers of the other sections."""
    here = {f["key"] for s in document["sections"] if s["key"] == section for f in s["fields"]}
    fields = []
    for field in asked.all_fields(document):
        names = RULES if field["key"] in here else ("key", "kind", "when")
        fields.append({name: field[name] for name in names if field.get(name) is not None})
    others = {key: value for key, value in kept.masked(document, answers).items() if key not in here}
    return {"fields": fields, "answers": others, "files": files}


RULES = (
    "key",
    "kind",
    "when",
    "required",
    "longest",
    "least",
    "most",
    "decimals",
    "unit",
    "choices",
    "columns",
)
"""What of a field the browser needs; its words stand in the page already."""


@bp.patch("/applications/<int:id>/draft/<section>")
@guarded_by(may_edit)
def update(id: int, section: str) -> Response:
    """Save the fields that were typed; the answer names what could not be read and what somebody else changed."""
    application = find(Application, id)
    document = form_document(application)
    _section(document, section)
    form = _filled(application, document, section, request.form)
    form.validate()
    answer: dict[str, Any] = {"versions": {}, "errors": {}, "changed": {}}
    for name in request.form.getlist("fields"):
        key = name.split("-")[0]
        if key not in form:
            continue
        if form[key].errors:
            answer["errors"][name] = _words(form[key].errors)
            continue
        seen = request.form.get(f"version.{name}", type=int)
        _save(application, document, key, form[key].data, seen, name, answer)
    answer["saved"] = clock.now().isoformat()
    return jsonify(answer)


def _words(errors: Any) -> str:
    return " ".join(str(one) for one in errors if not isinstance(one, dict | list)) or _(
        "Something in here needs another look."
    )


def _save(
    application: Application, document: dict[str, Any], key: str, value: Any, seen: int | None, name: str,
    answer: dict[str, Any],
) -> None:  # fmt: skip
    try:
        answer["versions"][name] = save_answer(application, key, kept.plain(value), seen=seen).version
        _carry_over(application, document, key, value)
    except Refused as problem:
        answer["errors"][name] = problem.reason
    except Stale as problem:
        theirs = macro("_macros/conflict.html", "theirs")
        answer["versions"][name] = problem.row.version
        stands = kept.masked(document, application.answers).get(key, "")
        answer["changed"][name] = theirs(problem.row.name, str(stands), key)


def _carry_over(application: Application, document: dict[str, Any], key: str, value: Any) -> None:
    """An answer that is also a column of the project is written there too."""
    profile = asked.by_key(document)[key].get("profile", "")
    if profile and "." not in profile and value not in (None, ""):
        plain = int(value) if profile == "trl" else value
        change_project(db.session.get_one(Project, application.project_id), **{profile: plain})


@bp.post("/applications/<int:id>/draft/<section>")
@guarded_by(may_edit)
def create(id: int, section: str) -> Response:
    """Without a script: save the section whole and go on."""
    application = find(Application, id)
    document = form_document(application)
    place, part = _section(document, section)
    form = _filled(application, document, section, request.form)
    if not form.validate():
        return _page(application, document, place, part, form, status=422)
    for key, value in form.values.items():
        plain = kept.plain(value)
        if plain != application.answers.get(key) and (
            plain not in (None, "", []) or key in application.answers
        ):
            try:
                save_answer(application, key, plain)
            except Refused as problem:
                form.blame(key, problem.reason)
                return _page(application, document, place, part, form, status=422)
            _carry_over(application, document, key, value)
    sections = document["sections"]
    if place + 1 < len(sections):
        return to(".show", id=id, section=sections[place + 1]["key"])
    return to("applications.submission.new", id=id)
