"""Any JSON is a form that can be shown, filled in and submitted, or is refused with words and a place."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings

from campapp.applications.views.form.builder import preview, rules_of
from campapp.core.form import answers as kept
from campapp.core.form import asked, composing, declared, kinds, schema
from campapp.core.language import LOCALES, speaking
from campapp.demo.inventing import invented_answers
from campapp.programmes import ready_made
from campapp.programmes.standard_form import DOCUMENT
from tests.core.form.anything import a_document

A = {"key": "a", "kind": "text", "label_zh": "甲", "label_en": "A"}
LISTED = {"key": "c", "kind": "choices", "label_en": "C", "choices": [{"value": "x", "en": "X"}]}
TABLE = {"key": "t", "kind": "table", "label_en": "T",
         "columns": [{"key": "n", "kind": "number", "label_en": "N"}]}  # fmt: skip


def form(*fields: Any) -> dict[str, Any]:
    return {"sections": [{"key": "s", "title_zh": "甲", "title_en": "S", "fields": list(fields)}]}


def used(document: Any) -> None:
    """All that a form goes through, from the builder to the list of what was submitted."""
    assert json.loads(json.dumps(document)) == document
    for locale in LOCALES:
        with speaking(locale):
            assert preview(document, locale)["html"]
            for field in asked.all_fields(document):
                asked.condition_words(document, field)
    json.dumps(rules_of(document), allow_nan=False)
    composing.digest(document)
    found = invented_answers(document, 3)
    sent = declared.build(document).of(**kept.for_form(document, found))
    assert sent is not None
    files = {field["key"] for field in asked.all_fields(document) if field["kind"] in kinds.GIVEN}
    assert kept.misfits(document, found) == {}
    assert kept.missing(document, found, files) == {}
    kept.typed(document, found)
    for field in asked.all_fields(document):
        kept.shown(field, found.get(field["key"]))
        kept.sums(field, found.get(field["key"]))


@settings(max_examples=800, derandomize=True, database=None, deadline=None,
          suppress_health_check=list(HealthCheck))  # fmt: skip
@given(a_document())
def test_any_json_can_be_used_or_is_refused_with_words(plain: Flask, document: Any) -> None:
    with plain.test_request_context():
        found = schema.problems(document)
        assert len(found) <= schema.MOST_PROBLEMS
        for one in found:
            assert one.words and len(str(one)) < 700
            assert str(one).isprintable()
        if not found:
            used(document)


def test_what_campapp_itself_offers_can_be_used(plain: Flask) -> None:
    with plain.test_request_context():
        for document in (
            DOCUMENT,
            form(*ready_made.READY_MADE),
            ready_made.usual_later(),
            form(*ready_made.READY_LATER),
        ):
            assert schema.problems(document) == []
            used(document)


REFUSED = [
    ({**LISTED, "choices": [{"value": "x", "zh": 5, "en": "X"}]}, "C, choice 1", "“zh” is no text."),
    ({**LISTED, "choices": [{"value": "x", "zh": " "}]}, "C, choice 1", "words in one language"),
    ({**LISTED, "choices": [{"value": ["x"], "zh": "X"}]}, "C, choice 1", "has a value"),
    ({**LISTED, "choices": [{"value": "x", "en": "X", "colour": "red"}]}, "C, choice 1", "nothing else"),
    ({**LISTED, "choices": []}, "C", "from 1 to 200"),
    ({**LISTED, "least": 2}, "C, least", "from 0 to 1"),
    ({**LISTED, "most": 0}, "C, most", "from 1 to 1"),
    ({**LISTED, "least": 0.5}, "C, least", "whole number"),
    ({"key": "f", "kind": "file", "label_en": "F", "count": 0}, "F, count", "from 1 to 50"),
    ({"key": "f", "kind": "file", "label_en": "F", "megabytes": 10**9}, "F, megabytes", "from 1 to 2048"),
    ({"key": "f", "kind": "file", "label_en": "F", "kinds": ["exe"]}, "F", "A kind of file is one of"),
    ({"key": "l", "kind": "letter", "label_en": "L"}, "L", "what is promised"),
    ({"key": "l", "kind": "consent", "label_en": "L", "text_zh": " "}, "L", "what is promised"),
    ({**A, "label_en": "A\x00"}, "甲", "U+0000"),
    ({**A, "help_zh": "\u202e"}, "甲", "U+202E"),
    ({**A, "label_zh": " ", "label_en": ""}, "", "needs a label"),
    ({**A, "label_zh": "甲" * 201}, "甲" * 40, "at most 200"),
    ({**A, "longest": 0}, "甲, longest", "from 1 to 20000"),
    ({**A, "onclick": "x"}, "甲", "“onclick” is not known here."),
    ({**A, "on\x00click": "x"}, "甲", "“onclick” is not known here."),
    ({**A, "when": {"key": "later", "answered": True}}, "甲", "stands before"),
    ({**A, "when": {"key": ["c"]}}, "甲", "stands before"),
    ({**A, "when": {}}, "甲", "stands before"),
    ({**A, "filter": True, "kind": "link"}, "甲", "No list is filtered"),
    ({**A, "profile": "password"}, "甲", "nothing in the pool"),
    ({**A, "seen_by": "companies"}, "甲", "companies and judges"),
    ({**TABLE, "columns": []}, "T", "one to 12 columns"),
    ({"key": "t", "kind": "table", "label_en": "T"}, "T", "one to 12 columns"),
    ({**TABLE, "columns": [{"key": "n", "kind": "file", "label_en": "N"}]}, "T, column 1", "cannot be of the kind"),
    ({**TABLE, "least": 10**6}, "T, least", "from 0 to 50"),
    ({"key": "n", "kind": "number", "label_en": "N", "least": None}, "N", "cannot be read"),
    ({"key": "n", "kind": "number", "label_en": "N", "least": 10**400}, "N", "cannot be read"),
    ({"key": "n", "kind": "number", "label_en": "N", "most": 10**15}, "N", "beyond what can be answered"),
    ({"key": "n", "kind": "number", "label_en": "N", "least": 0.1, "most": 0.9, "decimals": 0}, "N", "Nothing that"),
    ({"key": "d", "kind": "date", "label_en": "D", "most": "0001-01-01"}, "D", "Nothing that"),
    ({"key": "d", "kind": "date", "label_en": "D", "least": "20210101"}, "D", "cannot be read"),
    ({**A, "kind": "magic"}, "section 1, question 1", "no kind of field"),
    (["a"], "section 1, question 1", "no kind of field"),
]  # fmt: skip


@pytest.mark.parametrize(("field", "where", "words"), REFUSED)
def test_a_fault_is_said_with_its_place(plain: Flask, field: Any, where: str, words: str) -> None:
    with plain.test_request_context(), speaking("en"):
        found = schema.problems(form(field))
        assert [one.where for one in found if words in one.words][:1] == [where or "section 1, question 1"]


@pytest.mark.parametrize("field", [field for field, _where, _words in REFUSED])
def test_a_fault_is_said_in_the_readers_language(plain: Flask, field: Any) -> None:
    with plain.test_request_context(), speaking("zh_CN"):
        assert all(any("\u4e00" <= c <= "\u9fff" for c in one.words) for one in schema.problems(form(field)))


def test_a_condition_on_answers_that_are_no_texts_is_refused(plain: Flask) -> None:
    with plain.test_request_context():
        numbered = {**LISTED, "choices": [{"value": "1", "en": "One"}]}
        assert schema.problems(form(numbered, {**A, "when": {"key": "c", "is": ["1"]}})) == []
        assert schema.problems(form(numbered, {**A, "when": {"key": "c", "is": [1]}}))


def test_a_form_beyond_all_measure_is_refused_at_once(plain: Flask) -> None:
    with plain.test_request_context():
        many = form(*({**A, "key": f"a{n}"} for n in range(5000)))
        assert len(schema.problems(many)) == 1
        assert len(schema.problems({"sections": [{"key": "s", "fields": []}] * 60})) == 1
        assert len(schema.problems(form(*[{"kind": "x"}] * 199, {**A}))) == schema.MOST_PROBLEMS


def test_a_due_date_that_the_clock_leaves_out_is_refused(plain: Flask) -> None:
    left_out = form({**A, "due": "2027-03-28 02:30"})
    with plain.test_request_context():
        assert schema.problems(left_out, "Asia/Shanghai") == []
        assert schema.problems(left_out, "Europe/Berlin")
