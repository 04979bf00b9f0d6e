"""A follow-up as one team or company fills it in, and as the staff reads it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, request, url_for

from campapp.applications.models import Application
from campapp.applications.rules import of_own_team
from campapp.applications.views.form.builder import rules_of
from campapp.core import clock
from campapp.core.access import Refused, find, visible
from campapp.core.action import may
from campapp.core.current import current
from campapp.core.db import db
from campapp.core.events import Stale
from campapp.core.form import answers as kept
from campapp.core.form import asked, composing, declared, kinds
from campapp.core.form.base import Form
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by, page, to
from campapp.dues import asking, queries
from campapp.dues.actions.answer import Subject, answer, rows_of
from campapp.dues.actions.unlocking import unlock
from campapp.dues.models import Due
from campapp.dues.rules import hands_in, reads_on_application, reads_on_participation
from campapp.programmes.models import FollowUp, Participation
from campapp.programmes.queries import programme_of
from campapp.programmes.rules import takes_part

bp = Blueprint("sheet", __name__)


def follow_up_of(subject: Subject, id: int) -> FollowUp:
    """A follow-up that the reader sees, of the subject's own programme and side."""
    side = "team" if isinstance(subject, Application) else "company"
    row = db.session.scalars(
        visible(FollowUp).where(
            FollowUp.id == id, FollowUp.programme_id == subject.programme_id, FollowUp.side == side
        )
    ).one_or_none()
    return row or abort(404)


def asked_of(model: type[Subject], id: int, follow_up: int) -> tuple[Subject, FollowUp]:
    """The application or participation that the reader sees, and what it is asked; the page's guard is asked of it."""
    subject = find(model, id)
    return subject, follow_up_of(subject, follow_up)


def sheet_url(subject: Subject, follow_up: FollowUp) -> str:
    """Its page."""
    noun = "application" if isinstance(subject, Application) else "participation"
    return url_for(f"dues.sheet.show_{noun}", id=subject.id, follow_up=follow_up.id)


def _usable(document: dict[str, Any], rows: dict[str, Due]) -> dict[str, Any]:
    """The document with the questions that have been asked of this one."""
    sections = [
        {**section, "fields": [f for f in section["fields"] if f["key"] in rows]}
        for section in document["sections"]
    ]
    return {"sections": [section for section in sections if section["fields"]]}


def _filled(document: dict[str, Any], rows: dict[str, Due], sent: Any = None) -> Form:
    return declared.build(document).of(
        None, sent, **kept.for_form(document, asking.answers_of(rows.values()))
    )


def shown(
    subject: Subject, follow_up: FollowUp, form: Form | None = None, *, status: int = 200, stale: str = "",
    file_errors: dict[str, str] | None = None,
) -> Response:  # fmt: skip
    """The page; `stale`: what somebody else changed meanwhile."""
    rows, now = rows_of(follow_up, subject), clock.now()
    if not rows:
        abort(404)
    document, given = _usable(asking.document_of(follow_up), rows), queries.shown_files(rows)
    answers, own = asking.answers_of(rows.values()), hands_in(current.actor, subject)
    rules = {**rules_of(document), "files": [one.key for one in given]}
    url = sheet_url(subject, follow_up)
    return page(
        "dues/sheet/show.html", status=status, subject=subject, follow_up=follow_up, rows=rows, document=document,
        form=form or _filled(document, rows), own=own, given=given,
        unfinished=queries.unfinished_uploads(rows) if own else [], live=asked.asked(document, answers), kinds=kinds,
        programme=programme_of(follow_up), name=queries.name_of(subject), asked=asked,
        locked={key for key, due in rows.items() if due.is_locked(now)}, stale=stale, rules=rules, url=url,
        words=lambda field: kept.shown(field, rows[field["key"]].answer), now_is=now, file_errors=file_errors or {},
        seen={key: composing.digest(due.answer) for key, due in rows.items()}, unlocks=may(unlock, _first(rows)),
        unlocked=_first(rows), letters=url_for(f"dues.file.letter_{_noun(subject)}", id=subject.id,
                                               follow_up=follow_up.id, key="__key__"),
    )  # fmt: skip


def _noun(subject: Subject) -> str:
    return "application" if isinstance(subject, Application) else "participation"


def _first(rows: dict[str, Due]) -> Due:
    return next(iter(rows.values()))


def saved(subject: Subject, follow_up: FollowUp) -> Response:
    """Keep what was typed; what is locked is left as it is."""
    rows, now = rows_of(follow_up, subject), clock.now()
    if not rows:
        abort(404)
    document = _usable(asking.document_of(follow_up), rows)
    form = _filled(document, rows, request.form)
    open_keys = [key for key, due in rows.items() if not due.is_locked(now) and key in form]
    form.validate()
    if any(form[key].errors for key in open_keys):
        return shown(subject, follow_up, form, status=422)
    values = {key: kept.plain(form[key].data) for key in open_keys}
    seen = {key: request.form[f"seen.{key}"] for key in open_keys if f"seen.{key}" in request.form}
    try:
        answer(subject, follow_up, values, seen)
    except Stale as problem:
        db.session.rollback()
        return shown(subject, follow_up, form, status=409, stale=problem.row.key)
    except Refused as problem:
        return to(sheet_url(subject, follow_up), done=problem.reason)
    return to(sheet_url(subject, follow_up), done=_("Kept."))


@bp.get("/applications/<int:id>/follow-ups/<int:follow_up>")
@guarded_by(reads_on_application)
def show_application(id: int, follow_up: int) -> Response:
    """What is asked of a team."""
    return shown(*asked_of(Application, id, follow_up))


@bp.post("/applications/<int:id>/follow-ups/<int:follow_up>")
@guarded_by(of_own_team)
def update_application(id: int, follow_up: int) -> Response:
    """Hand it in, whole or in part."""
    return saved(*asked_of(Application, id, follow_up))


@bp.get("/participations/<int:id>/follow-ups/<int:follow_up>")
@guarded_by(reads_on_participation)
def show_participation(id: int, follow_up: int) -> Response:
    """What is asked of a company."""
    return shown(*asked_of(Participation, id, follow_up))


@bp.post("/participations/<int:id>/follow-ups/<int:follow_up>")
@guarded_by(takes_part)
def update_participation(id: int, follow_up: int) -> Response:
    """Hand it in, whole or in part."""
    return saved(*asked_of(Participation, id, follow_up))
