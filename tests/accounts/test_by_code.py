"""Signing in and up by a code to a mobile number or mailbox: one way, whoever comes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from campapp.accounts import proofs
from campapp.accounts.models import Account, Address, Code
from campapp.core import clock
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.outbox import Delivery, Letter
from campapp.messages.actions import deliver_texts, expand
from tests.cast import browser, person

NUMBER = "+8613800138000"
WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]


def asked_for(client: FlaskClient, address: str, *, answer: str | None = None, **more: str):
    """Ask for a code as a person does: read the question, answer it."""
    page = client.get("/sign-in/code", headers={"Accept-Language": "en"}).text
    first, second = re.search(r"How much is (\w+) plus (\w+)\?", page).groups()
    token = re.search(r'name="token"[^>]*value="([^"]+)"', page).group(1)
    right = str(WORDS.index(first) + WORDS.index(second) + 2)
    data = {"address": address, "answer": answer or right, "token": token, **more}
    return client.post("/sign-in/code", data=data)


def latest(purpose: str = "enter") -> Code:
    db.session.rollback()
    return db.session.scalars(select(Code).where(Code.purpose == purpose).order_by(Code.id.desc())).first()


def wrong(code: Code) -> str:
    return "000000" if proofs.digits(code) != "000000" else "111111"


def with_number(name: str, value: str = NUMBER, *, confirmed: bool = True) -> Account:
    account = person(name)
    db.session.add(
        Address(
            account_id=account.id, kind="phone", value=value, confirmed_at=clock.now() if confirmed else None
        )
    )
    db.session.commit()
    return account


@pytest.mark.parametrize(
    "typed", ["138 0013 8000", "+86 138-0013-8000", "１３８００１３８０００", "008613800138000"]
)
def test_a_newcomer_is_in_with_a_number_typed_in_any_way_a_code_and_a_name(app: Flask, typed: str) -> None:
    client = app.test_client()
    assert asked_for(client, typed, then="/account").location == "/sign-in/code/digits"
    page = client.get("/sign-in/code/digits").text
    assert "138****8000" in page
    assert "13800138000" not in page
    answer = client.post("/sign-in/code/digits", data={"code": proofs.digits(latest())})
    assert answer.location == "/sign-up/name"
    assert client.post("/sign-up/name", data={"name": ""}).status_code == 422
    assert client.post("/sign-up/name", data={"name": "陈思远"}).location == "/account"
    db.session.rollback()
    account = db.session.scalars(select(Account)).one()
    assert (account.name, account.phone, account.mail, account.confirmed) == ("陈思远", NUMBER, "", True)
    assert "138 0013 8000" in client.get("/account").text


def test_a_number_of_hong_kong_and_a_mailbox_go_the_same_way(app: Flask) -> None:
    for typed, kept in (("+852 5123 4567", "+85251234567"), ("Team@Far.example", "team@far.example")):
        client = app.test_client()
        asked_for(client, typed)
        client.post("/sign-in/code/digits", data={"code": proofs.digits(latest())})
        client.post("/sign-up/name", data={"name": "Ann"})
        db.session.rollback()
        assert db.session.scalars(select(Address).where(Address.value == kept)).one().confirmed_at is not None


def test_who_has_confirmed_the_number_is_in_their_account_at_once(app: Flask) -> None:
    ann, client = with_number("Ann"), app.test_client()
    asked_for(client, "13800138000", then="/account")
    answer = client.post("/sign-in/code/digits", data={"code": proofs.digits(latest())})
    assert answer.location == "/account"
    assert "ann@people.example" in client.get("/account").text
    assert ann.mail == "ann@people.example"


def test_a_number_that_somebody_only_typed_opens_nothing(app: Flask) -> None:
    with_number("Ann", confirmed=False)
    client = app.test_client()
    asked_for(client, "13800138000")
    answer = client.post("/sign-in/code/digits", data={"code": proofs.digits(latest())})
    assert answer.location == "/sign-up/name"


def test_a_landline_and_nonsense_are_refused_beside_the_field(client: FlaskClient) -> None:
    for typed in ("010 6278 1234", "12345", "not a number", ""):
        answer = asked_for(client, typed)
        assert answer.status_code == 422
        assert 'id="address-error"' in answer.text
    assert latest() is None


def test_the_code_holds_five_minutes_and_once(app: Flask) -> None:
    with_number("Ann")
    with clock.at(clock.now()) as hands:
        client = app.test_client()
        asked_for(client, NUMBER)
        code = latest()
        assert (code.expires_at - code.created_at) == timedelta(minutes=5)
        right = {"code": proofs.digits(code)}
        hands.forward(timedelta(minutes=5))
        assert client.post("/sign-in/code/digits", data=right).status_code == 422
        asked_for(client, NUMBER)
        right = {"code": proofs.digits(latest())}
        other = app.test_client()
        other.set_cookie("campapp", client.get_cookie("campapp").value)
        assert client.post("/sign-in/code/digits", data=right).status_code == 303
        assert other.post("/sign-in/code/digits", data=right).status_code == 422


def test_five_wrong_tries_end_a_code_and_another_one_ends_the_one_before(app: Flask) -> None:
    with_number("Ann")
    with clock.at(clock.now()) as hands:
        client = app.test_client()
        asked_for(client, NUMBER)
        first = latest()
        for _ in range(5):
            assert client.post("/sign-in/code/digits", data={"code": wrong(first)}).status_code == 422
        assert client.post("/sign-in/code/digits", data={"code": proofs.digits(first)}).status_code == 422
        hands.forward(timedelta(minutes=1))
        assert client.post("/sign-in/code/again").location == "/sign-in/code/digits"
        second = latest()
        assert second.id != first.id
        assert first.spent_at is not None
        assert client.post("/sign-in/code/digits", data={"code": proofs.digits(second)}).status_code == 303


def test_a_code_works_only_where_it_was_asked_for(app: Flask) -> None:
    with_number("Ann")
    asked_for(app.test_client(), NUMBER)
    stranger = app.test_client()
    assert (
        stranger.post("/sign-in/code/digits", data={"code": proofs.digits(latest())}).location
        == "/sign-in/code"
    )


def test_nothing_is_sent_before_the_question_is_answered_and_each_question_counts_once(app: Flask) -> None:
    client = app.test_client()
    for answer in ("1", "99", "x"):
        assert asked_for(client, NUMBER, answer=answer).status_code == 422
    assert client.post("/sign-in/code", data={"address": NUMBER}).status_code == 422
    assert client.post("/sign-in/code/again").location == "/sign-in/code"
    page = client.get("/sign-in/code", headers={"Accept-Language": "en"}).text
    token = re.search(r'name="token"[^>]*value="([^"]+)"', page).group(1)
    for guess in range(2, 19):  # every answer that there is, to one question
        client.post("/sign-in/code", data={"address": NUMBER, "answer": str(guess), "token": token})
    assert db.session.scalars(select(Code)).all() in ([], [latest()])
    assert len(db.session.scalars(select(Code)).all()) <= 1


def test_one_number_gets_ten_a_day_one_a_minute_whoever_asks(app: Flask) -> None:
    with clock.at(clock.now()) as hands:
        for _ in range(10):
            assert asked_for(app.test_client(), NUMBER).status_code == 303
            late = asked_for(app.test_client(), NUMBER)
            assert (late.status_code, late.headers["Retry-After"]) == (429, "61")
            hands.forward(timedelta(minutes=61))
        assert asked_for(app.test_client(), NUMBER).status_code == 429
        hands.forward(timedelta(days=1))
        assert asked_for(app.test_client(), NUMBER).status_code == 303


def test_one_place_gets_a_hundred_an_hour(app: Flask) -> None:
    with clock.at(clock.now()):
        answers = [
            asked_for(app.test_client(), f"+86138{n:08}").status_code for n in range(13800000, 13800102)
        ]
        assert answers[:100] == [303] * 100
        assert answers[100:] == [429] * 2


def test_no_answer_and_no_work_tell_whether_a_number_has_an_account(
    app: Flask, statements: Callable[[Callable[[], object]], int]
) -> None:
    with_number("Ann", "+8613800138001")
    seen = []
    for number in ("+8613800138001", "+8613900139001"):
        client = app.test_client()
        answers: list[Any] = []
        work = [statements(lambda c=client, n=number, a=answers: a.append(asked_for(c, n)))]
        wrong_code = {"code": wrong(latest())}
        for _ in range(2):
            work.append(statements(lambda c=client, a=answers: a.append(c.get("/sign-in/code/digits"))))
            work.append(
                statements(
                    lambda c=client, a=answers, d=wrong_code: a.append(c.post("/sign-in/code/digits", data=d))
                )
            )
        texts = [
            re.sub(r'(content|value)="[^"]{40,}"|[0-9a-f]{16}|1\d\d\*{4}\d{4}|\d\d:\d\d:\d\d', "", a.text)
            for a in answers
        ]
        seen.append((work, texts, [a.status_code for a in answers]))
    assert seen[0] == seen[1]


def test_the_text_message_stands_in_the_mailbox_and_nowhere_else_opens_anything(app: Flask) -> None:
    client = app.test_client()
    asked_for(client, NUMBER)
    digits = proofs.digits(latest())
    assert digits not in str(
        [vars(row) for model in (Code, Letter) for row in db.session.scalars(select(model))]
    )
    expand()
    assert deliver_texts() == 1
    db.session.rollback()
    sent = db.session.scalars(select(Delivery)).one()
    assert (sent.channel, sent.recipient, sent.state, sent.variables) == (
        "sms",
        NUMBER,
        "kept",
        {"code": digits},
    )
    assert digits in sent.text
    assert digits not in sent.title


def test_a_park_without_a_contract_says_so_and_keeps_the_number_as_a_contact(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], testing=False))
    answer = asked_for(app.test_client(), NUMBER)
    assert answer.status_code == 422
    assert "QR code" in answer.text
    assert latest() is None
    ann = person("Ann", password="")
    client = browser(app, ann)
    assert client.post("/account/number", data={"number": "138 0013 8000"}).status_code == 303
    db.session.rollback()
    kept = db.session.scalars(select(Address).where(Address.kind == "phone")).one()
    assert (kept.value, kept.confirmed_at) == (NUMBER, None)
    assert "Contact only" in client.get("/account").text


def test_number_and_mailbox_are_both_confirmed_on_one_account_and_either_signs_in(app: Flask) -> None:
    client = app.test_client()
    asked_for(client, NUMBER)
    client.post("/sign-in/code/digits", data={"code": proofs.digits(latest())})
    client.post("/sign-up/name", data={"name": "Ann"})
    assert client.post("/account/address", data={"address": "ann@team.example"}).status_code == 303
    confirm = latest("confirm")
    assert client.post("/confirmation", data={"code": proofs.digits(confirm)}).status_code == 303
    assert client.post("/account/password", data={"password": "eleven lamps"}).status_code == 303
    db.session.rollback()
    account = db.session.scalars(select(Account)).one()
    assert {a.kind for a in account.addresses if a.confirmed_at} == {"mail", "phone"}
    for address in ("ann@team.example", "138 0013 8000"):
        answer = app.test_client().post("/sign-in", data={"address": address, "password": "eleven lamps"})
        assert answer.status_code == 303
        assert answer.location == "/"


def test_who_signs_in_by_code_chooses_a_new_password_without_the_forgotten_one(app: Flask) -> None:
    from campapp.accounts import passwords

    ann = with_number("Ann")
    with current.set(actor=SYSTEM):
        ann.password = passwords.hashed("forgotten one")
        db.session.commit()
    with clock.at(clock.now()) as hands:
        client = app.test_client()
        asked_for(client, NUMBER)
        client.post("/sign-in/code/digits", data={"code": proofs.digits(latest())})
        assert client.post("/account/password", data={"password": "twelve candles"}).status_code == 303
        hands.forward(timedelta(minutes=16))
        late = client.post("/account/password", data={"password": "thirteen ships"})
        assert late.status_code == 422
