"""The database full, locked or gone: the page says so in the reader's language, and what was typed is kept on it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from campapp.applications.models import Application, Submission
from campapp.core.db import db
from campapp.core.outbox import Letter
from campapp.programmes.models import Programme
from campapp.settings import Settings
from tests.cast import person
from tests.core.test_upload import pdf
from tests.factories import application
from tests.faults.locking import lets_nobody_in, locked, takes_no_more
from tests.faults.served import Answer, Served, Visitor

pytestmark = pytest.mark.xdist_group("faults")
TYPED = "我们在园区边缘做推理,已有两个场景。\n第二行 <b>&amp;</b>"
Trouble = Callable[[], AbstractContextManager[object]]


class Draft:
    """A captain, whose browser speaks Chinese, at an open draft with one sentence typed."""

    def __init__(self, programme: Programme, site: Served) -> None:
        captain = person("Cao", locale="zh_CN")
        self.id = application(programme, captain, "Alpha", state="draft").id
        self.browser = Visitor(site.address, captain, "zh-CN")
        self.path = f"/applications/{self.id}/draft/{self.section()}"
        self.submission = f"/applications/{self.id}/submission"
        self.receipt = self.browser.get(f"{self.submission}/new").fields(self.submission)
        self.open = self.browser.get(self.path)

    def section(self) -> str:
        page = self.browser.get(f"/applications/{self.id}/draft")
        target = next(part for part in page.text.split('action="') if "/draft/" in part[:60])
        return target.split('"')[0].rpartition("/")[2]

    def save(self) -> Answer:
        """Press "Save and go on", as without a script."""
        typed = {"summary": TYPED, "sector": "AI", "trl": "6"}
        return self.browser.post(self.path, {**self.open.fields(self.path), **typed})

    def submit(self) -> Answer:
        return self.browser.post(self.submission, self.receipt)

    def kept(self) -> tuple[object, int]:
        """What the database holds: the sentence, and how many submissions."""
        db.session.rollback()
        sentence = db.session.get_one(Application, self.id).answers.get("summary")
        submissions = len(db.session.scalars(select(Submission)).all())
        db.session.rollback()  # the test's own reading must be in nobody's way
        return sentence, submissions


@pytest.fixture
def draft(programme: Programme, site: Served) -> Draft:
    return Draft(programme, site)


def unsaved(answer: Answer, status: int, path: str, words: str) -> dict[str, str]:
    """The page says what happened, in Chinese, and holds what was typed; gives its form."""
    assert answer.status == status
    assert '<html lang="zh-CN"' in answer.text
    assert words in answer.text
    assert "刚才的操作完全没有执行" in answer.text
    return answer.fields(path)


def survives(draft: Draft, trouble: Trouble, status: int, words: str, *, readable: bool = True) -> None:
    before = draft.kept()
    with trouble():
        form = unsaved(draft.save(), status, draft.path, words)
        assert form["summary"].replace("\r\n", "\n") == TYPED
        assert "已有两个场景" in draft.save().text
        receipt = unsaved(draft.submit(), status, draft.submission, words)
        assert draft.browser.get(draft.path).status == (200 if readable else status)
    assert draft.kept() == before
    assert draft.browser.post(draft.path, form).status == 303, "the page's own form saves it"
    assert draft.browser.post(draft.submission, receipt).status == 303
    sentence, submissions = draft.kept()
    assert str(sentence).replace("\r\n", "\n") == TYPED
    assert submissions == 1
    receipts = select(Letter.id).where(Letter.template == "applications/receipt")
    assert len(db.session.scalars(receipts).all()) == 1


FULL, BUSY = "本园区的磁盘或数据库已满", "数据库没有及时响应"


def test_a_full_disk_or_database_says_so_and_the_same_form_saves_when_there_is_room(
    app: Flask, draft: Draft, site: Served
) -> None:
    settings: Settings = app.config["SETTINGS"]
    trouble = (lambda: takes_no_more(settings)) if settings.database_url else site.disk_full
    survives(draft, trouble, 507, FULL)


def test_a_database_locked_by_somebody_else_says_so_and_the_same_form_saves_when_it_is_free(
    app: Flask, draft: Draft
) -> None:
    survives(draft, lambda: locked(app, "applications"), 503, BUSY)


@pytest.mark.parametrize("park", ["postgresql"], indirect=True)
def test_a_database_that_is_gone_says_so_and_everything_goes_on_when_it_is_back(
    app: Flask, draft: Draft
) -> None:
    survives(draft, lambda: lets_nobody_in(app.config["SETTINGS"]), 503, BUSY, readable=False)


@pytest.mark.parametrize("park", ["sqlite"], indirect=True)  # the disk is the same beside either database
def test_a_file_that_no_room_is_left_for_is_not_kept_not_even_in_part(
    app: Flask, draft: Draft, site: Served, tmp_path: Path
) -> None:
    hidden = draft.browser.get(f"/applications/{draft.id}/draft/files")
    path = f"/applications/{draft.id}/files/deck"
    deck = pdf(tmp_path / "deck").read_bytes()
    fields = hidden.fields(path)
    with site.disk_full():
        for content in (deck, b"%PDF-1.7 " + b"x" * 3_000_000):  # a large one is written down as it comes in
            answer = draft.browser.give(path, fields, "deck", "deck.pdf", content)
            assert answer.status == 507
            assert "文件需要重新选择" in answer.text
    folder = Path(app.config["SETTINGS"].files)
    assert [one for one in folder.rglob("*") if one.is_file()] == []
    assert draft.browser.give(path, fields, "deck", "deck.pdf", deck).status == 303
    assert [one.read_bytes() for one in folder.rglob("*") if one.is_file()] == [deck]


@pytest.mark.parametrize("park", ["sqlite"], indirect=True)
def test_a_password_is_not_repeated_on_the_page_that_says_there_was_no_room(
    site: Served, programme: Programme
) -> None:
    visitor = Visitor(site.address)
    hidden = visitor.get("/sign-up").fields("/sign-up")
    typed = {"name": "Ann Example", "address": "ann@people.example", "password": "eleven lamps in a row"}
    with site.disk_full():
        answer = visitor.post("/sign-up", {**hidden, **typed})
    assert answer.status == 507
    assert "Ann Example" in answer.text
    assert typed["password"] not in answer.text
