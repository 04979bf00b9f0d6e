"""Whom a letter to a team reaches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from campapp.accounts.audiences import recipient_of
from campapp.accounts.models import Account
from campapp.core.db import db
from campapp.core.outbox import Recipient, audience, subjects
from campapp.teams.models import Member, Team


@audience("team")
def of_teams(ids: Sequence[int]) -> Iterable[tuple[int, Recipient]]:
    """Every member with an account; those without, by the address that is written down."""
    rows = db.session.execute(
        select(Member, Account, Team.locale)
        .join(Team, Team.id == Member.team_id)
        .outerjoin(Account, Account.id == Member.account_id)
        .where(Member.team_id.in_(ids), Member.left_at.is_(None))
        .order_by(Member.id)
    )
    found: list[tuple[Member, Account | None, str]] = [(row[0], row[1], row[2]) for row in rows]
    for member, account, locale in found:
        if account is not None and account.erased_at is None:
            yield member.team_id, recipient_of(account)
        elif member.mail:
            yield (
                member.team_id,
                Recipient(name=member.name, locale=locale, mail=member.mail, phone=member.phone),
            )


subjects["team"] = lambda team_id: db.session.get(Team, team_id)
