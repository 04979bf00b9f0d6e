"""The membership in use, switched in one click."""

from __future__ import annotations

from flask import Blueprint, Response, request

from campapp.accounts import actions
from campapp.accounts.models import SignIn
from campapp.core.access import find
from campapp.core.current import current
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by, to

bp = Blueprint("membership", __name__)


@bp.post("/membership")
@guarded_by(actions.use_membership)
def update() -> Response:
    """Use the one pressed; its landing page shows what is to do there."""
    sign_in = find(SignIn, current.actor.session_id or 0)
    if not actions.use_membership(sign_in, request.form.get("membership", "")):
        return to("/", done=_("You no longer have that role."))
    return to("/")
