"""The second factor: an app's codes and recovery codes, and roles that wait for it."""

from __future__ import annotations

import re
from datetime import timedelta

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from campapp.accounts import passwords, proofs
from campapp.accounts.models import Account, SecondFactor
from campapp.core import clock
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.park import Park
from tests.accounts.test_by_code import NUMBER, asked_for, latest, with_number
from tests.cast import browser, person

PASSWORD = "eleven lamps"
SIGN_IN = {"address": "ann@people.example", "password": PASSWORD, "then": "/account"}


@pytest.fixture
def ann(app: Flask) -> Account:
    return person("Ann", password=passwords.hashed(PASSWORD))


def now_shown(account: Account, steps: int = 0) -> str:
    """What the app shows, read as an app does: from the secret on the page's QR, by the library's own clock."""
    db.session.rollback()
    factor = db.session.scalars(select(SecondFactor).where(SecondFactor.account_id == account.id)).one()
    return pyotp.TOTP(proofs.totp_secret(factor)).at(clock.now() + timedelta(seconds=30 * steps))


def switched_on(client: FlaskClient, account: Account) -> list[str]:
    client.post("/account/second-factor")
    answer = client.post("/account/second-factor/confirmation", data={"code": now_shown(account)})
    return re.findall(r">([a-z2-7]{5}-[a-z2-7]{5})</li>", answer.text)


def test_the_secret_on_the_page_is_the_one_that_counts_and_guards_only_once_confirmed(
    app: Flask, ann: Account
) -> None:
    client = browser(app, ann)
    client.post("/account/second-factor")
    shown = re.search(
        r'class="code break"[^>]*>([A-Z2-7 ]+)<', client.get("/account/second-factor").text
    ).group(1)
    assert app.test_client().post("/sign-in", data=SIGN_IN).location == "/account"
    assert client.post("/account/second-factor/confirmation", data={"code": "000000"}).status_code == 422
    code = pyotp.TOTP(shown.replace(" ", "")).at(clock.now())
    assert client.post("/account/second-factor/confirmation", data={"code": code}).status_code == 200
    assert app.test_client().post("/sign-in", data=SIGN_IN).location == "/sign-in/second-step"


def test_password_alone_opens_nothing_and_the_apps_code_does_once(app: Flask, ann: Account) -> None:
    with clock.at(clock.now()) as hands:
        switched_on(browser(app, ann), ann)
        hands.forward(timedelta(seconds=30))
        client, second = app.test_client(), app.test_client()
        for one in (client, second):
            one.post("/sign-in", data=SIGN_IN)
            assert one.get("/account").location.startswith("/sign-in")
        code = now_shown(ann)
        assert client.post("/sign-in/second-step", data={"code": code}).location == "/account"
        assert second.post("/sign-in/second-step", data={"code": code}).status_code == 422
        assert second.get("/account").location.startswith("/sign-in")


@pytest.mark.parametrize(("steps", "lets_in"), [(-2, False), (-1, True), (1, True), (2, False)])
def test_a_clock_half_a_minute_off_is_forgiven_and_no_more(
    app: Flask, ann: Account, steps: int, lets_in: bool
) -> None:
    with clock.at(clock.now()) as hands:
        switched_on(browser(app, ann), ann)
        hands.forward(timedelta(minutes=5))
        client = app.test_client()
        client.post("/sign-in", data=SIGN_IN)
        answer = client.post("/sign-in/second-step", data={"code": now_shown(ann, steps)})
        assert (answer.status_code == 303) is lets_in


def test_a_code_by_text_message_or_a_reset_asks_for_the_second_step_too(app: Flask) -> None:
    ann = with_number("Ann")
    switched_on(browser(app, ann), ann)
    client = app.test_client()
    asked_for(client, NUMBER)
    answer = client.post("/sign-in/code/digits", data={"code": proofs.digits(latest())})
    assert answer.location == "/sign-in/second-step"
    app.test_client().post("/reset", data={"address": "ann@people.example"})
    from campapp.core import jobs

    jobs.work_off()
    token = proofs.link_token(latest("reset"))
    assert (
        app.test_client().post(f"/reset/{token}", data={"password": PASSWORD}).location
        == "/sign-in/second-step"
    )


def test_each_recovery_code_lets_in_once_and_new_ones_end_the_old(app: Flask, ann: Account) -> None:
    mine = browser(app, ann)
    codes = switched_on(mine, ann)
    assert len(set(codes)) == 10
    typed = {"code": codes[3].upper().replace("-", " ")}
    for expected in (303, 422):
        client = app.test_client()
        client.post("/sign-in", data=SIGN_IN)
        assert client.post("/sign-in/second-step", data=typed).status_code == expected
    renewed = mine.post("/account/second-factor/recovery-codes", data={"code": codes[4]}).text
    assert not set(codes) & set(re.findall(r">([a-z2-7]{5}-[a-z2-7]{5})</li>", renewed))
    client = app.test_client()
    client.post("/sign-in", data=SIGN_IN)
    assert client.post("/sign-in/second-step", data={"code": codes[5]}).status_code == 422


def test_thirty_guesses_an_hour_and_ten_minutes_is_all_there_is(app: Flask, ann: Account) -> None:
    with clock.at(clock.now()) as hands:
        switched_on(browser(app, ann), ann)
        client = app.test_client()
        client.post("/sign-in", data=SIGN_IN)
        # one try was spent on switching it on
        answers = [client.post("/sign-in/second-step", data={"code": "xx"}).status_code for _ in range(30)]
        assert answers == [422] * 29 + [429]
        hands.forward(timedelta(hours=2))
        assert client.post("/sign-in/second-step", data={"code": now_shown(ann)}).location == "/sign-in"


def test_it_is_switched_off_by_a_code_or_by_staff_with_a_reason(app: Flask, ann: Account) -> None:
    mine = browser(app, ann)
    codes = switched_on(mine, ann)
    assert mine.delete("/account/second-factor", data={"code": "nothing"}).status_code == 422
    root = browser(app, person("Root", administrator=True), "administrator:0")
    root.delete(f"/people/{ann.id}/second-factor", data={"reason": ""})
    assert app.test_client().post("/sign-in", data=SIGN_IN).location == "/sign-in/second-step"
    root.delete(f"/people/{ann.id}/second-factor", data={"reason": "came to the desk"})
    assert app.test_client().post("/sign-in", data=SIGN_IN).location == "/account"
    codes = switched_on(mine, ann)
    assert mine.delete("/account/second-factor", data={"code": codes[0]}).status_code == 303
    assert app.test_client().post("/sign-in", data=SIGN_IN).location == "/account"


def test_once_the_park_says_so_guarded_roles_wait_for_it_and_others_do_not(app: Flask, ann: Account) -> None:
    db.session.add(Park(name_zh="园区", options={"second_factor": True}))
    db.session.commit()
    root = person("Root", administrator=True)
    roots, anns = browser(app, root, "administrator:0"), browser(app, ann)
    for path in ("/", "/people", "/park", "/events", f"/people/{ann.id}"):
        assert roots.get(path).location == "/account/second-factor"
    assert (
        roots.post(f"/people/{ann.id}/administration", data={"reason": "x"}).location
        == "/account/second-factor"
    )
    db.session.rollback()
    assert not db.session.get_one(Account, ann.id).administrator
    assert anns.get("/").status_code == 200
    switched_on(roots, root)
    assert roots.get("/people").status_code == 200


def test_the_database_alone_makes_no_code(app: Flask, ann: Account) -> None:
    codes = switched_on(browser(app, ann), ann)
    with current.set(actor=SYSTEM):
        rows = str([vars(row) for row in db.session.scalars(select(SecondFactor))])
        secret = proofs.totp_secret(db.session.scalars(select(SecondFactor)).one())
    assert secret not in rows
    assert not any(code in rows for code in codes)
