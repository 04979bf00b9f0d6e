"""Shown only if another answer is at least, at most, from … to …: set up, read back, said, and held to."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from werkzeug.datastructures import MultiDict

from campapp.core.form import asked, schema
from campapp.core.language import speaking
from campapp.programmes.forms.field.document import as_typed, declared_from
from campapp.programmes.forms.field.setup import form_for
from tests.core.form.generated import a_case

ZONE = ZoneInfo("Asia/Shanghai")
STAFF = {"key": "staff", "kind": "number", "label_zh": "员工", "label_en": "Staff", "unit": "人"}
REVENUE = {"key": "revenue", "kind": "money", "label_zh": "营收", "label_en": "Revenue", "unit": "万元"}
FOUNDED = {"key": "founded", "kind": "date", "label_zh": "成立", "label_en": "Founded"}
MORE = {"key": "more", "kind": "text", "label_zh": "更多", "label_en": "More"}


def document(*fields: dict[str, Any]) -> dict[str, Any]:
    return {"sections": [{"key": "s", "title_zh": "", "title_en": "S", "fields": list(fields)}]}


def as_shown(form: Any, name: str) -> str:
    """What stands in a box."""
    return str(form[name]._value())


def set_up(other: dict[str, Any], **typed: str) -> Any:
    """The set-up form of `more` after it was sent."""
    sent = MultiDict({"label-zh": "更多", "label-en": "More", "when_key": other["key"], **typed})
    return form_for("text", document(other, MORE), "more").of(sent=sent)


@pytest.mark.parametrize(
    ("other", "typed", "kept"),
    [
        (STAFF, {"when_least": "10"}, {"least": 10}),
        (STAFF, {"when_least": "１,０００", "when_most": "2000"}, {"least": 1000, "most": 2000}),
        (STAFF, {"when_least": "0"}, {"least": 0}),
        (REVENUE, {"when_most": "500"}, {"most": 5_000_000}),
        (REVENUE, {"when_least": "1.2亿元"}, {"least": 120_000_000}),
        (FOUNDED, {"when_least": "2021年1月1日"}, {"least": "2021-01-01"}),
        (STAFF, {}, {"answered": True}),
    ],
)
def test_a_bound_is_read_as_the_other_question_reads_its_answers(
    plain: Flask, other: dict[str, Any], typed: dict[str, str], kept: dict[str, Any]
) -> None:
    with plain.test_request_context():
        form = set_up(other, **typed)
        assert form.validate(), form.errors
        found = declared_from(form, MORE, ZONE)
        assert found["when"] == {"key": other["key"], **kept}
        assert schema.problems(document(other, found)) == []
        again = form_for("text", document(other, found), "more").of(
            **as_typed(found, document(other, found), ZONE)
        )
        sent = MultiDict({name: as_shown(again, name) for name in ("when_least", "when_most")})
        form = set_up(other, **sent)
        assert form.validate()
        assert declared_from(form, MORE, ZONE)["when"] == found["when"]


@pytest.mark.parametrize(
    ("other", "typed", "words"),
    [
        (STAFF, {"when_least": "many"}, "not a number"),
        (REVENUE, {"when_least": "-5"}, "negative"),
        (FOUNDED, {"when_most": "2021-02-30"}, "calendar"),
        (STAFF, {"when_least": "20", "when_most": "10"}, "more than the most"),
        (MORE | {"key": "name"}, {"when_least": "5"}, "Only a number"),
    ],
)
def test_a_bound_that_cannot_be_one_is_refused_beside_its_box(
    plain: Flask, other: dict[str, Any], typed: dict[str, str], words: str
) -> None:
    with plain.test_request_context(), speaking("en"):
        form = form_for("text", document(STAFF, other, MORE) if other["key"] == "name" else document(other, MORE),
                        "more").of(sent=MultiDict({"label-en": "More", "when_key": other["key"], **typed}))  # fmt: skip
        assert not form.validate()
        said = " ".join([*form["when_least"].errors, *form["when_most"].errors]).lower()
        assert words.lower() in said


ENTITY = {"key": "entity", "kind": "choice", "label_en": "Entity",
          "choices": [{"value": "team", "en": "Team"}, {"value": "firm", "en": "Firm"}]}  # fmt: skip
LISTED = ENTITY | {"key": "listed", "label_en": "Listed"}


@pytest.mark.parametrize(
    ("typed", "box", "words"),
    [
        ({"when_key": "entity"}, "when_is", "Tick the answers"),
        ({"when_key": "entity", "when_is": "listed=team"}, "when_is", "chosen above only"),
        ({"when_key": "entity", "when_is": "entity=else"}, "when_is", ""),
        ({"when_key": "staff", "when_is": "entity=team"}, "when_is", "chosen above only"),
        ({"when_is": "entity=team"}, "when_key", "Choose the question"),
        ({"when_least": "5"}, "when_key", "Choose the question"),
        ({"when_key": "nothing"}, "when_key", ""),
    ],
)
def test_ticks_that_do_not_go_with_the_question_are_refused_beside_their_box(
    plain: Flask, typed: dict[str, str], box: str, words: str
) -> None:
    with plain.test_request_context(), speaking("en"):
        form = form_for("text", document(STAFF, ENTITY, LISTED, MORE), "more").of(
            sent=MultiDict({"label-en": "More", **typed})
        )
        assert not form.validate()
        assert form[box].errors
        assert words in " ".join(map(str, form[box].errors))


@pytest.mark.parametrize(
    "when",
    [{"least": "10"}, {"least": 20, "most": 10}, {"least": True}, {"most": float("nan")}, {"least": [1]}],
)
def test_a_file_with_bounds_that_are_none_is_refused(plain: Flask, when: dict[str, Any]) -> None:
    with plain.test_request_context():
        assert schema.problems(document(STAFF, MORE | {"when": {"key": "staff", **when}}))


def test_bounds_hang_on_what_can_be_compared_only(plain: Flask) -> None:
    name = MORE | {"key": "name"}
    with plain.test_request_context(), speaking("en"):
        bounded = document(name, MORE | {"when": {"key": "name", "answered": True, "least": 5}})
        assert "does not fit" in str(schema.problems(bounded)[0])
        loose = document(FOUNDED, MORE | {"when": {"key": "founded", "least": "20210101"}})
        assert "cannot be read" in str(schema.problems(loose)[0])


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ({"least": 10}, "Only if “Staff” is at least 10 人"),
        ({"most": 0}, "Only if “Staff” is at most 0 人"),
        ({"least": 0, "most": 9}, "Only if “Staff” is from 0 人 to 9 人"),
    ],
)
def test_the_condition_is_said_in_full(plain: Flask, when: dict[str, Any], words: str) -> None:
    field = MORE | {"when": {"key": "staff", **when}}
    day = MORE | {"when": {"key": "founded", "least": "2021-01-01"}}
    with plain.test_request_context(), speaking("en"):
        assert asked.condition_words(document(STAFF, field), field, "en") == words
        assert (
            asked.condition_words(document(FOUNDED, day), day, "en")
            == "Only if “Founded” is 2021-01-01 or later"
        )


@settings(max_examples=300, derandomize=True, database=None, deadline=None,
          suppress_health_check=list(HealthCheck))  # fmt: skip
@given(a_case())
def test_whatever_condition_a_form_has_the_builder_saves_it_as_it_was(
    plain: Flask, case: dict[str, Any]
) -> None:
    with plain.test_request_context():
        for field in case["fields"]:
            when = field.get("when")
            if not when or ordered(when) is None:
                continue
            form = form_for(field["kind"], document(*case["fields"]), field["key"])
            shown = form.of(**as_typed(field, document(*case["fields"]), ZONE))
            sent: MultiDict[str, str] = MultiDict({"label-en": "x", "when_key": shown["when_key"].data})
            for name in ("when_least", "when_most"):
                if name in shown:
                    sent.add(name, as_shown(shown, name))
            for one in when.get("is", []):
                sent.add("when_is", f"{when['key']}={one}")
            saved = form.of(sent=sent)
            saved.validate()
            assert not [name for name in ("when_key", "when_is", "when_least", "when_most")
                        if name in saved and saved[name].errors]  # fmt: skip
            found = declared_from(saved, field | {"columns": []}, ZONE)["when"]
            assert alike(found) == alike(ordered(when))


def alike(when: Any) -> dict[str, Any]:
    """A condition, its answers in no order."""
    return {**when, "is": set(when["is"])} if "is" in when else dict(when)


def ordered(when: dict[str, Any]) -> dict[str, Any] | None:
    """The condition as the builder would write it; None where its bounds stand the wrong way round."""
    least, most = when.get("least"), when.get("most")
    if least is not None and most is not None and least > most:
        return None
    if "is" not in when and least is None and most is None:
        return {"key": when["key"], "answered": True}
    return when


@pytest.mark.parametrize("key", ["errors", "data", "validate", "meta", "csrf_token"])
def test_no_question_is_called_as_a_form_calls_a_thing_of_its_own(plain: Flask, key: str) -> None:
    with plain.test_request_context():
        assert "页面保留" in str(schema.problems(document({**STAFF, "key": key}))[0])
