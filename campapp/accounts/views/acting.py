"""An organiser acts for a team or a company; a banner says so."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request

from campapp.accounts import acting, actions
from campapp.accounts.models import SignIn
from campapp.core.access import find
from campapp.core.current import current
from campapp.core.language import gettext as _
from campapp.core.text import numbers
from campapp.core.web import guarded_by, safe_next, to

bp = Blueprint("acting", __name__)


@bp.post("/acting")
@guarded_by(actions.act_for)
def create() -> Response:
    """Begin, for `kind` (team, company) and `id`, where the organiser sees it; then go to `next`."""
    kind, key = request.form.get("kind", ""), numbers.key(request.form.get("id"))
    sign_in = find(SignIn, current.actor.session_id or 0)
    with current.set(actor=current.actor.using(current.actor.membership)):
        name = acting.name_of(kind, key) if key else None
    if not key or name is None:
        abort(404)
    actions.act_for(sign_in, kind, key)
    onward = safe_next(request.form.get("next")) or "/"
    return to(onward, done=_("You are acting for %(name)s now.", name=name))


@bp.delete("/acting")
@guarded_by(actions.stop_acting)
def destroy() -> Response:
    """Stop; they get one message about all of it."""
    actions.stop_acting(find(SignIn, current.actor.session_id or 0))
    return to(safe_next(request.form.get("next")) or "/", done=_("You act for yourself again."))
