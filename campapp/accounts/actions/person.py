"""What a person decides about themselves: name, language, zone, the membership in use."""

from __future__ import annotations

from campapp.accounts.actions.acting import close_acting
from campapp.accounts.models import Account, SignIn
from campapp.accounts.rules import own_account, own_session
from campapp.core.action import Act, action
from campapp.core.current import current


@action("account_described", rule=own_account)
def describe_myself(act: Act, account: Account, *, name: str, locale: str, zone: str, version: int) -> None:
    """Name, language and time zone."""
    act.expect(version)
    account.name, account.locale, account.zone = name, locale, zone


@action("language_switched", rule=own_account)
def speak(act: Act, account: Account, locale: str) -> None:
    """The language of pages and mails."""
    account.locale = locale


@action("membership_switched", rule=own_session)
def use_membership(act: Act, sign_in: SignIn, key: str) -> bool:
    """Use another of one's memberships; acting for somebody ends. False: there is no such membership."""
    if key not in {membership.key for membership in current.actor.memberships}:
        return False
    close_acting(sign_in)
    sign_in.membership = key
    act.note(membership=key)
    return True
