"""Whom a letter to a team reaches."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from campapp.accounts.audiences import recipient_of
from campapp.accounts.models import Account
from campapp.core.db import db
from campapp.core.outbox import Recipient, audience, subjects
from campapp.teams.models import Member, Team


@audience("team")
def of_team(team_id: int) -> Iterable[Recipient]:
    """Every member with an account; those without, by the address that is written down."""
    team = db.session.get(Team, team_id)
    rows = db.session.execute(
        select(Member, Account)
        .outerjoin(Account, Account.id == Member.account_id)
        .where(Member.team_id == team_id, Member.left_at.is_(None))
        .order_by(Member.id)
    )
    found: list[tuple[Member, Account | None]] = [(row[0], row[1]) for row in rows]
    for member, account in found:
        if account is not None and account.erased_at is None:
            yield recipient_of(account)
        elif member.mail and team is not None:
            yield Recipient(name=member.name, locale=team.locale, mail=member.mail, phone=member.phone)


subjects["team"] = lambda team_id: db.session.get(Team, team_id)
