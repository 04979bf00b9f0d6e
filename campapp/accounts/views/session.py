"""Sign in and out; where one is signed in."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for

from campapp.accounts import actions, passwords, queries
from campapp.accounts.actions import throttle
from campapp.accounts.forms import SignInForm
from campapp.accounts.models import Account, SignIn
from campapp.accounts.rules import own_session
from campapp.accounts.views.entering import let_in, let_out
from campapp.core.access import find, signed_in
from campapp.core.current import current
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by, page, public, safe_next, to

bp = Blueprint("session", __name__)


@bp.get("/sign-in")
@public
def new() -> Response:
    """The form; `then` is where the person wanted to go."""
    if current.actor.is_authenticated:
        return to(safe_next(request.args.get("then")) or "/")
    return page("accounts/session/new.html", form=SignInForm.of(then=request.args.get("then", "")))


@bp.post("/sign-in")
@public
def create() -> Response:
    """Two hashes are verified whoever signs in; the words are the same whatever was wrong."""
    form = SignInForm.of(sent=request.form)
    if not form.validate():
        return page("accounts/session/new.html", fragment="form", status=422, form=form)
    value, here = form.address.data, throttle.here()
    throttle.spend(
        (throttle.SIGN_IN, (value, here)),
        (throttle.SIGN_IN_ADDRESS, (value,)),
        (throttle.SIGN_IN_PLACE, (here,)),
    )
    found = queries.candidates(value, passwords.TRIES)
    place = passwords.first_match([kept for _account, kept in found], form.password.data)
    if place is None:
        form.blame("password", _("Address and password do not fit together."))
        return page("accounts/session/new.html", fragment="form", status=422, form=form)
    throttle.forgive(throttle.SIGN_IN, value, here)
    return let_in(db.session.get_one(Account, found[place][0]), form.onward())


@bp.delete("/session")
@guarded_by(signed_in)
def destroy() -> Response:
    """Sign out here."""
    actor = current.actor
    actions.end_session(db.session.get_one(SignIn, actor.session_id))
    return let_out("/", done=_("Signed out."))


@bp.delete("/sessions")
@guarded_by(signed_in)
def destroy_all() -> Response:
    """Sign out everywhere, here too."""
    actions.end_sessions(find(Account, current.actor.account_id or 0))
    return let_out(url_for(".new"), done=_("Signed out everywhere."))


@bp.delete("/sessions/<int:session_id>")
@guarded_by(own_session)
def destroy_one(session_id: int) -> Response:
    """Sign out one other device."""
    sign_in = find(SignIn, session_id)
    actions.end_session(sign_in)
    if sign_in.id == current.actor.session_id:
        return let_out("/", done=_("Signed out."))
    return to("accounts.account.show", done=_("That session is ended."))
