"""The demo park's one-click people."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass

from campapp.accounts.actions import found_account
from campapp.accounts.models import Account
from campapp.accounts.sessions import make_actor
from campapp.core.action import transaction
from campapp.core.current import current


@dataclass(frozen=True)
class Person:
    """One demo account."""

    key: str
    name: str
    mail: str
    role_en: str
    role_zh: str


CAST = (
    Person("administrator", "沈管理", "admin@campapp.example", "Park administrator", "园区管理员"),
    Person("organiser", "孙组织", "organiser@campapp.example", "Programme organiser", "活动组织者"),
    Person("representative", "顾代表", "company@campapp.example", "Company representative", "企业代表"),
    Person("captain", "周岚", "captain@campapp.example", "Team captain", "项目负责人"),
    Person("member", "李牧", "member@campapp.example", "Team member", "团队成员"),
)


@dataclass
class Cast:
    """Their accounts."""

    administrator: Account
    organiser: Account
    representative: Account
    captain: Account
    member: Account


def found_cast(password: str) -> Cast:
    """Their accounts, confirmed; `password` is a hash."""
    found = {}
    with transaction():
        for person in CAST:
            account = found_account(
                name=person.name, kind="mail", value=person.mail, password=password, confirmed=True
            )
            account.administrator = person.key == "administrator"
            found[person.key] = account
    return Cast(**found)


def acting(account: Account, membership: str) -> AbstractContextManager[None]:
    """As this person, in one of their memberships."""
    return current.set(actor=make_actor(account.id, account.name, True, membership))
