"""Invented answers and files: of every kind, always such that they fit the question."""

from __future__ import annotations

from collections import Counter

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from campapp.applications.models import Application, EntryFile
from campapp.core import file_kinds, files
from campapp.core.action import bulk
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.form import answers as kept
from campapp.core.form import kinds, schema
from campapp.core.text import codes
from campapp.demo import supporting
from campapp.demo.inventing import invented, invented_answers, invented_file
from campapp.demo.people import found_cast
from campapp.demo.stock import plant_companies
from campapp.dues.actions.follow_up import write_follow_up
from campapp.dues.models import Due
from campapp.matching.models import Preference
from campapp.programmes import ready_made
from campapp.programmes.actions.form import change_form, put_to_use
from campapp.programmes.actions.group import make_group, set_checklist
from campapp.programmes.actions.programme import set_staff
from campapp.programmes.models import Participation
from tests.core.form.generated import a_case
from tests.factories import camp

IDENTITY = {
    "key": "card",
    "kind": "identity",
    "label_zh": "身份证",
    "because_zh": "入园登记",
    "required": True,
}
FILMED = {"key": "film", "kind": "file", "label_zh": "视频", "kinds": ["video"], "required": True}


@settings(max_examples=300, derandomize=True, database=None, deadline=None,
          suppress_health_check=list(HealthCheck))  # fmt: skip
@given(a_case(), st.integers(0, 40))
def test_whatever_a_form_asks_the_invented_answers_could_be_submitted(
    plain: Flask, case: dict[str, list[dict[str, object]]], index: int
) -> None:
    document = {"sections": [{"key": "s", "title_zh": "甲", "fields": case["fields"]}]}
    with plain.test_request_context():
        if schema.problems(document):
            return
        found = invented_answers(document, index)
        files_given = {str(field["key"]) for field in case["fields"] if field["kind"] in kinds.GIVEN}
        assert kept.misfits(document, found) == {}
        assert kept.missing(document, found, files_given) == {}


def test_no_two_teams_give_the_same_number_and_no_identity_number_is_anybodys() -> None:
    for field in (IDENTITY, {"key": "c", "kind": "credit"}, {"key": "p", "kind": "phone"}):
        made = [invented(field, index, row) for index in range(16) for row in range(5)]
        assert len(set(made)) == len(made)
    cards = [invented(IDENTITY, index) for index in range(30)]
    assert all(codes.identity(card) == card and card.startswith("000000") for card in cards)


@pytest.mark.parametrize("kind", schema.FILE_KINDS)
def test_a_file_of_each_kind_is_one_by_its_content(app: Flask, kind: str) -> None:
    stored = invented_file({"key": "f", "label_zh": "附件"}, [kind], 3)
    file_kinds.check(files.place(stored.sha256), [kind])
    assert 0 < stored.size < 100_000


def test_teams_stand_in_every_state_with_files_companies_answer_and_some_is_handed_in(app: Flask) -> None:
    with current.set(actor=SYSTEM, locale="zh_CN"):
        programme = camp()
        change_form(programme, lambda before: {"sections": [*before["sections"], {
            "key": "more", "title_zh": "更多", "title_en": "", "fields": [
                ready_made.ENTITY, {**ready_made.CREDIT_CODE, "when": {"key": "entity", "is": ["enterprise"]}},
                ready_made.MEMBERS, ready_made.LETTER, IDENTITY, FILMED]}]})  # fmt: skip
        put_to_use(programme)
        for value in ("enterprise", "team"):
            make_group(
                programme, title_zh=value, title_en="", conditions=[{"fact": "answer.entity", "is": [value]}]
            )
        set_checklist(programme, [{"title_zh": "材料齐全", "title_en": "", "auto": ""}])
        later = write_follow_up(programme, "team:accepted", title_zh="行前", due_at=programme.deadline)
        change_form(later, lambda _before: ready_made.usual_later())
        put_to_use(later)
        cast = found_cast("*")
        with bulk():
            set_staff(programme, cast.organiser, "owner")
        supporting.invent_companies(programme, plant_companies(cast))
        supporting.invent_teams(programme, cast, 16)
        supporting.invent_wishes(programme)
        supporting.invent_follow_ups(programme)
    entries = list(db.session.scalars(select(Application)))
    assert Counter(entry.state for entry in entries) == Counter(supporting.STATES)
    assert not any(entry.collected_outside for entry in entries)
    assert len({entry.group_id for entry in entries}) == 2
    given_ = db.session.scalars(select(EntryFile.key)).all()
    assert Counter(given_) == dict.fromkeys(("deck", "introduction", "promise", "film"), 16)
    states = Counter(db.session.scalars(select(Participation.state)))
    assert states == {"confirmed": 6, "declined": 1, "invited": 1}
    assert set(db.session.scalars(select(Preference.side))) == {"team", "company"}
    assert set(db.session.scalars(select(Due.stands))) >= {"given", "owed"}
    assert "campapp" not in set(db.session.scalars(select(Due.name)))
