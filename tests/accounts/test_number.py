"""One's own number: confirmed, changed, deleted; corrected by staff."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from campapp.accounts import passwords, proofs
from campapp.accounts.models import Account, Address
from campapp.core import clock
from campapp.core.db import db
from campapp.core.events import Event
from campapp.core.outbox import Delivery
from campapp.messages.actions import expand
from tests.accounts.test_by_code import NUMBER, asked_for, latest, with_number
from tests.cast import browser, person

OTHER = "+8613900139000"


def numbers(account: Account) -> list[tuple[str, bool]]:
    db.session.rollback()
    rows = db.session.scalars(
        select(Address).where(Address.account_id == account.id, Address.kind == "phone")
    )
    return [(row.value, row.confirmed_at is not None) for row in rows]


def test_the_password_and_the_code_are_needed_to_add_a_number(app: Flask) -> None:
    ann = person("Ann", password=passwords.hashed("eleven lamps"))
    client = browser(app, ann)
    assert client.post("/account/number", data={"number": NUMBER, "password": "wrong one"}).status_code == 422
    client.post("/account/number", data={"number": NUMBER, "password": "eleven lamps"})
    assert numbers(ann) == []
    assert client.post("/account/number/code", data={"code": "000000"}).status_code == 422
    client.post("/account/number/code", data={"code": proofs.digits(latest("number"))})
    assert numbers(ann) == [(NUMBER, True)]


def test_the_number_before_is_told_and_no_longer_signs_in(app: Flask) -> None:
    ann = with_number("Ann")
    client = browser(app, ann)
    client.post("/account/number", data={"number": OTHER})
    client.post("/account/number/code", data={"code": proofs.digits(latest("number"))})
    assert numbers(ann) == [(OTHER, True)]
    expand()
    told = {
        (d.channel, d.recipient) for d in db.session.scalars(select(Delivery)) if "another number" in d.title
    }
    assert told == {("sms", NUMBER), ("mail", "ann@people.example"), ("app", f"account:{ann.id}")}
    old = app.test_client()
    asked_for(old, NUMBER)
    assert (
        old.post("/sign-in/code/digits", data={"code": proofs.digits(latest())}).location == "/sign-up/name"
    )


def test_a_number_that_another_account_has_confirmed_is_refused_only_at_the_end(app: Flask) -> None:
    with_number("Bob")
    ann = person("Ann")
    client = browser(app, ann)
    assert client.post("/account/number", data={"number": NUMBER}).status_code == 303
    assert (
        client.post("/account/number/code", data={"code": proofs.digits(latest("number"))}).status_code == 409
    )
    assert numbers(ann) == []


def test_the_only_way_in_cannot_be_deleted(app: Flask) -> None:
    ann = with_number("Ann")
    client = browser(app, ann)
    mail = db.session.scalars(
        select(Address).where(Address.kind == "mail", Address.account_id == ann.id)
    ).one()
    kept, mail.confirmed_at = mail.confirmed_at, None
    db.session.commit()
    assert client.delete("/account/number").status_code == 403
    mail.confirmed_at = kept
    db.session.commit()
    assert client.delete("/account/number").status_code == 303
    assert numbers(ann) == []


def test_staff_correct_a_lost_number_and_who_proves_it_is_in_the_account(app: Flask) -> None:
    ann = with_number("Ann")
    root = browser(app, person("Root", administrator=True), "administrator:0")
    assert root.post(f"/people/{ann.id}/number", data={"number": OTHER}).status_code == 422
    data = {"number": "139 0013 9000", "reason": "passport seen at the desk"}
    assert root.post(f"/people/{ann.id}/number", data=data).status_code == 303
    assert numbers(ann) == [(NUMBER, True)]
    event = db.session.scalars(select(Event).where(Event.name == "number_corrected")).one()
    assert event.reason == "passport seen at the desk"
    client = app.test_client()
    asked_for(client, OTHER, then="/account")
    assert client.post("/sign-in/code/digits", data={"code": proofs.digits(latest())}).location == "/account"
    assert numbers(ann) == [(OTHER, True)]


def test_a_correction_that_nobody_proved_in_two_weeks_opens_nothing(app: Flask) -> None:
    ann = with_number("Ann")
    with clock.at(clock.now()) as hands:
        root = browser(app, person("Root", administrator=True), "administrator:0")
        root.post(f"/people/{ann.id}/number", data={"number": OTHER, "reason": "seen"})
        hands.forward(timedelta(days=15))
        client = app.test_client()
        asked_for(client, OTHER)
        answer = client.post("/sign-in/code/digits", data={"code": proofs.digits(latest())})
        assert answer.location == "/sign-up/name"
