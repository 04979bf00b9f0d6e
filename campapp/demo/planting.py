"""Planting the demo park, by the same actions that people use; its dates move with the day."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from flask import current_app
from sqlalchemy import select

from campapp.accounts import passwords
from campapp.accounts.models import Account, Address
from campapp.core import clock
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.park import the_park
from campapp.demo import conversing, history, present
from campapp.demo.actions import plant_park
from campapp.demo.people import CAST, found_cast
from campapp.demo.stock import plant_companies
from campapp.settings import Settings

PASSWORD = "campapp-demo"  # noqa: S105  # printed at start; demo parks only


def _marker() -> Path:
    settings: Settings = current_app.config["SETTINGS"]
    return settings.data / "demo"


def is_planted() -> bool:
    """Whether this folder holds the demo park already."""
    return the_park() is not None and _marker().exists()


def plant() -> None:
    """The whole park: history, present edition, one account for each role."""
    with current.set(actor=SYSTEM, locale="zh_CN"):
        plant_park()
        with clock.at(clock.now() - timedelta(days=400)):
            cast = found_cast(passwords.hashed(PASSWORD))
            companies = plant_companies(cast)
        history.plant(cast, companies)
        present.plant(cast, companies)
        conversing.plant(cast)
    _marker().touch()


def accounts() -> list[tuple[str, str, Account]]:
    """(role in English, role in Chinese, account) of each one-click role."""
    found = []
    for person in CAST:
        account = db.session.scalars(
            select(Account)
            .join(Address)
            .where(Address.value == person.mail, Address.confirmed_at.is_not(None))
        ).first()
        if account is not None:
            found.append((person.role_en, person.role_zh, account))
    return found


def accounts_in_words() -> str:
    """The demo accounts, one a line."""
    lines = [f"  {role:<24} {account.mail:<32} {PASSWORD}" for role, _zh, account in accounts()]
    return "\n".join(["Demo accounts (or one click on the first page):", *lines])
