"""A few named people, for tests of who may what."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from campapp.accounts.actions import begin_session, found_account
from campapp.accounts.models import Account
from campapp.accounts.sessions import COOKIE, make_actor
from campapp.core.current import SYSTEM, Actor, current
from campapp.core.db import db


def person(name: str, *, mail: str = "", confirmed: bool = True, locale: str = "en", password: str = "",
           administrator: bool = False) -> Account:  # fmt: skip
    """An account with a (confirmed) mail address `name@people.example`."""
    address = mail or f"{name.lower().replace(' ', '.')}@people.example"
    with current.set(actor=SYSTEM):
        account = found_account(
            name=name, kind="mail", value=address, confirmed=confirmed, locale=locale, password=password
        )
        if administrator:
            account.administrator = True
            db.session.commit()
    return account


def actor(account: Account, membership: str = "") -> Actor:
    """The account's actor in a membership (`member:3`, `organiser:1`), else its first."""
    return make_actor(account.id, account.name, account.confirmed, membership)


def browser(app: Flask, account: Account, membership: str = "") -> FlaskClient:
    """A browser in which this person is signed in."""
    with current.set(actor=SYSTEM):
        token = begin_session(account, membership=membership)
    client = app.test_client()
    client.set_cookie(COOKIE, token)
    return client
