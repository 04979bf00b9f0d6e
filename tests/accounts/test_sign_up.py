"""Signing up and in: at once usable, confirmed by a code on the same page, the same answer for every address."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from campapp.accounts import passwords, proofs
from campapp.accounts.models import Account, Address, Code, SignIn
from campapp.core import clock
from campapp.core.db import db
from campapp.core.outbox import Letter
from tests.cast import person

PASSWORD = "eleven lamps"
NEWCOMER = {"name": "陈思远", "address": "Chen@Team.example", "password": PASSWORD, "then": "/account"}


def latest(purpose: str) -> Code:
    return db.session.scalars(select(Code).where(Code.purpose == purpose).order_by(Code.id.desc())).first()


def account_at(value: str, *, confirmed: bool | None = None) -> Account | None:
    db.session.rollback()
    statement = select(Account).join(Address).where(Address.value == value).order_by(Account.id.desc())
    if confirmed is not None:
        statement = statement.where(
            Address.confirmed_at.is_not(None) if confirmed else Address.confirmed_at.is_(None)
        )
    return db.session.scalars(statement).first()


def test_who_signs_up_is_in_at_once_and_asked_for_the_code(client: FlaskClient) -> None:
    answer = client.post("/sign-up", data=NEWCOMER)
    assert answer.status_code == 303
    assert answer.location == "/confirmation?then=/account"
    assert "chen@team.example" in client.get(answer.location).text
    assert client.get("/account").status_code == 200


def test_the_code_confirms_the_address_on_the_same_page(client: FlaskClient) -> None:
    client.post("/sign-up", data=NEWCOMER)
    code = proofs.digits(latest("confirm"))
    typed = " ".join(chr(0xFF10 + int(digit)) for digit in code)
    answer = client.post("/confirmation", data={"code": typed, "then": "/account"})
    assert (answer.status_code, answer.location) == (303, "/account")
    assert account_at("chen@team.example").confirmed


def test_a_wrong_code_is_refused_beside_the_field_and_five_of_them_end_it(client: FlaskClient) -> None:
    client.post("/sign-up", data=NEWCOMER)
    right = proofs.digits(latest("confirm"))
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(5):
        assert client.post("/confirmation", data={"code": wrong}).status_code == 422
    assert client.post("/confirmation", data={"code": right}).status_code == 422
    assert not account_at("chen@team.example").confirmed


def test_the_code_is_sent_again_after_half_a_minute_and_not_before(client: FlaskClient) -> None:
    with clock.at(clock.now()) as hands:
        client.post("/sign-up", data=NEWCOMER)
        assert 'action="/confirmation/codes"' not in client.get("/confirmation").text
        hands.forward(timedelta(seconds=31))
        assert 'action="/confirmation/codes"' in client.get("/confirmation").text
        first = latest("confirm").id
        assert client.post("/confirmation/codes").status_code == 303
        assert latest("confirm").id > first
        soon = client.post("/confirmation/codes")
        assert (soon.status_code, soon.headers["Retry-After"]) == (429, "31")
        assert (
            client.post(
                "/confirmation", data={"code": proofs.digits(db.session.get(Code, first))}
            ).status_code
            == 422
        )


def test_a_mistyped_address_is_corrected_on_the_page_for_the_code(client: FlaskClient) -> None:
    client.post("/sign-up", data=NEWCOMER)
    answer = client.post("/confirmation/codes", data={"address": "chen@tearn.example", "then": "/"})
    assert answer.status_code == 303
    assert latest("confirm").value == "chen@tearn.example"
    assert account_at("chen@team.example") is None


def test_no_answer_tells_whether_an_address_has_an_account(app: Flask) -> None:
    person("Ann", mail="known@team.example", password=passwords.hashed(PASSWORD))
    seen = {}
    for address in ("known@team.example", "unknown@team.example"):
        up = app.test_client().post("/sign-up", data={**NEWCOMER, "address": address})
        wrong = app.test_client().post("/sign-in", data={"address": address, "password": "not this one"})
        reset = app.test_client().post("/reset", data={"address": address})
        bodies = [answer.text.replace(address, "…") for answer in (up, wrong, reset)]
        seen[address] = [strip(body) for body in bodies], up.status_code, wrong.status_code, reset.status_code
    assert seen["known@team.example"] == seen["unknown@team.example"]


def strip(body: str) -> str:
    import re

    return re.sub(
        r'(content|value)="[^"]{60,}"', "", re.sub(r"<span class=\"code\">[0-9a-f]+</span>", "", body)
    )


def test_the_same_work_is_done_whoever_has_the_address(
    app: Flask, monkeypatch: pytest.MonkeyPatch, statements: Callable[[Callable[[], object]], int]
) -> None:
    person("Ann", mail="known@team.example", password=passwords.hashed(PASSWORD))
    hashes: list[str] = []
    verify, make = passwords._hasher.verify, passwords._hasher.hash
    hasher = SimpleNamespace(
        verify=lambda kept, typed: hashes.append("verify") or verify(kept, typed),
        hash=lambda typed: hashes.append("hash") or make(typed),
    )
    passwords.matches("", "warm")
    monkeypatch.setattr(passwords, "_hasher", hasher)
    work = []
    for address in ("known@team.example", "unknown@team.example"):
        client = app.test_client()
        wrong = {"address": address, "password": "not this one"}
        counts = [
            statements(lambda c=client, d=wrong: c.post("/sign-in", data=d)),
            statements(lambda c=client, d=wrong: c.post("/reset", data=d)),
            statements(lambda c=client, d=wrong: c.post("/sign-up", data={**NEWCOMER, **d})),
        ]
        work.append((counts, hashes.copy()))
        hashes.clear()
    assert work[0] == work[1]
    assert work[0][1] == ["verify", "verify", "hash"]


def test_the_right_password_lets_in_and_only_to_a_page_of_ours(app: Flask) -> None:
    person("Ann", mail="ann@team.example", password=passwords.hashed(PASSWORD))
    data = {"address": "ANN@team.example ", "password": PASSWORD}
    assert app.test_client().post("/sign-in", data={**data, "then": "/account"}).location == "/account"
    for bad in ("https://evil.example", "//evil.example", "/\\evil.example"):
        assert app.test_client().post("/sign-in", data={**data, "then": bad}).location == "/"


def test_who_tries_ten_passwords_must_wait_and_others_elsewhere_need_not(app: Flask) -> None:
    person("Ann", mail="ann@team.example", password=passwords.hashed(PASSWORD))
    with clock.at(clock.now()) as hands:
        client = app.test_client()
        for _ in range(10):
            client.post("/sign-in", data={"address": "ann@team.example", "password": "wrong one"})
        late = client.post("/sign-in", data={"address": "ann@team.example", "password": PASSWORD})
        assert (late.status_code, late.headers["Retry-After"]) == (429, "901")
        elsewhere = app.test_client().post(
            "/sign-in", data={"address": "ann@team.example", "password": PASSWORD},
            environ_base={"REMOTE_ADDR": "203.0.113.9"},
        )  # fmt: skip
        assert elsewhere.status_code == 303
        hands.forward(timedelta(minutes=16))
        again = client.post("/sign-in", data={"address": "ann@team.example", "password": PASSWORD})
        assert again.status_code == 303


def test_an_unconfirmed_account_claims_nothing_of_the_one_that_has_the_address(app: Flask) -> None:
    owner = person("Ann", mail="ann@team.example", password=passwords.hashed(PASSWORD))
    stranger = app.test_client()
    stranger.post("/sign-up", data={**NEWCOMER, "address": "ann@team.example", "password": "another secret"})
    signed_in = app.test_client().post("/sign-in", data={"address": "ann@team.example", "password": PASSWORD})
    assert signed_in.status_code == 303
    assert db.session.scalars(select(SignIn.account_id).order_by(SignIn.id.desc())).first() == owner.id


def test_who_had_an_account_and_types_the_code_is_in_it_with_what_they_began(app: Flask) -> None:
    owner = person("Ann", mail="ann@team.example", password=passwords.hashed(PASSWORD))
    client = app.test_client()
    client.post("/sign-up", data={**NEWCOMER, "address": "ann@team.example"})
    newer = account_at("ann@team.example", confirmed=False)
    from campapp.teams.models import Member, Team

    team = Team(name="T", name_key="t")
    db.session.add(team)
    db.session.flush()
    db.session.add(Member(team_id=team.id, account_id=newer.id, name="Ann", captain=True))
    db.session.commit()
    client.post("/confirmation", data={"code": proofs.digits(latest("confirm"))})
    db.session.rollback()
    assert db.session.scalars(select(Member.account_id)).one() == owner.id
    assert "Ann" in client.get("/account").text
    assert db.session.get_one(Account, newer.id).erased_at is not None


def test_the_link_pressed_elsewhere_mixes_nobodys_things(app: Flask) -> None:
    owner = person("Ann", mail="ann@team.example")
    app.test_client().post("/sign-up", data={**NEWCOMER, "address": "ann@team.example"})
    newer = account_at("ann@team.example", confirmed=False)
    answer = app.test_client().post(f"/confirmation/{proofs.link_token(latest('confirm'))}")
    assert answer.location == "/sign-in"
    db.session.rollback()
    assert not db.session.get_one(Account, newer.id).confirmed
    assert db.session.get_one(Account, owner.id).confirmed


def test_opening_the_link_spends_nothing_and_its_button_once(app: Flask) -> None:
    app.test_client().post("/sign-up", data=NEWCOMER)
    path = f"/confirmation/{proofs.link_token(latest('confirm'))}"
    scanner = app.test_client(use_cookies=False)
    for _ in range(2):
        assert scanner.head(path).status_code == 200
        assert scanner.get(path).status_code == 200
    assert not account_at("chen@team.example").confirmed
    assert app.test_client().post(path).status_code == 303
    assert account_at("chen@team.example").confirmed
    assert app.test_client().post(path).status_code == 403


def test_a_link_made_up_opens_nothing(app: Flask) -> None:
    app.test_client().post("/sign-up", data=NEWCOMER)
    token = proofs.link_token(latest("confirm"))
    for made_up in (token[:-1] + "x", "1-", "1", "999-abc", "１-２", "7" + token):
        assert app.test_client().get(f"/confirmation/{made_up}").status_code == 404


@pytest.mark.parametrize("password", ["short", "password123", "aaaaaaaaaa", "Chen@Team.example"])
def test_a_password_that_is_tried_first_is_refused(client: FlaskClient, password: str) -> None:
    answer = client.post("/sign-up", data={**NEWCOMER, "password": password})
    assert answer.status_code == 422
    assert f'value="{password}"' not in answer.text.replace("Chen@Team.example", "", 1)
    assert db.session.scalar(select(func.count(Account.id))) == 0


@pytest.mark.parametrize("name", ["a\x00b", "a\ud800b", "x" * 1_000_000])
def test_what_cannot_be_stored_is_an_error_beside_the_field(client: FlaskClient, name: str) -> None:
    body = {**NEWCOMER, "name": name.encode("utf-8", "surrogatepass")}
    answer = client.post("/sign-up", data=body)
    assert answer.status_code == 422
    assert 'id="name-error"' in answer.text
    assert "chen@team.example" in answer.text.casefold()


def test_ten_thousand_form_keys_are_a_bad_request(client: FlaskClient) -> None:
    assert client.post("/sign-up", data={f"k{i}": "v" for i in range(10_000)}).status_code in {400, 413, 422}


def test_the_code_stands_in_no_table(client: FlaskClient) -> None:
    client.post("/sign-up", data=NEWCOMER)
    code = latest("confirm")
    rows = str([vars(row) for model in (Code, Letter, Account) for row in db.session.scalars(select(model))])
    assert proofs.digits(code) not in rows
    assert proofs.link_token(code) not in rows
    assert PASSWORD not in rows
