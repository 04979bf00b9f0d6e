"""Mails that did not certainly leave, and sending one again."""

from __future__ import annotations

from flask import Blueprint, Response, request

from campapp.core.access import find, park_administrator
from campapp.core.language import gettext as _
from campapp.core.outbox import Delivery
from campapp.core.web import guarded_by, page, safe_next, to
from campapp.messages import actions, queries
from campapp.messages.actions.delivery import way_out

bp = Blueprint("delivery", __name__)


@bp.get("/deliveries")
@guarded_by(park_administrator)
def index() -> Response:
    """What needs a person, over all sendings."""
    url, kept = way_out()
    return page("messages/delivery/index.html", record=queries.troubled(), broken=queries.unwritten(),
                no_way_out=not url and not kept, again=actions.send_again)  # fmt: skip


@bp.post("/deliveries/<int:delivery_id>/sending")
@guarded_by(actions.send_again)
def send_again(delivery_id: int) -> Response:
    """Once more, at once."""
    actions.send_again(find(Delivery, delivery_id))
    return to(safe_next(request.form.get("next")) or "/", done=_("On its way again."))
