"""Forms: what was typed stays, errors stand beside the field, declared forms keep answers as one document."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from flask import Flask
from werkzeug.datastructures import MultiDict

from campapp.core.form import answers as kept
from campapp.core.form import declared, fields
from campapp.core.form.base import Form

DOCUMENT = {
    "sections": [
        {
            "key": "project",
            "title_zh": "项目",
            "title_en": "Project",
            "fields": [
                {"key": "title", "kind": "text", "label_zh": "名称", "label_en": "Name", "required": True,
                 "longest": 10},
                {"key": "staff", "kind": "number", "label_zh": "人数", "label_en": "Staff", "least": 1, "most": 99,
                 "filter": True},
                {"key": "founded", "kind": "date", "label_zh": "成立", "label_en": "Founded", "filter": True},
                {"key": "wants", "kind": "choice", "label_zh": "希望", "label_en": "Wants",
                 "choices": [{"value": "pilot", "zh": "试点", "en": "Pilot"}], "filter": True},
                {"key": "people", "kind": "table", "label_zh": "成员", "label_en": "Members",
                 "columns": [{"key": "name", "kind": "text", "label_zh": "姓名", "label_en": "Name"},
                             {"key": "age", "kind": "number", "label_zh": "年龄", "label_en": "Age"}]},
                {"key": "deck", "kind": "file", "label_zh": "简介", "label_en": "Deck", "required": True},
            ],
        }
    ]
}  # fmt: skip


class Sample(Form):
    title = fields.both("Title", 20, required=True)
    deadline = fields.moment("Deadline")
    budget = fields.amount("Budget")


def test_a_pair_becomes_two_columns_and_times_are_read_in_the_zone(app: Flask) -> None:
    sent = MultiDict(
        {"title-zh": "开源", "title-en": "", "deadline": "2026-11-28 24:00", "budget": "500万元"}
    )
    with app.test_request_context():
        form = Sample.of(None, sent, zone="Asia/Shanghai")
        assert form.validate()
    assert form.values["title_zh"] == "开源"
    assert form.values["title_en"] == ""
    assert form.values["deadline"] == datetime(2026, 11, 28, 15, 59, 59, tzinfo=UTC)
    assert form.values["budget"] == Decimal("5000000")


def test_what_cannot_be_read_stays_in_the_field_with_its_error(app: Flask) -> None:
    sent = MultiDict({"title-zh": "", "title-en": "", "deadline": "soon", "budget": "1e999"})
    with app.test_request_context():
        form = Sample.of(None, sent)
        assert not form.validate()
        assert 'value="soon"' in form.deadline()
        assert form.deadline.errors
        assert form.budget.errors
        assert form.title.form.zh.errors


def test_a_declared_form_keeps_its_answers_and_leaves_missing_ones_out(app: Flask) -> None:
    sent = MultiDict(
        {"title": "轻眸", "staff": "12", "founded": "2026年6月30日", "wants": "pilot", "people-0-name": "周岚",
         "people-0-age": "30"}
    )  # fmt: skip
    with app.test_request_context():
        form = declared.build(DOCUMENT).of(None, sent)
        assert form.validate(), form.errors
        answers = kept.answers_of(form)
    assert answers == {
        "title": "轻眸", "staff": 12, "founded": "2026-06-30", "wants": "pilot", "people": [{"name": "周岚", "age": 30}]
    }  # fmt: skip
    assert {t.key: t.number or t.day or t.text for t in kept.typed(DOCUMENT, answers)} == {
        "staff": Decimal(12), "founded": date(2026, 6, 30), "wants": "pilot"
    }  # fmt: skip


def test_a_draft_may_have_gaps_and_a_submission_names_them(app: Flask) -> None:
    with app.test_request_context():
        form = declared.build(DOCUMENT).of(None, MultiDict({"staff": "12"}))
        assert form.validate(), form.errors
        assert set(kept.missing(DOCUMENT, kept.answers_of(form), set())) == {"title", "deck"}
        assert set(kept.missing(DOCUMENT, {"title": "x"}, {"deck"})) == set()


def test_a_number_out_of_bounds_and_a_text_too_long_are_refused_beside_the_field(app: Flask) -> None:
    with app.test_request_context():
        form = declared.build(DOCUMENT).of(None, MultiDict({"staff": "0", "title": "一二三四五六七八九十一"}))
        assert not form.validate()
        assert set(form.errors) == {"staff", "title"}
