"""Notices with attachments, and frequent questions, as everybody sees them on the public page."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from campapp.core import clock
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.text.markdown import plain
from campapp.core.text.pasted import LONGEST, pasted
from campapp.programmes.actions.notice import publish_notice
from campapp.programmes.models import Faq, Notice, NoticeFile, Programme
from tests.cast import browser, person
from tests.core.soundness.making import png
from tests.factories import BEFORE, application, camp

PNG = png()


@pytest.fixture
def stage(app: Flask) -> tuple[FlaskClient, Programme]:
    organiser = person("Olga")
    with clock.at(BEFORE):
        programme = camp(organiser)
    return browser(app, organiser), programme


def attach(client: FlaskClient, notice: int, content: bytes, name: str) -> int:
    file = (io.BytesIO(content), name)
    return client.post(
        f"/notices/{notice}/files", data={"file": file}, content_type="multipart/form-data"
    ).status_code


def written(client: FlaskClient, programme: Programme) -> int:
    words = {"title-zh": "须知", "title-en": "What to bring", "text-zh": "带**电脑**", "text-en": "A laptop"}
    where = client.post(f"/programmes/{programme.slug}/notices", data=words).location
    return int(where.split("/")[2])


def test_an_attachment_is_seen_by_everybody_only_while_its_notice_is_public(
    app: Flask, stage: tuple[FlaskClient, Programme]
) -> None:
    client, programme = stage
    notice = written(client, programme)
    assert attach(client, notice, PNG, "plan.png") == 303
    row = db.session.scalars(select(NoticeFile)).one()
    address, visitor = f"/notices/{notice}/files/{row.id}", app.test_client()
    assert visitor.get(address).status_code == 404
    client.post(f"/notices/{notice}/publication")
    assert "plan.png" in visitor.get(f"/notices/{notice}").text
    got = visitor.get(address)
    assert (got.data, got.headers["X-Content-Type-Options"]) == (PNG, "nosniff")
    client.post(f"/notices/{notice}/files/{row.id}?_method=delete")
    assert visitor.get(address).status_code == 404
    client.post(f"/notices/{notice}/files/{row.id}/removal?_method=delete")
    client.post(f"/notices/{notice}/publication?_method=delete")
    assert visitor.get(address).status_code == 404
    assert client.get(address).status_code == 200


def test_a_damaged_or_unknown_attachment_is_refused_with_what_to_do(
    stage: tuple[FlaskClient, Programme],
) -> None:
    client, programme = stage
    notice = written(client, programme)
    assert attach(client, notice, b"%PDF-1.7 broken", "call.pdf") == 422
    assert attach(client, notice, b"MZ program", "setup.exe") == 422
    assert db.session.scalar(select(NoticeFile.id)) is None


def test_the_staff_of_another_programme_cannot_attach_anything(
    app: Flask, stage: tuple[FlaskClient, Programme]
) -> None:
    client, programme = stage
    notice = written(client, programme)
    client.post(f"/notices/{notice}/publication")
    other = person("Otto")
    camp(other, title="Other")
    assert attach(browser(app, other), notice, PNG, "x.png") in {403, 404}
    assert db.session.scalar(select(NoticeFile.id)) is None


def test_frequent_questions_stand_on_the_public_page_in_their_order_and_in_both_languages(
    app: Flask, stage: tuple[FlaskClient, Programme]
) -> None:
    client, programme = stage
    for zh, en in (("能改吗", "May we change?"), ("收费吗", "Is it free?")):
        words = {"question-zh": zh, "question-en": en, "answer-zh": "**答**", "answer-en": "Yes."}
        assert client.post(f"/programmes/{programme.slug}/faq", data=words).status_code == 303
    first, second = db.session.scalars(select(Faq).order_by(Faq.id)).all()
    client.post(f"/programmes/{programme.slug}/faq/order?_method=put", data={"order": [second.id, first.id]})
    visitor = app.test_client()
    page = visitor.get(f"/programmes/{programme.slug}", headers={"Accept-Language": "en"}).text
    assert 0 < page.index("Is it free?") < page.index("May we change?")
    zh = visitor.get(f"/programmes/{programme.slug}", headers={"Accept-Language": "zh-CN"}).text
    assert "能改吗" in zh
    client.post(f"/faqs/{first.id}?_method=delete")
    assert "May we change?" not in visitor.get(f"/programmes/{programme.slug}").text


def test_a_question_without_an_answer_is_not_published(stage: tuple[FlaskClient, Programme]) -> None:
    client, programme = stage
    answer = client.post(f"/programmes/{programme.slug}/faq", data={"question-zh": "问"})
    assert answer.status_code == 422
    assert "问" in answer.text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_public_page_asks_a_constant_number_of_statements(
    app: Flask, stage: tuple[FlaskClient, Programme], statements: object, rows: int
) -> None:
    client, programme = stage
    for n in range(rows):
        words = {"question-zh": f"问{n}", "answer-zh": "答"}
        client.post(f"/programmes/{programme.slug}/faq", data=words)
        with current.set(actor=SYSTEM):
            publish_notice(programme, title_zh=f"通知{n}", title_en="", text_zh="", text_en="")
    visitor = app.test_client()
    visitor.get(f"/programmes/{programme.slug}")
    assert statements(lambda: visitor.get(f"/programmes/{programme.slug}")) == 10  # type: ignore[operator]


def test_teams_find_the_notices_of_their_programmes_on_their_first_page(
    app: Flask, stage: tuple[FlaskClient, Programme]
) -> None:
    client, programme = stage
    captain = person("Cara")
    with clock.at(BEFORE):
        application(programme, captain, "Spark")
    notice = written(client, programme)
    assert "What to bring" not in browser(app, captain).get("/").text
    client.post(f"/notices/{notice}/publication")
    assert "What to bring" in browser(app, captain).get("/").text
    assert db.session.get_one(Notice, notice).published_at is not None


def test_a_group_message_is_plain_text_with_the_link_on_a_line_of_its_own() -> None:
    text = "Bring:\n\n- a **laptop**\n- [the form](https://park.example/form)\n\n1. Come\n2. Sit"
    assert plain(text) == "Bring:\n· a laptop\n· the form https://park.example/form\n1. Come\n2. Sit"
    assert (
        pasted("开营", "**带电脑**", "https://a.example/notices/3")
        == "【开营】\n带电脑\nhttps://a.example/notices/3"
    )
    long = pasted("T", "长" * 2000, "https://a.example/1").split("\n")
    assert (len(long[1]), long[2]) == (LONGEST, "https://a.example/1")
