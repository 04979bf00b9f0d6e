"""Another address: everything stays with the old one until the new one is confirmed; the old one is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from campapp.accounts import passwords, proofs
from campapp.accounts.models import Account, Code
from campapp.core import clock, jobs
from campapp.core.db import db
from campapp.core.events import Event
from campapp.core.outbox import Delivery
from campapp.messages.actions import expand
from tests.cast import browser, person

PASSWORD = "eleven lamps"


@pytest.fixture
def ann(app: Flask) -> Account:
    return person("Ann", mail="ann@old.example", password=passwords.hashed(PASSWORD))


@pytest.fixture
def anns(app: Flask, ann: Account) -> FlaskClient:
    return browser(app, ann)


def ask(client: FlaskClient, address: str = "ann@new.example") -> None:
    answer = client.post("/account/address", data={"address": address, "password": PASSWORD})
    assert answer.status_code == 303


def latest(purpose: str) -> Code:
    db.session.rollback()
    return db.session.scalars(select(Code).where(Code.purpose == purpose).order_by(Code.id.desc())).first()  # type: ignore[return-value]


def mail_of(account: Account) -> str:
    db.session.rollback()
    return db.session.get_one(Account, account.id).mail


def signs_in(app: Flask, address: str, password: str = PASSWORD) -> bool:
    return (
        app.test_client().post("/sign-in", data={"address": address, "password": password}).status_code == 303
    )


def test_until_it_is_confirmed_everything_stays_with_the_old_address(
    app: Flask, ann: Account, anns: FlaskClient
) -> None:
    ask(anns, "ann@mistyped.example")
    assert mail_of(ann) == "ann@old.example"
    assert signs_in(app, "ann@old.example")
    assert not signs_in(app, "ann@mistyped.example")
    app.test_client().post("/reset", data={"address": "ann@mistyped.example"})
    jobs.work_off()
    assert latest("reset") is None
    expand()
    told = {(d.recipient, d.title) for d in db.session.scalars(select(Delivery))}
    assert ("ann@old.example", "Somebody wants to change your address at campapp") in told


def test_the_code_typed_on_the_page_changes_it(app: Flask, ann: Account, anns: FlaskClient) -> None:
    ask(anns)
    assert (
        anns.post("/account/address/code", data={"code": proofs.digits(latest("change"))}).status_code == 303
    )
    assert mail_of(ann) == "ann@new.example"
    assert signs_in(app, "ann@new.example")
    assert not signs_in(app, "ann@old.example")


def test_scanners_that_open_the_links_change_nothing_and_the_button_does(
    app: Flask, ann: Account, anns: FlaskClient
) -> None:
    ask(anns)
    change = f"/account/address/{proofs.link_token(latest('change'))}"
    revert = f"/account/address/reversion/{proofs.link_token(latest('revert'))}"
    scanner = app.test_client(use_cookies=False)
    for path in (change, revert) * 2:
        assert scanner.head(path, follow_redirects=True).status_code == 200
        assert scanner.get(path, follow_redirects=True).status_code == 200
    assert mail_of(ann) == "ann@old.example"
    app.test_client().post(change)
    assert mail_of(ann) == "ann@new.example"


def test_this_was_not_me_before_the_change_stops_it(app: Flask, ann: Account, anns: FlaskClient) -> None:
    ask(anns)
    pending = proofs.link_token(latest("change"))
    app.test_client().post(f"/account/address/reversion/{proofs.link_token(latest('revert'))}")
    assert app.test_client().post(f"/account/address/{pending}").status_code == 403
    assert mail_of(ann) == "ann@old.example"
    assert anns.get("/account").location.startswith("/sign-in")


def test_this_was_not_me_afterwards_takes_it_back_and_throws_everybody_out(
    app: Flask, ann: Account, anns: FlaskClient
) -> None:
    ask(anns)
    app.test_client().post(f"/account/address/{proofs.link_token(latest('change'))}")
    back = latest("revert")
    with clock.at(clock.now() + timedelta(days=20)):
        app.test_client().post(f"/account/address/reversion/{proofs.link_token(back)}")
    assert mail_of(ann) == "ann@old.example"
    assert not signs_in(app, "ann@old.example")
    assert not signs_in(app, "ann@new.example")
    assert latest("reset").value == "ann@old.example"


def test_a_reset_by_code_or_link_ends_every_session_and_works_once(
    app: Flask, ann: Account, anns: FlaskClient
) -> None:
    app.test_client().post("/reset", data={"address": "ann@old.example"})
    jobs.work_off()
    code, client = latest("reset"), app.test_client()
    path = f"/reset/{proofs.link_token(code)}"
    assert client.get(path).status_code == client.head(path).status_code == 200
    data = {"address": "ann@old.example", "code": proofs.digits(code), "password": "twelve candles"}
    assert client.post("/reset/code", data=data).status_code == 303
    assert client.get("/account").status_code == 200
    assert anns.get("/account").location.startswith("/sign-in")
    assert signs_in(app, "ann@old.example", "twelve candles")
    assert not signs_in(app, "ann@old.example")
    assert app.test_client().post(path, data={"password": "thirteen ships"}).status_code == 403


def test_an_address_that_another_account_has_confirmed_is_refused_only_at_the_end(
    app: Flask, ann: Account, anns: FlaskClient
) -> None:
    person("Bob", mail="bob@taken.example")
    ask(anns, "bob@taken.example")
    answer = anns.post("/account/address/code", data={"code": proofs.digits(latest("change"))})
    assert answer.status_code == 409
    assert mail_of(ann) == "ann@old.example"


def test_staff_correct_the_address_of_who_lost_the_mailbox_with_a_reason(app: Flask, ann: Account) -> None:
    root = browser(app, person("Root", administrator=True), "administrator:0")
    without = root.post(f"/people/{ann.id}/address", data={"address": "ann@new.example"})
    assert without.status_code == 422
    data = {"address": "ann@new.example", "reason": "passport seen at the desk"}
    assert root.post(f"/people/{ann.id}/address", data=data).status_code == 303
    assert mail_of(ann) == "ann@old.example"
    event = db.session.scalars(select(Event).where(Event.name == "address_corrected")).one()
    assert event.reason == "passport seen at the desk"
    app.test_client().post(f"/account/address/{proofs.link_token(latest('change'))}")
    assert mail_of(ann) == "ann@new.example"


def test_sessions_are_listed_and_revoked_by_their_person_only(
    app: Flask, ann: Account, anns: FlaskClient
) -> None:
    from campapp.accounts.models import SignIn

    other = app.test_client()
    other.post("/sign-in", data={"address": "ann@old.example", "password": PASSWORD},
               headers={"User-Agent": "Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0"})  # fmt: skip
    newest = db.session.scalars(select(SignIn.id).order_by(SignIn.id.desc())).first()
    assert "WeChat · Android" in anns.get("/account").text
    assert browser(app, person("Bob")).delete(f"/sessions/{newest}").status_code == 404
    assert anns.post(f"/sessions/{newest}?_method=delete").status_code == 303
    assert other.get("/account").location.startswith("/sign-in")
    anns.post("/sessions?_method=delete")
    assert anns.get("/account").location.startswith("/sign-in")


def test_the_language_is_a_switch_for_the_cookie_and_the_account(
    app: Flask, ann: Account, anns: FlaskClient
) -> None:
    answer = anns.post("/language", data={"language": "zh_CN", "next": "/account?"})
    assert answer.location == "/account"
    assert 'lang="zh-CN"' in anns.get("/account").text
    visitor = app.test_client()
    visitor.post("/language", data={"language": "en", "next": "//evil.example"})
    assert 'lang="en"' in visitor.get("/sign-in", headers={"Accept-Language": "zh-CN"}).text
    db.session.rollback()
    assert db.session.get_one(Account, ann.id).locale == "zh_CN"


def test_name_and_zone_are_changed_and_the_later_of_two_windows_is_told(
    ann: Account, anns: FlaskClient
) -> None:
    data = {"name": "Ann·B", "locale": "en", "zone": "Pacific/Auckland", "version": ann.version}
    assert anns.post("/account", data=data).status_code == 303
    assert anns.post("/account", data={**data, "name": "Other"}).status_code == 409
    assert anns.post("/account", data={**data, "zone": "Mars/Olympus"}).status_code == 422
    db.session.rollback()
    assert db.session.get_one(Account, ann.id).name == "Ann·B"


def test_signed_in_pages_are_kept_by_no_cache(anns: FlaskClient) -> None:
    assert anns.get("/account").headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("shown_at", "page"),
    [
        ("/programmes/spring/form/file", "/programmes/spring/form"),
        ("/team/logo/colour", "/team/logo/colour"),
        ("/applications/3/allowances", "/applications/3/allowances"),
        ("/account?next=/x", "/account?next=/x"),
        ("/session", "/"),
    ],
)
def test_the_language_is_switched_on_the_page_above_an_address_that_is_only_sent_to(
    app: Flask, shown_at: str, page: str
) -> None:
    answer = app.test_client().post("/language", data={"language": "en", "next": shown_at})
    assert answer.location == page
