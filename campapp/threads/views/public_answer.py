"""A question on the call, answered for everybody."""

from __future__ import annotations

from flask import Blueprint, Response, request

from campapp.core.access import find
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by, page, to
from campapp.programmes.models import Programme
from campapp.threads import queries
from campapp.threads.actions.public_answer import answer_in_public
from campapp.threads.forms import AnswerForm
from campapp.threads.models import Thread

bp = Blueprint("public_answer", __name__)


def _page(thread: Thread, form: AnswerForm, status: int = 200) -> Response:
    programme = db.session.get_one(Programme, thread.programme_id)
    return page("threads/public_answer/new.html", status=status, thread=thread, programme=programme, form=form,
                posts=queries.posts(thread))  # fmt: skip


@bp.get("/threads/<int:id>/public-answer/new")
@guarded_by(answer_in_public)
def new(id: int) -> Response:
    """What was asked, and where it is put for everybody."""
    return _page(find(Thread, id), AnswerForm.of())


@bp.post("/threads/<int:id>/public-answer")
@guarded_by(answer_in_public)
def create(id: int) -> Response:
    """It stands among the frequent questions, and who asked is told."""
    thread, form = find(Thread, id), AnswerForm.of(sent=request.form)
    if not form.validate():
        return _page(thread, form, 422)
    answer_in_public(thread, **form.values)
    return to("threads.thread.show", id=id, done=_("It stands on the public page, without who asked."))
