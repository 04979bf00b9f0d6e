"""Who owes what: the organiser's list, and reminders to exactly those."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request

from campapp.core.access import find_by, visible
from campapp.core.action import may
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by, page, to
from campapp.dues import asking
from campapp.dues.actions.reminder import remind
from campapp.dues.lists import Dues
from campapp.programmes.models import FollowUp, Programme
from campapp.programmes.rules import reads

bp = Blueprint("board", __name__)


def _scope(programme: Programme) -> dict[str, Any]:
    rows = db.session.scalars(
        visible(FollowUp).where(FollowUp.programme_id == programme.id).order_by(FollowUp.id)
    )
    return {
        "programme": programme, "documents": asking.documents_of(programme.id), "follow_ups": rows.all(),
    }  # fmt: skip


@bp.get("/programmes/<slug>/dues")
@guarded_by(reads)
def index(slug: str) -> Response:
    """Filtered, sorted, exported; those chosen are reminded."""
    programme = find_by(Programme, slug=slug)
    listing = Dues.from_url(request.args, **_scope(programme))
    if kind := request.args.get("as"):
        return listing.export(kind).answer()
    return page("dues/board/index.html", fragment="list", list=listing, programme=programme,
                reminds=may(remind, programme))  # fmt: skip


@bp.post("/programmes/<slug>/dues/reminders")
@guarded_by(remind)
def create(slug: str) -> Response:
    """One message to each of those chosen who owe something; they wait on their page."""
    programme = find_by(Programme, slug=slug)
    chosen = Dues.from_url(request.form, **_scope(programme)).selected(request.form)
    sending = remind(programme, chosen)
    if sending is None:
        return to(".index", slug=slug, done=_("Nobody of those owes anything."))
    return to("messages.sending.show", sending_id=sending.id)
