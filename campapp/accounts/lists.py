"""Everybody with an account, as a list."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select

from campapp.accounts.models import Account, Address
from campapp.core.language import lazy_gettext as _l
from campapp.core.list.columns import Column
from campapp.core.list.declared import List, Preset
from campapp.core.list.filters import Flag
from campapp.core.list.terms import Terms
from campapp.core.search import matches


class Named(Terms):
    """People by their name, in letters too, or by a part of an address."""

    def condition(self, listing: Any, value: str) -> ColumnElement[bool]:
        """Who remains."""
        addressed = select(Address.account_id).where(Address.value.icontains(value, autoescape=True))
        return or_(matches(Account, value), Account.id.in_(addressed))


def _confirmed() -> ColumnElement[bool]:
    own = select(Address.id).where(Address.account_id == Account.id, Address.confirmed_at.is_not(None))
    return own.correlate(Account).exists()


class People(List[Account]):
    """Newest first; their addresses come along in one statement."""

    name, model, order = "people", Account, "-id"
    size = 50
    columns = (
        Column("name", _l("Name"), fold="full"),
        Column("mail", _l("Address"), value=lambda account: account.mail or account.phone),
        Column("phone", _l("Phone"), shown=False),
        Column("language", _l("Language"), value=lambda account: account.locale, shown=False),
        Column("since", _l("Since"), value=lambda account: account.created_at, sort=Account.created_at),
        Column("confirmed", _l("Confirmed address"), shown=False),
        Column("state", _l("State"), value=lambda account: "", exported=False, fold="state"),
        Column("administrator", _l("Park administrator"), shown=False),
    )
    filters = (
        Named(),
        Flag("confirmed", _l("Confirmed address"), _confirmed),
        Flag("administrator", _l("Park administrator"), lambda: Account.administrator.is_(True)),
    )
    presets = (
        Preset(_l("All")),
        Preset(_l("Not confirmed yet"), "confirmed=0"),
        Preset(_l("Park administrators"), "administrator=1"),
    )

    def everything(self) -> Select[Any]:
        """Those whose account has not been erased."""
        return super().everything().where(Account.erased_at.is_(None))
