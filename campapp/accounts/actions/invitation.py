"""Invitations are made, taken back and accepted."""

from __future__ import annotations

from datetime import timedelta

from campapp.accounts.inviting import closed, doors
from campapp.accounts.models import Account, Address, Invitation
from campapp.accounts.queries import owner_of
from campapp.accounts.rules import accepting, inviter, inviting
from campapp.core.access import Refused, anyone
from campapp.core.action import Act, action
from campapp.core.current import current
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.outbox import tell

LASTS = timedelta(days=14)


@action("invited", rule=inviting)
def invite(act: Act, kind: str, scope_id: int, *, level: str = "", subject_id: int = 0, name: str = "",
           address: str = "", lasts: timedelta = LASTS) -> Invitation:  # fmt: skip
    """A single-use invitation. With an address it is bound to it and mailed; without, the inviter hands it over.

    Called inside another room's action, whose rule says who may invite there. `subject_id` names a member's or
    representative's row that waits for its account.
    """
    invitation = Invitation(kind=kind, scope_id=scope_id, level=level, subject_id=subject_id, name=name,
                            address=address, account_id=act.by.account_id, locale=current.locale,
                            expires_at=act.at + lasts)  # fmt: skip
    db.session.add(invitation)
    db.session.flush()
    if address:
        tell(f"invitation:{invitation.id}", "accounts/invitation", invitation, by=act.by.name)
    return invitation


@action("invitation_revoked", rule=inviter)
def revoke_invitation(act: Act, invitation: Invitation) -> None:
    """It opens nothing any more."""
    drop_invitation(act, invitation)


def drop_invitation(act: Act, invitation: Invitation) -> None:
    """Take an invitation back inside another room's action."""
    if invitation.spent_at is None:
        invitation.revoked_at = invitation.revoked_at or act.at


@action("invitation_accepted", rule=accepting)
def accept_invitation(act: Act, invitation: Invitation) -> str:
    """The button on the invitation's page, by who is signed in: the address of the page to go on to."""
    account = db.session.get_one(Account, act.by.account_id)
    return _enter(act, invitation, account)


@action("invitation_accepted", rule=anyone)
def enter_by_invitation(
    act: Act, invitation: Invitation, *, name: str, password: str, zone: str
) -> tuple[Account, str]:
    """Sign up by an invitation that came to an address: its link has proved the mailbox. (account, page to go on to)

    Raises:
        Refused: it is not bound to an address, or that has an account already, or it holds no longer.
    """
    if not invitation.address or owner_of("mail", invitation.address):
        raise Refused("enter_by_invitation", _("Sign in to accept this invitation."))
    account = Account(name=name, password=password, locale=current.locale, zone=zone)
    db.session.add(account)
    db.session.flush()
    account.addresses.append(
        Address(account_id=account.id, kind="mail", value=invitation.address, confirmed_at=act.at)
    )  # fmt: skip
    db.session.flush()
    act.about(account)
    return account, _enter(act, invitation, account)


def _enter(act: Act, invitation: Invitation, account: Account) -> str:
    reason = closed(invitation, act.at)
    if reason:
        raise Refused("invitation", reason)
    _confirm_by(act, invitation, account)
    invitation.spent_at, invitation.spent_by = act.at, account.id
    return doors[invitation.kind].enter(act, invitation, account)


def _confirm_by(act: Act, invitation: Invitation, account: Account) -> None:
    """A bound invitation was mailed and shown to nobody: who presses its button reads that mailbox."""
    typed = next((a for a in account.addresses if a.value == invitation.address and not a.confirmed_at), None)
    if typed and owner_of("mail", invitation.address) is None:
        typed.confirmed_at = act.at
