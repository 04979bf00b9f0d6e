"""Questions on a call: asked by whoever has an account, answered to them, or to everybody without their name."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for

from campapp.core.access import Refused, find_by
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by, page, to
from campapp.programmes.models import Programme
from campapp.programmes.queries import faqs
from campapp.threads import queries
from campapp.threads.actions.post import ask
from campapp.threads.forms import PostForm

bp = Blueprint("call", __name__)


def _page(programme: Programme, form: PostForm, status: int = 200) -> Response:
    return page("threads/call/new.html", status=status, programme=programme, form=form, faqs=faqs(programme),
                asked=queries.own_questions(programme))  # fmt: skip


@bp.get("/programmes/<slug>/questions/new")
@guarded_by(ask)
def new(slug: str) -> Response:
    """What has been answered already, what one asked before, and a question."""
    return _page(find_by(Programme, slug=slug), PostForm.of())


@bp.post("/programmes/<slug>/questions")
@guarded_by(ask)
def create(slug: str) -> Response:
    """Ask."""
    programme, form = find_by(Programme, slug=slug), PostForm.of(sent=request.form)
    if not form.validate():
        return _page(programme, form, 422)
    try:
        thread = ask(programme, form.text.data)
    except Refused as problem:
        form.blame("text", problem.reason)
        return _page(find_by(Programme, slug=slug), form, 422)
    undo = url_for("threads.post.destroy", id=thread.last_post_id)
    return to(
        "threads.thread.show", id=thread.id, done=_("Asked. You are told when it is answered."), undo=undo
    )
