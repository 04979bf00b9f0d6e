"""The mailbox: mails as they were sent or would have been, in the demo and in development only."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request

from campapp.core.db import db
from campapp.core.outbox import Delivery
from campapp.core.web import guarded_by, page
from campapp.messages import queries
from campapp.messages.actions.delivery import mail_of
from campapp.messages.rules import mailbox_open

bp = Blueprint("mailbox", __name__)
PAGE = 50


@bp.get("/mailbox")
@guarded_by(mailbox_open)
def index() -> Response:
    """Newest first; `q` looks in addresses and titles."""
    term = request.args.get("q", "").strip()[:200]
    before = request.args.get("before", type=int)
    mails = queries.mailbox(term, before, PAGE)
    older = mails[-1].id if len(mails) == PAGE else None
    return page("messages/mailbox/index.html", mails=mails, term=term, before=before, older=older)


@bp.get("/mailbox/<int:delivery_id>")
@guarded_by(mailbox_open)
def show(delivery_id: int) -> Response:
    """One mail with the headers that it leaves with, or one text message."""
    delivery = db.session.get(Delivery, delivery_id)
    if delivery is None or delivery.channel == "app":
        abort(404)
    return page("messages/mailbox/show.html", mail=delivery, headers=_headers(delivery))


def _headers(delivery: Delivery) -> list[tuple[str, str]]:
    if delivery.channel == "sms":
        return [("To", delivery.recipient)]
    left_out = {"Content-Type", "Content-Transfer-Encoding", "MIME-Version"}
    return [(name, str(value)) for name, value in mail_of(delivery).message().items() if name not in left_out]
