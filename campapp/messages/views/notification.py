"""What one was told in the application."""

from __future__ import annotations

from flask import Blueprint, Response

from campapp.accounts.models import Account
from campapp.core.access import find, signed_in
from campapp.core.current import current
from campapp.core.language import gettext as _
from campapp.core.outbox import Delivery
from campapp.core.web import guarded_by, page, to
from campapp.messages import actions, queries
from campapp.messages.rules import own_notification

bp = Blueprint("notification", __name__)


@bp.get("/notifications")
@guarded_by(signed_in)
def index() -> Response:
    """Unread first."""
    told = queries.told_me()
    unread = sum(one.read_at is None for one in told)
    return page("messages/notification/index.html", told=told, unread=unread)


@bp.post("/notifications/<int:delivery_id>/reading")
@guarded_by(own_notification)
def read(delivery_id: int) -> Response:
    """Open it: it is read, and its page comes."""
    delivery = find(Delivery, delivery_id)
    onward = delivery.url or "/notifications"
    actions.read(delivery)
    return to(onward)


@bp.post("/notifications/reading")
@guarded_by(signed_in)
def read_all() -> Response:
    """Everything is read."""
    actions.read_all(find(Account, current.actor.account_id or 0))
    return to(".index", done=_("All marked as read."))
