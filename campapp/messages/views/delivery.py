"""Mails that did not certainly leave, and sending one again."""

from __future__ import annotations

from flask import Blueprint, Response, request

from campapp.core.access import find, find_by, park_administrator
from campapp.core.language import gettext as _
from campapp.core.outbox import Delivery
from campapp.core.web import guarded_by, page, safe_next, to
from campapp.messages import actions, queries
from campapp.messages.actions.delivery import way_out
from campapp.messages.lists import Deliveries
from campapp.programmes.models import Programme
from campapp.programmes.rules import reads

bp = Blueprint("delivery", __name__)


@bp.get("/deliveries")
@guarded_by(park_administrator)
def index() -> Response:
    """What needs a person, over all sendings."""
    url, kept = way_out()
    return page("messages/delivery/index.html", record=queries.troubled(), broken=queries.unwritten(),
                no_way_out=not url and not kept, again=actions.send_again)  # fmt: skip


def _log(listing: Deliveries, programme: Programme | None = None) -> Response:
    if kind := request.args.get("as"):
        return listing.export(kind).answer()
    return page("messages/delivery/log.html", fragment="list", list=listing, programme=programme,
                again=actions.send_again)  # fmt: skip


@bp.get("/deliveries/log")
@guarded_by(park_administrator)
def log() -> Response:
    """Everything that was told to anybody."""
    return _log(Deliveries.from_url(request.args))


@bp.get("/programmes/<slug>/messages/log")
@guarded_by(reads)
def programme_log(slug: str) -> Response:
    """What was told about a programme's applications and companies, and by its sendings."""
    programme = find_by(Programme, slug=slug)
    return _log(Deliveries.from_url(request.args, programme=programme), programme)


@bp.post("/deliveries/<int:delivery_id>/sending")
@guarded_by(actions.send_again)
def send_again(delivery_id: int) -> Response:
    """Once more, at once."""
    actions.send_again(find(Delivery, delivery_id))
    return to(safe_next(request.form.get("next")) or "/", done=_("On its way again."))
