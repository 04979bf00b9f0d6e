"""The thread about an application, and the one about a match; each begins with its first post."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request, url_for
from sqlalchemy import select

from campapp.applications.models import Application
from campapp.companies.models import Company
from campapp.core.access import Refused, find
from campapp.core.action import may
from campapp.core.current import current
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.language import say
from campapp.core.web import guarded_by, page, to
from campapp.matching.models import Match
from campapp.programmes.models import Participation, Programme
from campapp.threads.actions.post import write_on_application, write_on_match
from campapp.threads.forms import PostForm
from campapp.threads.models import Thread
from campapp.threads.rules import reads_on_application, reads_on_match, side_of_match

bp = Blueprint("about", __name__)


def _empty(
    row: Any, title: str, action: str, form: PostForm | None, writes: bool, status: int = 200
) -> Response:
    """The page before anybody has written."""
    programme = db.session.get_one(Programme, row.programme_id)
    return page("threads/thread/empty.html", status=status, title=title, programme=programme, action=action,
                form=form or PostForm.of(), writes=writes)  # fmt: skip


def _thread(**about: int) -> Thread | None:
    return db.session.scalars(select(Thread).filter_by(**about)).one_or_none()


def _sent(write: Any, row: Any, form: PostForm) -> Response | None:
    """Write it; None when the form says why not."""
    if not form.validate():
        return None
    try:
        thread = write(row, form.text.data)
    except Refused as problem:
        form.blame("text", problem.reason)
        return None
    undo = url_for("threads.post.destroy", id=thread.last_post_id)
    return to("threads.thread.show", id=thread.id, done=_("Sent."), undo=undo)


# ------------------------------------------------------------------------------------ an application
def _application_page(row: Application, form: PostForm | None = None, status: int = 200) -> Response:
    own = current.actor.team_id == row.team_id
    title = _("The organiser") if own else row.team_name
    return _empty(
        row, title, url_for(".create_application", id=row.id), form, may(write_on_application, row), status
    )


@bp.get("/applications/<int:id>/thread")
@guarded_by(reads_on_application)
def show_application(id: int) -> Response:
    """Between the team and the staff."""
    row = find(Application, id)
    thread = _thread(application_id=id)
    return to("threads.thread.show", id=thread.id) if thread else _application_page(row)


@bp.post("/applications/<int:id>/thread")
@guarded_by(write_on_application)
def create_application(id: int) -> Response:
    """Write."""
    row, form = find(Application, id), PostForm.of(sent=request.form)
    return _sent(write_on_application, row, form) or _application_page(find(Application, id), form, 422)


# ------------------------------------------------------------------------------------ a match
def _match_page(row: Match, form: PostForm | None = None, status: int = 200) -> Response:
    if side_of_match(current.actor, row) == "team":
        part = db.session.get_one(Participation, row.participation_id)
        company = db.session.get_one(Company, part.company_id)
        title = say(company, "name") or company.name
    else:
        title = db.session.get_one(Application, row.application_id).team_name
    return _empty(row, title, url_for(".create_match", id=row.id), form, may(write_on_match, row), status)


@bp.get("/matches/<int:id>/thread")
@guarded_by(reads_on_match)
def show_match(id: int) -> Response:
    """Between the two sides."""
    row = find(Match, id)
    thread = _thread(match_id=id)
    return to("threads.thread.show", id=thread.id) if thread else _match_page(row)


@bp.post("/matches/<int:id>/thread")
@guarded_by(write_on_match)
def create_match(id: int) -> Response:
    """Write."""
    row, form = find(Match, id), PostForm.of(sent=request.form)
    return _sent(write_on_match, row, form) or _match_page(find(Match, id), form, 422)
