"""What an account is: each room says it of its own, and one statement asks them all."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from sqlalchemy import BindParameter, CompoundSelect, Integer, Select, bindparam, union_all

from campapp.core.current import Membership
from campapp.core.db import db

AccountId = BindParameter[int]
"""Which account is asked about: a parameter of the statement."""
Provider = Callable[[AccountId], Select[*tuple[Any, ...]]]
_memberships: list[Provider] = []


def memberships_from(provider: Provider) -> Provider:
    """Register a room's memberships: account id → SELECT role, kind, id, level, name."""
    if provider not in _memberships:
        _memberships.append(provider)
    return provider


@lru_cache
def _all_memberships(providers: tuple[Provider, ...]) -> CompoundSelect[*tuple[Any, ...]]:
    """The statement of all providers, made once: every request asks it."""
    return union_all(*(provider(bindparam("account_id", type_=Integer())) for provider in providers))


def memberships_of(account_id: int) -> tuple[Membership, ...]:
    """Everything that an account is, in one statement; of a kind the newest first."""
    if not _memberships:
        return ()
    rows = db.session.execute(_all_memberships(tuple(_memberships)), {"account_id": account_id})
    return tuple(sorted((Membership(*row) for row in rows), key=lambda one: (one.role, -one.id)))
