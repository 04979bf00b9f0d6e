"""An invitation's page. Opening it spends nothing; the button does."""

from __future__ import annotations

import segno
from flask import Blueprint, Response, abort, request, url_for

from campapp.accounts import actions, inviting, passwords, proofs, queries
from campapp.accounts.actions.invitation import enter_by_invitation
from campapp.accounts.forms import EnterForm
from campapp.accounts.models import Account, Invitation
from campapp.accounts.rules import accepting, inviter
from campapp.accounts.views.entering import let_in
from campapp.core import clock
from campapp.core.access import find
from campapp.core.current import current
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by, page, public, to

bp = Blueprint("invitation", __name__)


def invitation_of(token: str) -> Invitation:
    """The invitation behind a link, or 404."""
    invitation = proofs.row_of(Invitation, token)
    if invitation is None or not inviting.described(invitation):
        abort(404)
    return invitation


def _page(invitation: Invitation, token: str, form: EnterForm | None = None) -> Response:
    by = db.session.get(Account, invitation.account_id) if invitation.account_id else None
    may_enter = not current.actor.is_authenticated and bool(invitation.address)
    return page(
        "accounts/invitation/show.html", status=422 if form else 200, invitation=invitation, token=token,
        leads_to=inviting.described(invitation), by=by, closed=inviting.closed(invitation, clock.now()),
        refusal=accepting.refusal(current.actor, invitation), form=form or EnterForm.of(name=invitation.name),
        may_enter=may_enter and queries.owner_of("mail", invitation.address) is None,
    )  # fmt: skip


@bp.get("/invitations/<token>")
@public
def show(token: str) -> Response:
    """Who invites, to what, until when; GET and HEAD spend nothing, whoever asks."""
    return _page(invitation_of(token), token)


@bp.post("/invitations/<token>")
@public
def accept(token: str) -> Response:
    """The button, by who is signed in."""
    return to(actions.accept_invitation(invitation_of(token)), done=_("Accepted. Welcome."))


@bp.post("/invitations/<token>/account")
@public
def enter(token: str) -> Response:
    """An account by an invitation that came by mail: name, password, in."""
    invitation, form = invitation_of(token), EnterForm.of(sent=request.form)
    if not form.validate():
        return _page(invitation, token, form)
    password = passwords.hashed(form.password.data)
    account, onward = enter_by_invitation(
        invitation, name=form.name.data, password=password, zone=current.zone
    )
    return let_in(account, onward, done=_("Accepted. Welcome."))


@bp.get("/invitations/<int:invitation_id>/card")
@guarded_by(inviter)
def card(invitation_id: int) -> Response:
    """The QR code and link of a handed-over invitation, for who made it: on a screen, or printed."""
    invitation = find(Invitation, invitation_id)
    if invitation.address:
        abort(404)
    link = url_for(".show", token=proofs.link_token(invitation), _external=True)
    picture = segno.make(link, error="m").png_data_uri(scale=8, border=4)
    closed, leads_to = inviting.closed(invitation, clock.now()), inviting.described(invitation)
    return page("accounts/invitation/card.html", invitation=invitation, link=link, leads_to=leads_to,
                picture=picture, closed=closed)  # fmt: skip


@bp.delete("/invitations/<int:invitation_id>/card")
@guarded_by(actions.revoke_invitation)
def revoke(invitation_id: int) -> Response:
    """Take it back."""
    actions.revoke_invitation(find(Invitation, invitation_id))
    return to(".card", invitation_id=invitation_id, done=_("The invitation is taken back."))
