"""The submission: what is still missing, the press, the receipt, taking it back."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from flask import Blueprint, Response, request

from campapp.applications import queries
from campapp.applications.actions.submission import (
    Incomplete,
    lacks,
    may_take_back,
    submit,
    supplement,
    take_back,
)
from campapp.applications.agreeing import my_answers
from campapp.applications.consent_texts import ASKED, OWN, PURPOSES, asked_in, newest_texts
from campapp.applications.grouping import chosen, objection, standings
from campapp.applications.models import Application
from campapp.applications.reading import shown_answers
from campapp.applications.rules import may_edit, may_submit, of_own_team
from campapp.applications.timing import timing_of
from campapp.applications.views.draft import form_document, steps
from campapp.core import clock
from campapp.core.access import Refused, find
from campapp.core.db import db
from campapp.core.form import answers as kept
from campapp.core.form import asked
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by, page, to
from campapp.pool.models import Project, Snapshot
from campapp.programmes.models import Track
from campapp.teams.models import Team

bp = Blueprint("submission", __name__)


def _review(application: Application, *, status: int = 200, refused: str = "") -> Response:
    document, timing = form_document(application), timing_of(application)
    given, sections = queries.shown_files(application), document["sections"]
    files = {file.key for file in given}
    follow, found = timing.may_follow(document), standings(application, document, application.answers)
    return page(
        "applications/submission/new.html", status=status, application=application, timing=timing,
        programme=timing.programme, project=db.session.get_one(Project, application.project_id),
        team=db.session.get_one(Team, application.team_id), given=given,
        sections=shown_answers(document, application.answers), refused=refused,
        lacking=lacks(document, application.answers, files, timing), standings=found, mine=chosen(application, found),
        against=objection(application, found),
        owed=[(asked.words(f, "label"), follow[f["key"]]) for f in asked.all_fields(document)
              if f["key"] in follow and f["key"] in kept.missing(document, application.answers, files)],
        late=_named(document, timing.open_late(document, clock.now())) if application.submission_id else [],
        steps=steps(application, document, "submission"), number=len(sections) + 3, count=len(sections) + 3,
        before=sections[-1]["key"] if sections else None, nonce=secrets.token_hex(16),
        submission=queries.standing_submission(application), texts=newest_texts(), purposes=asked_in(timing.programme),
        labels=PURPOSES, standing=queries.standing_consents(application), myself=my_answers(application),
        my_labels=OWN, track=db.session.get(Track, application.track_id) if application.track_id else None,
    )  # fmt: skip


def _named(document: dict[str, Any], until: dict[str, datetime]) -> list[tuple[str, datetime]]:
    return [
        (asked.words(f, "label"), until[f["key"]]) for f in asked.all_fields(document) if f["key"] in until
    ]


@bp.get("/applications/<int:id>/submission/new")
@guarded_by(may_edit)
def new(id: int) -> Response:
    """Everything once more, with what is still missing."""
    return _review(find(Application, id))


@bp.post("/applications/<int:id>/submission")
@guarded_by(of_own_team)
def create(id: int) -> Response:
    """Receive it: on disk before the receipt is shown. Too late, or incomplete: the draft is kept, and it says so."""
    agreed = [purpose for purpose in ASKED if purpose in request.form.getlist("agree")]
    asked_me = request.form.getlist("own_asked")
    own = request.form.getlist("own") if asked_me else None
    return _received(id, partial(submit, agreed=agreed, own=own, own_asked=asked_me))


def _received(id: int, receive: Callable[[Application, str], object]) -> Response:
    """On to the receipt, or the page again with what is in the way."""
    application, nonce = find(Application, id), request.form.get("nonce", "")[:40] or secrets.token_hex(16)
    try:
        receive(application, nonce)
    except Incomplete:
        return _review(application, status=422)
    except Refused as problem:
        if not problem.reason:
            raise
        if queries.was_received(application, nonce):  # in time; only its answer was lost
            return to(".show", id=id)
        return _review(application, status=403, refused=problem.reason)
    return to(".show", id=id)


@bp.get("/applications/<int:id>/submission")
@guarded_by(of_own_team)
def show(id: int) -> Response:
    """The receipt, with the server's time."""
    application = find(Application, id)
    submission = queries.standing_submission(application)
    if submission is None:
        return to(".new", id=id)
    frozen, timing = queries.snapshot_document(submission), timing_of(application)
    document = form_document(application)
    follow = timing.may_follow(document)
    owed = [
        f for f in kept.missing(document, application.answers, set(frozen.get("files", {}))) if f in follow
    ]
    return page(
        "applications/submission/show.html", application=application, submission=submission, frozen=frozen,
        timing=timing, owed=_named(document, {key: follow[key] for key in owed}),
        programme=timing.programme, team=db.session.get_one(Team, application.team_id),
        project=db.session.get_one(Project, application.project_id), can_submit=may_submit,
        sha256=db.session.get_one(Snapshot, submission.snapshot_id).sha256,
        can_take_back=may_take_back, changed=queries.changed_since(application, submission),
    )  # fmt: skip


@bp.post("/applications/<int:id>/supplement")
@guarded_by(of_own_team)
def create_supplement(id: int) -> Response:
    """After the deadline: what may follow joins the version that counts."""
    return _received(id, supplement)


@bp.delete("/applications/<int:id>/submission")
@guarded_by(may_take_back)
def destroy(id: int) -> Response:
    """Take it back before the deadline: a draft again."""
    take_back(find(Application, id))
    return to("applications.application.show", id=id, done=_("Taken back. It is a draft again."))
