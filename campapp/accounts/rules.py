"""Who may do what to accounts, sessions and invitations, and who sees them."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select, true

from campapp.accounts.models import Account, Address, Invitation, SignIn
from campapp.core.access import Verdict, rule, sees
from campapp.core.current import ADMINISTRATOR, EVERYONE, ORGANISER, Actor
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.text.codes import masked_mail


@rule
def own_account(actor: Actor, account: Account) -> Verdict:
    """The person."""
    return actor.account_id == account.id


@rule
def own_session(actor: Actor, sign_in: SignIn) -> Verdict:
    """The person whose session it is."""
    return actor.account_id == sign_in.account_id


@rule
def confirmed(actor: Actor, _row: object) -> Verdict:
    """Who proved an address; without that nothing that exists is claimed."""
    if not actor.is_authenticated or actor.confirmed:
        return actor.is_authenticated
    return _("Confirm your address first: type the code that we sent you.")


@rule
def correcting(actor: Actor, account: Account) -> Verdict:
    """The park's administrators; of their own account by the ordinary way."""
    if actor.role != ADMINISTRATOR or actor.acting_for is not None:
        return False
    return actor.account_id != account.id or _("Change your own address on your account's page.")


def corrects_people(actor: Actor) -> bool:
    """Whether this role puts right what others mistyped: owners and managers of a programme, and administrators."""
    if actor.acting_for is not None:
        return False
    managing = actor.role == ORGANISER and actor.scope.level in {"owner", "manager"}
    return managing or actor.role == ADMINISTRATOR


def managed_programmes(actor: Actor) -> set[int]:
    """The programmes that this person owns or manages, whichever of their roles is in use."""
    return {
        one.id for one in actor.memberships if one.role == ORGANISER and one.level in {"owner", "manager"}
    }


@rule
def may_act(actor: Actor, _row: object) -> Verdict:
    """Organisers who manage, and administrators; never helpers, never readers."""
    membership = actor.membership
    if membership.role == ADMINISTRATOR:
        return True
    return membership.role == ORGANISER and membership.level in {"owner", "manager"}


@rule
def inviter(actor: Actor, invitation: Invitation) -> Verdict:
    """Who invited, and the park's administrators."""
    return actor.role == ADMINISTRATOR or actor.account_id == invitation.account_id


@rule
def inviting(actor: Actor, _row: object) -> Verdict:
    """Whoever acts in another room's inviting action."""
    return actor.is_authenticated or actor.role == "system"


@rule
def accepting(actor: Actor, invitation: Invitation) -> Verdict:
    """Who is signed in: of a bound invitation the person with that address, of a handed-over one who is confirmed."""
    if not actor.is_authenticated:
        return False
    if not invitation.address:
        return confirmed.predicate(actor, invitation)
    mine = select(Address.id).where(
        Address.account_id == actor.account_id, Address.value == invitation.address
    )
    if db.session.scalar(mine.limit(1)) is not None:
        return True
    return _(
        "This invitation is for %(address)s. Sign in with that address.",
        address=masked_mail(invitation.address),
    )


@sees(Account, EVERYONE)
def myself(actor: Actor) -> ColumnElement[bool]:
    """One's own account."""
    return Account.id == (actor.account_id or 0)


@sees(Account, ADMINISTRATOR)
def everybody(actor: Actor) -> ColumnElement[bool]:
    """Each account, to help its person."""
    return true() if actor.acting_for is None else Account.id == actor.account_id


@sees(SignIn, EVERYONE)
def my_sessions(actor: Actor) -> ColumnElement[bool]:
    """One's own sessions."""
    return SignIn.account_id == (actor.account_id or 0)


@sees(Invitation, EVERYONE)
def my_invitations(actor: Actor) -> ColumnElement[bool]:
    """The invitations that one made."""
    return Invitation.account_id == (actor.account_id or 0)
