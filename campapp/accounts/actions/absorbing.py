"""One person, two accounts: the older one takes over what the newer began."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Table, update

from campapp.accounts.models import Account, Address, Code, SignIn
from campapp.core.db import Base, db

_OWN: tuple[type[Base], ...] = (Address, Code, SignIn)


def absorb(kept: Account, dropped: Account, *, at: datetime) -> None:
    """Hand every row that points at `dropped` over to `kept`, inside the running action; `dropped` opens no door."""
    own = {model.__tablename__ for model in _OWN}
    for table in Base.metadata.sorted_tables:
        for column in _pointing_columns(table):
            if table.name not in own:
                db.session.execute(update(table).where(column == dropped.id).values({column.name: kept.id}))
    for address in list(dropped.addresses):
        db.session.delete(address)
    db.session.execute(
        update(SignIn)
        .where(SignIn.account_id == dropped.id, SignIn.revoked_at.is_(None))
        .values(revoked_at=at)
    )
    dropped.password, dropped.erased_at = "", at


def _pointing_columns(table: Table) -> list[Column[Any]]:
    accounts = Account.__table__
    return [c for c in table.columns if any(key.column.table is accounts for key in c.foreign_keys)]
