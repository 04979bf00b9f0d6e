"""The empty park's set-up page: unlocked by the printed token, once; afterwards no such page exists."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from campapp.accounts.models import Account
from campapp.accounts.setup import setup_token
from campapp.core import audit, beats
from campapp.core.action import transaction
from campapp.core.db import db
from campapp.core.events import Event
from campapp.core.park import Park, the_park
from tests.cast import browser, person
from tests.core.soundness.making import png
from tests.post_office import PostOffice, post_office

PNG = png()
TYPED = {
    "name-zh": "软件园", "name-en": "Software Park", "zone": "Asia/Shanghai", "address": "https://camp.park.example/",
    "smtp_security": "smtp", "administrator": "李娜", "mail": "li@park.example", "password": "eleven lamps",
}  # fmt: skip


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as found:
        yield found


def typed(**more: object) -> dict[str, object]:
    return {**TYPED, "token": setup_token(), **more}


def test_an_empty_park_leads_to_its_set_up_page_which_the_token_unlocks(client: FlaskClient) -> None:
    assert client.get("/").location == "/setup"
    assert 'name="administrator"' not in client.get("/setup").text
    assert 'name="administrator"' not in client.get("/setup?token=guessed").text
    assert 'name="administrator"' in client.get(f"/setup?token={setup_token()}").text


def test_without_the_token_nothing_is_set_up(client: FlaskClient) -> None:
    assert client.post("/setup", data={**TYPED, "token": "guessed"}).status_code == 404
    assert the_park() is None


def test_the_first_administrator_is_in_and_the_page_is_gone(client: FlaskClient) -> None:
    data = typed(logo=(io.BytesIO(PNG), "logo.png"))
    assert client.post("/setup", data=data, content_type="multipart/form-data").location == "/"
    park = the_park()
    assert park is not None
    assert (park.name_zh, park.options["address"]) == ("软件园", "https://camp.park.example")
    assert client.get("/park").status_code == 200
    assert client.get("/setup").status_code == 404
    assert setup_token() == ""
    logo = client.get("/logo")
    assert (logo.data, logo.headers["X-Content-Type-Options"]) == (PNG, "nosniff")


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_kept(client: FlaskClient) -> None:
    data = typed(
        zone="Mars/Olympus", password="12345678", mail="nobody", logo=(io.BytesIO(b"<svg/>"), "logo.png")
    )
    answer = client.post("/setup", data=data, content_type="multipart/form-data")
    assert answer.status_code == 422
    for field in ("zone", "mail", "password"):
        assert f'id="{field}-error"' in answer.text
    assert the_park() is None
    picture = client.post(
        "/setup", data=typed(logo=(io.BytesIO(b"<svg/>"), "logo.png")), content_type="multipart/form-data"
    )
    assert picture.status_code == 422
    assert "logo.png" in picture.text and "PNG, JPG" in picture.text
    assert the_park() is None


def test_two_who_set_up_at_once_make_one_park(app: Flask) -> None:
    data = typed()
    first, second = app.test_client(), app.test_client()
    assert first.post("/setup", data=data).status_code == 303
    assert second.post("/setup", data=data).location.startswith("/sign-in")
    assert db.session.scalar(select(func.count(Park.id))) == 1
    assert db.session.scalar(select(func.count(Account.id))) == 1


def test_a_test_message_goes_out_as_typed_before_anything_is_kept(
    client: FlaskClient, office: PostOffice
) -> None:
    port = office.url.rpartition(":")[2]
    data = typed(smtp_host="127.0.0.1", smtp_port=port, mail_from="park@park.example")
    answer = client.post(
        "/setup/test-message", data=data, headers={"HX-Request": "true", "Accept-Language": "en"}
    )
    assert "Taken by the mail server" in answer.text
    assert "<html" not in answer.text
    assert str(office.taken[0]["To"]) == "li@park.example"
    office.answers["RCPT"] = b"550 who is that"
    refused = client.post("/setup/test-message", data=data, headers={"HX-Request": "true"})
    assert "550 who is that" in refused.text
    assert the_park() is None


def test_settings_keep_the_mail_password_and_show_it_nowhere(client: FlaskClient, office: PostOffice) -> None:
    client.post("/setup", data=typed(smtp_host="mail.example", smtp_user="park", smtp_password="s3cret/&"))
    page = client.get("/park").text
    assert "s3cret" not in page
    park = the_park()
    assert park is not None
    data = {
        **TYPED,
        "smtp_host": "mail.example",
        "smtp_user": "park",
        "icp": "京ICP备1号",
        "police": "京公网安备 11010802020088号",
        "version": park.version,
    }
    assert client.post("/park", data=data).status_code == 303
    db.session.rollback()
    park = the_park()
    assert park is not None
    assert (park.smtp_url, park.icp) == ("smtp://park:s3cret%2F%26@mail.example", "京ICP备1号")
    assert "s3cret" not in str([e.details for e in db.session.scalars(select(Event))])
    page = client.get("/park").text
    foot = page[page.index('id="foot"') :]
    assert "京ICP备1号" in foot
    assert 'href="https://beian.mps.gov.cn/#/query/webSearch?code=11010802020088"' in foot


def test_two_administrators_do_not_overwrite_each_other(app: Flask) -> None:
    client = app.test_client()
    client.post("/setup", data=typed())
    park = the_park()
    assert park is not None
    old = park.version
    assert (
        client.post("/park", data={**TYPED, "contact": "a@park.example", "version": old}).status_code == 303
    )
    assert (
        client.post("/park", data={**TYPED, "contact": "b@park.example", "version": old}).status_code == 409
    )


def test_only_administrators_see_settings_people_and_the_audit_log(app: Flask) -> None:
    ann, root = person("Ann"), person("Root", administrator=True)
    for path in ("/park", "/people", f"/people/{ann.id}", "/events", "/deliveries"):
        assert browser(app, ann).get(path).status_code == 404
        assert app.test_client().get(path).location.startswith("/sign-in")
        if path != "/park":
            assert browser(app, root, "administrator:0").get(path).status_code == 200


def test_the_audit_log_shows_who_when_what_and_why_and_is_filtered(app: Flask) -> None:
    root = browser(app, person("Root", administrator=True), "administrator:0")
    ann = person("Ann")
    root.post(f"/people/{ann.id}/address", data={"address": "ann@new.example", "reason": "showed her badge"})
    page = root.get(f"/events?about=account:{ann.id}").text
    assert "showed her badge" in page
    assert "Root" in page
    assert "showed her badge" not in root.get("/events?about=account:999").text
    assert "showed her badge" in root.get(f"/events?q=account:{ann.id}").text
    assert "showed her badge" in root.get("/events?q=roo").text
    assert "showed her badge" not in root.get("/events?q=nobody").text
    odd = root.get("/events?about=x:y&q=%25&after=zz&name=none&at_from=soon")
    assert odd.status_code == 200
    assert "write it like application:12" in odd.text


def test_the_audit_log_and_the_people_go_out_as_files(app: Flask) -> None:
    root = browser(app, person("Root", administrator=True), "administrator:0")
    ann = person("Ann", confirmed=False)
    root.post(f"/people/{ann.id}/address", data={"address": "ann@new.example", "reason": "showed her badge"})
    acts = list(csv.DictReader(root.get(f"/events?about=account:{ann.id}&as=csv").text.splitlines()))
    (told,) = [row for row in acts if row["Reason"] == "showed her badge"]
    assert told["Who"] == "Root"
    assert f"account:{ann.id}" in told["About"]
    people = list(
        csv.DictReader(root.get("/people?confirmed=0&as=csv").data.decode("utf-8-sig").splitlines())
    )
    assert [(row["Name"], row["Address"], row["Confirmed address"]) for row in people] == [
        ("Ann", "ann@new.example", "no")
    ]
    for path in ("/events", "/people"):
        assert root.get(f"{path}?as=xlsx").data.startswith(b"PK")
        assert root.get(f"{path}?as=exe").status_code == 404
        assert browser(app, ann).get(f"{path}?as=csv").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_audit_log_asks_as_many_statements_for_one_row_as_for_three(
    app: Flask, statements: object, rows: int
) -> None:
    root = browser(app, person("Root", administrator=True), "administrator:0")
    for number in range(rows):
        person(f"P{number}")
    for path in ("/events", "/people"):
        db.session.remove()
        assert statements(lambda at=path: root.get(at)) == {"/events": 10, "/people": 7}[path]  # type: ignore[operator]


def test_monitoring_is_told_whether_the_worker_lives(client: FlaskClient) -> None:
    silent = client.get("/healthz")
    assert (silent.status_code, silent.json) == (503, {"database": "ok", "disk": "ok", "worker": "silent"})
    beats.beat("worker")
    well = client.get("/healthz")
    assert (well.status_code, well.json) == (200, {"database": "ok", "disk": "ok", "worker": "ok"})


def test_the_audit_page_says_until_when_it_is_sealed_and_whether_the_last_check_held(app: Flask) -> None:
    root = browser(app, person("Root", administrator=True), "administrator:0")
    assert "Nothing is sealed yet." in root.get("/events").text
    audit.seal()
    audit.check()
    head = audit.newest_block()
    assert head is not None
    page = root.get("/events").text
    assert "Sealed until" in page and head.hash.hex()[:12] in page and "whole" in page
    assert "is broken" not in page
    with transaction():
        db.session.execute(update(Event).where(Event.block == 1).values(reason="never"))
    audit.check()
    page = root.get("/events").text
    assert "The sealed chain is broken" in page
    assert "of block 1 was changed." in page
