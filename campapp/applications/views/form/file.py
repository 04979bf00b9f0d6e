"""The form as a JSON file: out, and in."""

from __future__ import annotations

import json

from flask import Blueprint, Response, make_response, request

from campapp.applications.views.form.builder import changed
from campapp.applications.views.form.owner import owner_of
from campapp.core.access import find_by
from campapp.core.form.faults import Problem
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by, page
from campapp.programmes.actions.form import Unusable, change_form, composed, take_over
from campapp.programmes.models import Programme
from campapp.programmes.rules import manages

bp = Blueprint("file", __name__)
MOST_BYTES = 1 << 20


@bp.get("/file.json")
@guarded_by(manages)
def show(slug: str) -> Response:
    """The form as it is being composed."""
    programme = find_by(Programme, slug=slug)
    answer = make_response(json.dumps(composed(owner_of(programme)), ensure_ascii=False, indent=2) + "\n")
    answer.mimetype = "application/json"
    answer.headers["Content-Disposition"] = f'attachment; filename="{slug}-form.json"'
    return answer


@bp.get("/file/new")
@guarded_by(change_form)
def new(slug: str) -> Response:
    """Where a file is chosen."""
    return _asked(find_by(Programme, slug=slug))


def _asked(programme: Programme, status: int = 200, problems: list[Problem] | None = None) -> Response:
    return page("applications/form/file.html", programme=programme, status=status, problems=problems or [])


@bp.post("/file")
@guarded_by(change_form)
def create(slug: str) -> Response:
    """Take a file's form over, if it is one; every fault is named, and nothing is taken before."""
    programme, given = find_by(Programme, slug=slug), request.files.get("file")
    body = given.stream.read(MOST_BYTES + 1) if given and given.filename else b""
    if not body or len(body) > MOST_BYTES:
        return _asked(programme, 422, [Problem("", _("Choose a JSON file of 1 MB at most."))])
    try:
        document = json.loads(body.decode("utf-8-sig"))
        # Half a character can be written in JSON, and no page could show it.
        json.dumps(document, ensure_ascii=False).encode()
    except json.JSONDecodeError as problem:
        where = _("line %(line)s, column %(column)s", line=problem.lineno, column=problem.colno)
        return _asked(
            programme, 422, [Problem(where, _("This is no JSON: here it cannot be read any further."))]
        )
    except (
        ValueError,
        RecursionError,
    ):  # other bytes than UTF-8, half a character, an endless number or nest
        words = _("This is no JSON: it has broken characters, or is nested too deeply. Save it as UTF-8.")
        return _asked(programme, 422, [Problem("", words)])
    try:
        take_over(owner_of(programme), document)
    except Unusable as problem:
        return _asked(programme, 422, problem.problems)
    return changed(programme, _("The form is taken over."))
