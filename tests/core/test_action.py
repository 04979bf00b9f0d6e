"""The action: one event, decided under the lock, nothing lost among many writers."""

from __future__ import annotations

import threading

import pytest
from flask import Flask
from sqlalchemy import func, select

from campapp.accounts.models import Account
from campapp.core.access import Refused, anyone, nobody, rule
from campapp.core.action import Act, Stale, action, bulk
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.events import Event, EventPerson, EventSubject
from campapp.core.outbox import Letter, tell
from tests.cast import person


@action("renamed", rule=anyone)
def rename(act: Act, account: Account, name: str, *, version: int | None = None) -> None:
    act.expect(version)
    account.name = name


@action("forbidden", rule=nobody)
def forbidden(act: Act, account: Account) -> None:
    account.name = "never"


@action("told", rule=anyone)
def rename_and_tell(act: Act, account: Account) -> None:
    rename(account, "inner")
    tell(account, "accounts/hello", account)


def test_one_action_writes_one_event_with_its_subject_and_personal_values_apart(app: Flask) -> None:
    account = person("Ann")
    rename(account, "Anna")
    event = db.session.scalars(select(Event).where(Event.name == "renamed")).one()
    about = db.session.scalars(select(EventSubject).where(EventSubject.event_id == event.id)).one()
    assert (about.kind, about.subject_id) == ("account", account.id)
    assert "Ann" not in str(event.details)
    values = db.session.scalars(select(EventPerson).where(EventPerson.event_id == event.id)).one().values
    assert values["changes"]["name"] == ["Ann", "Anna"]


def test_a_refused_action_writes_nothing(app: Flask) -> None:
    account = person("Ann")
    with pytest.raises(Refused):
        forbidden(account)
    assert account.name == "Ann"
    assert db.session.scalar(select(func.count()).where(Event.name == "forbidden")) == 0


def test_an_action_inside_an_action_names_its_cause_and_shares_its_fate(app: Flask) -> None:
    account = person("Ann")
    rename_and_tell(account)
    outer = db.session.scalars(select(Event).where(Event.name == "told")).one()
    inner = db.session.scalars(select(Event).where(Event.name == "renamed")).one()
    assert inner.caused_by == outer.id
    assert db.session.scalars(select(Letter)).one().event_id == outer.id


def test_the_second_of_two_editors_is_told(app: Flask) -> None:
    account = person("Ann")
    seen = account.version
    rename(account, "Anna", version=seen)
    with pytest.raises(Stale):
        rename(account, "Annika", version=seen)
    assert account.name == "Anna"


def test_bulk_is_one_transaction_with_one_batch(app: Flask) -> None:
    ann, bob = person("Ann"), person("Bob")
    with pytest.raises(RuntimeError), bulk():
        rename(ann, "A")
        rename(bob, "B")
        raise RuntimeError
    assert (ann.name, bob.name) == ("Ann", "Bob")
    with bulk():
        rename(ann, "A")
        rename(bob, "B")
    batches = db.session.scalars(select(Event.batch).where(Event.name == "renamed")).all()
    assert len(batches) == 2
    assert len(set(batches)) == 1


@action("counted", rule=anyone)
def count_up(act: Act, account: Account) -> None:
    account.name = str(int(account.name) + 1)


def test_no_update_is_lost_among_twenty_writers(app: Flask) -> None:
    account_id = person("0").id
    db.session.rollback()
    problems: list[BaseException] = []

    def press() -> None:
        try:
            with app.app_context(), current.set(actor=SYSTEM):
                for _ in range(5):
                    account = db.session.get_one(Account, account_id)
                    count_up(account)
                db.session.remove()
        except BaseException as problem:
            problems.append(problem)

    threads = [threading.Thread(target=press) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert db.session.get_one(Account, account_id).name == "100"


@rule
def has_place(actor: object, account: Account) -> bool:
    """There is a place left."""
    return int(account.name) < 3


@action("took_place", rule=has_place)
def take_place(act: Act, account: Account) -> None:
    account.name = str(int(account.name) + 1)


def test_the_last_places_are_given_to_exactly_as_many_as_there_are(app: Flask) -> None:
    account_id = person("0").id
    db.session.rollback()
    refused: list[int] = []

    def press() -> None:
        with app.app_context():
            try:
                take_place(db.session.get_one(Account, account_id))
            except Refused:
                refused.append(1)
            db.session.remove()

    threads = [threading.Thread(target=press) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 17
    assert db.session.get_one(Account, account_id).name == "3"
