"""A mistyped address of somebody whom an organiser wrote down, or who signed up with it, is put right for them.

Only what nobody has confirmed is mistyped: a confirmed address is its person's to change, or an administrator's who
has seen who they are.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from campapp.accounts.actions.address import type_in
from campapp.accounts.actions.code import send_code
from campapp.accounts.actions.invitation import drop_invitation, invite
from campapp.accounts.models import Account, Code, Invitation
from campapp.accounts.rules import inviting
from campapp.core.access import Refused
from campapp.core.action import Act, action
from campapp.core.current import current
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.outbox import tell


@action("typed_address_corrected", rule=inviting)
def correct_typed_address(act: Act, account: Account, address: str, *, reason: str) -> Code:
    """Inside another room's action, whose rule says who may: the code goes to the new address, the old one is told.

    Raises:
        Refused: the person has confirmed an address or a number.
    """
    _refuse_confirmed(account)
    act.because(reason)
    _tell_former(account, account.mail, address)
    type_in(account, "mail", address)
    return send_code(account, "confirm", address)


def correct_contact(
    act: Act, kind: str, scope: Any, person: Any, *, mail: str, phone: str, reason: str, version: int | None
) -> None:
    """Inside another room's action: a mistyped address or number of a person of `scope` (a team, a company).

    `kind`: of the invitations into it. The new address is written to, the old one told.

    Raises:
        Refused: the person has an account with a confirmed address.
    """
    act.expect(version)
    act.because(reason)
    act.about(scope)
    old, person.phone = person.mail, phone
    account = db.session.get(Account, person.account_id) if person.account_id else None
    _refuse_confirmed(account)
    if mail == old:
        return
    person.mail = mail
    if account is not None:
        correct_typed_address(account, mail, reason=reason)
        return
    _tell_former(scope, old, mail)
    _invite_anew(act, kind, scope.id, subject_id=person.id, name=person.name, address=mail)


def _refuse_confirmed(account: Account | None) -> None:
    """What is confirmed is not mistyped. Raises Refused."""
    if account is not None and account.confirmed:
        raise Refused(
            "typed_address_corrected",
            _("This person has confirmed their address: they change it on their own account's page, "
              "or an administrator of the park helps them."),
        )  # fmt: skip


def _tell_former(subject: Any, old: str, new: str) -> None:
    """Tell the mailbox that was typed by mistake that nothing more comes."""
    if old and old != new:
        tell(f"address:{old}", "accounts/typed_address_corrected", subject, by=current.actor.name,
             locale=current.locale)  # fmt: skip


def _invite_anew(
    act: Act, kind: str, scope_id: int, *, subject_id: int, name: str, address: str
) -> Invitation | None:
    """Inside another room's action: what was sent to the mistyped address opens nothing, the new one gets its own."""
    open_ones = select(Invitation).where(
        Invitation.kind == kind, Invitation.scope_id == scope_id, Invitation.subject_id == subject_id,
        Invitation.spent_at.is_(None), Invitation.revoked_at.is_(None),
    )  # fmt: skip
    for invitation in db.session.scalars(open_ones):
        drop_invitation(act, invitation)
    if not address:
        return None
    return invite(kind, scope_id, subject_id=subject_id, name=name, address=address)
