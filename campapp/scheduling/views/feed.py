"""Private calendar feeds."""

from __future__ import annotations

from flask import Blueprint, Response, abort, url_for
from sqlalchemy import select

from campapp.accounts.models import Account
from campapp.accounts.sessions import make_actor, token_hash
from campapp.core.access import signed_in
from campapp.core.current import MEMBER, REPRESENTATIVE, current
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.language import speaking
from campapp.core.web import guarded_by, public, to
from campapp.scheduling.actions.feed import renew_link
from campapp.scheduling.calendar import calendar_of
from campapp.scheduling.models import FeedLink
from campapp.scheduling.queries import Line, agenda

bp = Blueprint("feed", __name__)


@bp.post("/me/feed")
@guarded_by(signed_in)
def create() -> Response:
    """A first link, or a new one in place of the old."""
    account = db.session.get(Account, current.actor.account_id) or abort(404)
    renew_link(account)
    return to("scheduling.agenda.show", done=_("The calendar link is new. The old one no longer works."))


@bp.get("/feeds/<token>.ics")
@public
def show(token: str) -> Response:
    """The meetings of whoever this link belongs to, in all their roles; nothing else, whatever else is asked."""
    link = db.session.scalars(
        select(FeedLink).where(FeedLink.token_hash == token_hash(token), FeedLink.revoked_at.is_(None))
    ).one_or_none()
    account = db.session.get(Account, link.account_id) if link else None
    if account is None or account.erased_at is not None:
        abort(404)
    lines: dict[int, tuple[Line, str]] = {}
    actor = make_actor(account.id, account.name, account.confirmed, "")
    for membership in actor.memberships:
        if membership.role in {MEMBER, REPRESENTATIVE}:
            side = "team" if membership.role == MEMBER else "company"
            for line in agenda(actor.using(membership), cancelled=True):
                lines.setdefault(line.meeting.id, (line, side))
    with speaking(account.locale):
        address = url_for("scheduling.agenda.show", _external=True)
        sides = {side for _line, side in lines.values()} or {"team"}
        body = calendar_of([line for line, _side in lines.values()], min(sides), address)
    answer = Response(body, mimetype="text/calendar")
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
