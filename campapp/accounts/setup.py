"""The ways in from the machine itself: the empty park's token, and an administrator's link."""

from __future__ import annotations

import hashlib
import hmac

from flask import current_app

from campapp.accounts import proofs
from campapp.accounts.actions import invite, make_administrator, send_code
from campapp.accounts.models import Account
from campapp.accounts.queries import owner_of
from campapp.core.park import absolute, the_park
from campapp.core.text.codes import mail


def setup_token() -> str:
    """What unlocks the set-up page; empty once there is a park. Only who reads the machine's own key can know it."""
    if the_park() is not None:
        return ""
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.digest(key, b"set-up", hashlib.sha256).hex()[:24]


def unlocks(token: str) -> bool:
    """Whether this is the token, and there is no park yet."""
    wanted = setup_token()
    return bool(wanted) and hmac.compare_digest(wanted.encode(), token.strip().encode("utf-8", "replace"))


def administrator_link(address: str) -> str:
    """A single-use link that makes an administrator, or lets one in again who lost the password.

    Raises:
        Unreadable: this is no mail address.
    """
    value = mail(address)
    owner: Account | None = owner_of("mail", value)
    if owner is None:
        invitation = invite("park", 0, address=value)
        return absolute(f"/invitations/{proofs.link_token(invitation)}")
    make_administrator(owner, reason="console")
    return absolute(f"/reset/{proofs.link_token(send_code(owner, 'reset', value, silent=True))}")
