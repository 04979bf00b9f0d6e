"""Threads: one's own, and one with its posts."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for

from campapp.core.access import Refused, find, signed_in
from campapp.core.action import may
from campapp.core.current import ORGANISER, current
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by, is_fragment, no_content, page, to
from campapp.programmes.models import Programme
from campapp.threads import queries
from campapp.threads.actions.post import read, write
from campapp.threads.actions.public_answer import answer_in_public
from campapp.threads.forms import PostForm
from campapp.threads.models import Thread
from campapp.threads.rules import reads_thread, side_in, takes_back

bp = Blueprint("thread", __name__)


@bp.get("/threads")
@guarded_by(signed_in)
def index() -> Response:
    """With whom one writes: unread first; an organiser's are the list of the programme."""
    if current.actor.role == ORGANISER:
        programme = find(Programme, current.actor.programme_id)
        return to("threads.staff.index", slug=programme.slug)
    return page("threads/thread/index.html", threads=queries.mine())


@bp.get("/threads/<int:id>")
@guarded_by(reads_thread)
def show(id: int) -> Response:
    """Its posts, the oldest first, and where the next is written."""
    return shown(find(Thread, id))


def shown(thread: Thread, form: PostForm | None = None, status: int = 200) -> Response:
    """The page of a thread."""
    actor, posts = current.actor, queries.posts(thread)
    side = side_in(actor, thread)
    mine = [post for post in posts if post.account_id == actor.account_id]
    return page(
        "threads/thread/show.html", status=status, shown=queries.one(thread), thread=thread, posts=posts,
        side=side, unnamed=queries.unnamed_in(thread, posts, side), form=form or PostForm.of(),
        writes=may(write, thread),
        answers=may(answer_in_public, thread), action=url_for(".create", id=thread.id),
        undoable={post.id for post in mine[-1:] if takes_back(actor, post)},
    )  # fmt: skip


@bp.post("/threads/<int:id>/posts")
@guarded_by(write)
def create(id: int) -> Response:
    """Write in it; the other side is told in a few minutes, once for all that came together."""
    thread, form = find(Thread, id), PostForm.of(sent=request.form)
    if not form.validate():
        return shown(thread, form, 422)
    try:
        made = write(thread, form.text.data)
    except Refused as problem:
        form.blame("text", problem.reason)
        return shown(find(Thread, id), form, 422)
    return to(".show", id=id, done=_("Sent."), undo=url_for("threads.post.destroy", id=made.id))


@bp.post("/threads/<int:id>/reading")
@guarded_by(reads_thread)
def mark_read(id: int) -> Response:
    """As far as it goes now, this person has read it."""
    read(find(Thread, id))
    return no_content() if is_fragment() else to(".index", done=_("Marked as read."))
