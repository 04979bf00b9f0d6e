"""What goes along into a rehearsal, and what stays behind."""

from __future__ import annotations

import io
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from campapp.accounts.models import Account
from campapp.applications.models import ConsentText
from campapp.core import files
from campapp.core.action import transaction
from campapp.core.current import SYSTEM, current
from campapp.core.db import Base, db
from campapp.core.workdays import SpecialDay
from campapp.demo import rehearsing
from campapp.demo.rehearsing import COPIED, LEFT_OUT, script_of
from campapp.demo.stage import PREFIX, stage_of
from campapp.dues.actions.follow_up import write_follow_up
from campapp.programmes.actions.faq import write_faq
from campapp.programmes.actions.form import change_form, put_to_use
from campapp.programmes.actions.notice import give_notice_file, publish_notice, write_notice
from campapp.programmes.models import Faq, FollowUp, FormDraft, Notice, NoticeFile, Programme
from tests.cast import person
from tests.demo.rehearsed import visitor

PAPER = {"sections": [{"key": "s", "title_zh": "材料", "title_en": "", "fields": [
    {"key": "badge", "kind": "text", "label_zh": "胸卡姓名", "required": True}]}]}  # fmt: skip
WORDS = {"title_zh": "报名指南", "title_en": "", "text_zh": "见附件。", "text_en": ""}


@pytest.fixture
def programme(programme: Programme) -> Programme:
    """With all that an organiser has written for it."""
    colleague = person("Carl Colleague")
    with current.set(actor=SYSTEM, locale="en"):
        notice = publish_notice(programme, **WORDS)
        give_notice_file(notice, files.keep(io.BytesIO(b"%PDF-1.4 guide"), "指南.pdf", limit=1 << 20))
        publish_notice(programme, kind="result", **{**WORDS, "title_zh": "入选名单"})
        write_notice(programme, **{**WORDS, "title_zh": "还没公布"})
        write_faq(programme, question_zh="可以迟到吗?", question_en="", answer_zh="不可以。", answer_en="")
        follow_up = write_follow_up(programme, "team:accepted", title_zh="行前", due_at=programme.deadline)
        change_form(follow_up, lambda _before: PAPER)
        put_to_use(follow_up)
        change_form(programme, lambda before: {"sections": [*before["sections"], *PAPER["sections"]]})
        with transaction():
            db.session.add(SpecialDay(day=date(2027, 10, 8), works=True, name_zh="补班", name_en=""))
            db.session.add(ConsentText(purpose="companies", version=7, text_zh="同意转交企业。", text_en="",
                                       account_id=colleague.id))  # fmt: skip
            draft = db.session.scalars(select(FormDraft)).one()
            draft.account_id, draft.name = colleague.id, colleague.name
    return programme


def test_every_table_of_a_programme_is_copied_or_named_as_left_out(app: Flask) -> None:
    tables = Base.metadata.tables
    pointed = {
        name: {key.column.table.name for key in table.foreign_keys} & set(COPIED)
        for name, table in tables.items()
    }
    own = {name for name, table in tables.items() if "programme_id" in table.c or pointed[name] - {"files"}}
    assert own - {*COPIED, *LEFT_OUT} == set()
    assert set(LEFT_OUT) & set(COPIED) == set()
    assert {*COPIED, *LEFT_OUT} <= set(tables)


def test_what_the_organiser_wrote_goes_along_and_opens_there(
    app: Flask, programme: Programme, rehearsal: str
) -> None:
    slug = programme.slug
    inner = stage_of().app(rehearsal.removeprefix(PREFIX))
    assert inner is not None
    with inner.app_context():
        assert db.session.scalars(select(Notice.title_zh)).all() == ["报名指南"]
        assert db.session.scalars(select(Faq.question_zh)).all() == ["可以迟到吗?"]
        assert db.session.scalars(select(FollowUp.title_zh)).all() == ["行前"]
        assert db.session.scalars(select(SpecialDay.name_zh)).all() == ["补班"]
        assert db.session.scalars(select(ConsentText.text_zh).where(ConsentText.version == 7)).all() == [
            "同意转交企业。"
        ]
        link = db.session.scalars(select(NoticeFile)).one()
        attachment = f"{rehearsal}/notices/{link.notice_id}/files/{link.id}"
        draft = db.session.scalars(select(FormDraft)).one()
        assert (draft.account_id, draft.name) == (None, "")
        assert draft.document["sections"][-1] == PAPER["sections"][0]
    anybody = app.test_client()
    assert anybody.get(attachment).data == b"%PDF-1.4 guide"
    assert "可以迟到吗?" in anybody.get(f"{rehearsal}/programmes/{slug}").text
    owed = visitor(app, rehearsal, "organiser").get(f"{rehearsal}/programmes/{slug}/dues").text
    assert "胸卡姓名" in owed


def test_nobodys_name_goes_along(app: Flask, programme: Programme, rehearsal: str) -> None:
    inner = stage_of().app(rehearsal.removeprefix(PREFIX))
    assert inner is not None
    with inner.app_context():
        names = set(db.session.scalars(select(Account.name)))
        assert {"Ann", "Carl Colleague"} & names == set()
        assert db.session.scalars(select(ConsentText.account_id)).all() == [None]


def test_attachments_beyond_the_measure_stay_behind_with_their_links(
    app: Flask, programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rehearsing, "MOST_ATTACHED", 5)
    rows = script_of(programme).rows
    assert (rows["files"], rows["notice_files"]) == ([], [])
    assert [row["title_zh"] for row in rows["notices"]] == ["报名指南"]
