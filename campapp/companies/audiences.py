"""Whom a letter to a company reaches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from campapp.accounts.audiences import recipient_of
from campapp.accounts.models import Account
from campapp.companies.models import Company, Representative
from campapp.core.db import db
from campapp.core.outbox import Recipient, audience, subjects


@audience("company")
def of_companies(ids: Sequence[int]) -> Iterable[tuple[int, Recipient]]:
    """Every representative with an account; those without, by the address that is written down."""
    rows = db.session.execute(
        select(Representative, Account)
        .outerjoin(Account, Account.id == Representative.account_id)
        .where(Representative.company_id.in_(ids), Representative.left_at.is_(None))
        .order_by(Representative.id)
    )
    found: list[tuple[Representative, Account | None]] = [(row[0], row[1]) for row in rows]
    for representative, account in found:
        if account is not None and account.erased_at is None:
            yield representative.company_id, recipient_of(account)
        elif representative.mail:
            yield (
                representative.company_id,
                Recipient(name=representative.name, mail=representative.mail, phone=representative.phone),
            )


subjects["company"] = lambda company_id: db.session.get(Company, company_id)
