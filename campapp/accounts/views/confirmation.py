"""Confirm an address: a code typed here, or the button behind the mail's link. Neither blocks anything."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Response, abort, request, url_for

from campapp.accounts import actions, proofs, queries
from campapp.accounts.actions import throttle
from campapp.accounts.actions.address import Elsewhere
from campapp.accounts.actions.code import fits, is_open
from campapp.accounts.forms import AddressForm, CodeForm
from campapp.accounts.models import Account, Code
from campapp.accounts.views.entering import let_in
from campapp.core import clock
from campapp.core.access import find, signed_in
from campapp.core.current import current
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by, page, public, safe_next, to

bp = Blueprint("confirmation", __name__)
AGAIN = timedelta(seconds=30)
"""After so long without a code there is a second way."""


def myself() -> Account:
    """The account of who asks."""
    return find(Account, current.actor.account_id or 0)


@bp.get("/confirmation")
@guarded_by(signed_in)
def new() -> Response:
    """The field for the code; after half a minute also: send again, another address, go on without."""
    account, then = myself(), safe_next(request.args.get("then")) or "/"
    if account.confirmed:
        return to(then)
    return _page(account, CodeForm.of(then=then))


def _page(account: Account, form: CodeForm, status: int = 200) -> Response:
    code = queries.latest_code(account.id, "confirm")
    waited = code is None or clock.now() - code.created_at >= AGAIN
    return page("accounts/confirmation/new.html", fragment="otherwise" if request.method == "GET" else None,
                status=status, account=account, form=form, waited=waited, again_at=code and code.created_at + AGAIN,
                another=AddressForm.of())  # fmt: skip


@bp.post("/confirmation")
@guarded_by(signed_in)
def create() -> Response:
    """The code, typed."""
    account, form = myself(), CodeForm.of(sent=request.form)
    code = queries.latest_code(account.id, "confirm")
    if not form.validate():
        return _page(account, form, 422)
    throttle.spend((throttle.CODE, (str(account.id),)))
    if code is None or not fits(code.id, form.code.data):
        form.blame(
            "code", _("This is not the code of the latest mail, or it is too old. Have it sent again.")
        )
        return _page(myself(), form, 422)
    holder = actions.confirm_address(account, db.session.get_one(Code, code.id), here=True)
    if holder.id != current.actor.account_id:
        words = _("You had an account with this address already. What you began is in it now.")
        return let_in(holder, form.onward(), done=words)
    return to(form.onward(), done=_("Your address is confirmed."))


@bp.post("/confirmation/codes")
@guarded_by(signed_in)
def send_again() -> Response:
    """Another code, to the same address or to the one typed instead."""
    account, then = myself(), request.form.get("then", "")
    if account.confirmed:
        return to(safe_next(then) or "/")
    form = AddressForm.of(sent=request.form) if request.form.get("address") else None
    if form is not None and not form.validate():
        return page("accounts/confirmation/new.html", status=422, account=account, form=CodeForm.of(then=then),
                    waited=True, again_at=None, another=form)  # fmt: skip
    address = form.address.data if form else account.mail
    throttle.spend(
        (throttle.MAIL_SOON, (str(account.id),)), (throttle.MAIL_ADDRESS, (address,)),
        (throttle.MAIL_PLACE, (throttle.here(),)),
    )  # fmt: skip
    if form is None:
        actions.send_code(account, "confirm", address)
    else:
        actions.ask_for_address(account, address)
    return to(".new", then=safe_next(then) or "/", done=_("Sent to %(address)s.", address=address))


def code_of(token: str, purpose: str) -> Code:
    """The code behind a link, or 404."""
    code = proofs.row_of(Code, token)
    if code is None or code.purpose != purpose:
        abort(404)
    return code


@bp.get("/confirmation/<token>")
@public
def show(token: str) -> Response:
    """What the link in the mail opens: it spends nothing."""
    code = code_of(token, "confirm")
    account = db.session.get_one(Account, code.account_id)
    return page(
        "accounts/confirmation/show.html", code=code, account=account, usable=is_open(code), token=token
    )


@bp.post("/confirmation/<token>")
@public
def spend(token: str) -> Response:
    """The button."""
    code = code_of(token, "confirm")
    account = db.session.get_one(Account, code.account_id)
    here = current.actor.account_id == account.id
    try:
        holder = actions.confirm_address(account, code, here=here)
    except Elsewhere:
        words = _("There is an older account with this address. Sign in with it.")
        return to("accounts.session.new", done=words)
    if here and holder.id != account.id:
        return let_in(holder, "/", done=_("What you began is in your older account now."))
    return to("/" if here else url_for("accounts.session.new"), done=_("The address is confirmed."))
