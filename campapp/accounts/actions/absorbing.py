"""One person, two accounts: the older one takes over what the newer began."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Table, Update, select, update
from sqlalchemy.exc import IntegrityError

from campapp.accounts.models import Account, Address, Code, SignIn
from campapp.core.db import Base, db

_OWN: tuple[type[Base], ...] = (Address, Code, SignIn)


def absorb(kept: Account, dropped: Account, *, at: datetime) -> None:
    """Hand every row that points at `dropped` over to `kept`, inside the running action; `dropped` opens no door."""
    own = {model.__tablename__ for model in _OWN}
    for table in Base.metadata.sorted_tables:
        for column in _pointing_columns(table):
            if table.name not in own:
                _hand_over(table, column, kept.id, dropped.id)
    for address in list(dropped.addresses):
        db.session.delete(address)
    db.session.execute(
        update(SignIn)
        .where(SignIn.account_id == dropped.id, SignIn.revoked_at.is_(None))
        .values(revoked_at=at)
    )
    dropped.password, dropped.erased_at = "", at


def _hand_over(table: Table, column: Column[Any], kept_id: int, dropped_id: int) -> None:
    """All rows at once; where the older account has one of its own (a place in the same team, a second factor),
    that one stands, and only the others are handed over."""
    rows = update(table).where(column == dropped_id).values({column.name: kept_id})
    if _done(rows):
        return
    for row_id in db.session.scalars(select(table.c.id).where(column == dropped_id)).all():
        _done(rows.where(table.c.id == row_id))


def _done(statement: Update) -> bool:
    """Whether it could be written; a uniqueness in the way undoes this statement alone."""
    try:
        with db.session.begin_nested():
            db.session.execute(statement)
    except IntegrityError:
        return False
    return True


def _pointing_columns(table: Table) -> list[Column[Any]]:
    accounts = Account.__table__
    return [c for c in table.columns if any(key.column.table is accounts for key in c.foreign_keys)]
