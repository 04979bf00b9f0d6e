"""One post: taken back before the other side is told."""

from __future__ import annotations

from flask import Blueprint, Response

from campapp.core.access import find
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by, to
from campapp.threads.actions.post import take_back
from campapp.threads.models import Post

bp = Blueprint("post", __name__)


@bp.delete("/posts/<int:id>")
@guarded_by(take_back)
def destroy(id: int) -> Response:
    """As if it had not been written."""
    thread = take_back(find(Post, id))
    done = _("Taken back; nobody was told.")
    return (
        to("threads.thread.show", id=thread.id, done=done)
        if thread
        else to("threads.thread.index", done=done)
    )
