"""Sessions begin and end."""

from __future__ import annotations

import secrets

from sqlalchemy import update

from campapp.accounts.models import Account, SignIn
from campapp.accounts.rules import own_account, own_session
from campapp.accounts.sessions import token_hash
from campapp.core.access import anyone
from campapp.core.action import Act, action
from campapp.core.db import db


@action("signed_in", rule=anyone)
def begin_session(
    act: Act, account: Account, *, agent: str = "", address: str = "", membership: str = "", proof: str = ""
) -> str:
    """A new session of this account: its token, for the cookie; only a hash is kept."""
    token = secrets.token_urlsafe(32)
    db.session.add(
        SignIn(account_id=account.id, token_hash=token_hash(token), agent=agent[:200], address=address[:60],
               membership=membership, proof=proof, seen_at=act.at)
    )  # fmt: skip
    return token


@action("signed_out", rule=own_session)
def end_session(act: Act, sign_in: SignIn) -> None:
    """This session opens nothing any more."""
    sign_in.revoked_at = sign_in.revoked_at or act.at


@action("signed_out_everywhere", rule=own_account)
def end_sessions(act: Act, account: Account, *, but: int | None = None) -> None:
    """No session of this account opens anything any more, or none but one."""
    drop_sessions(act, account.id, but=but)


def drop_sessions(act: Act, account_id: int, *, but: int | None = None) -> None:
    """End an account's sessions inside the running action."""
    db.session.execute(
        update(SignIn)
        .where(SignIn.account_id == account_id, SignIn.revoked_at.is_(None), SignIn.id != (but or 0))
        .values(revoked_at=act.at)
    )
