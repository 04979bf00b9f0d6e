"""The organiser composes the entry form; teams are asked by it only once it is put to use."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from campapp.applications.actions.decision import decide
from campapp.applications.actions.draft import save_answer
from campapp.applications.actions.submission import submit
from campapp.applications.models import EntryFile
from campapp.core import clock
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.files import StoredFile
from campapp.core.form import schema
from campapp.core.form.asked import all_fields, by_key, names_in
from campapp.programmes.actions.form import change_form, composed, draft_of, put_to_use, versions_of
from campapp.programmes.models import FormTemplate, Programme
from campapp.programmes.ready_made import READY_MADE
from tests.cast import actor, browser, person
from tests.factories import BEFORE, application, camp, participation

FAULTY = b'{"sections": [{"key": "a", "fields": [{"key": "x", "kind": "text", "label_en": "X", %b}]}]}'
FIELD = {"label-zh": "营业收入", "label-en": "Revenue", "help-zh": "", "help-en": "", "unit": "万元", "least": "",
         "most": "",
         "seen_by": ["companies", "judges"], "due": "", "freeze": "", "when_key": "", "profile": ""}  # fmt: skip


@pytest.fixture
def stage(app: Flask) -> tuple[FlaskClient, Programme]:
    organiser = person("Olga")
    with clock.at(BEFORE):
        programme = camp(organiser)
    return browser(app, organiser), programme


def keys(programme: Programme) -> list[str]:
    db.session.expire_all()
    return [field["key"] for field in all_fields(composed(programme))]


def add(client: FlaskClient, programme: Programme, **what: str) -> Any:
    return client.post(f"/programmes/{programme.slug}/form/fields", data=what)


def test_every_kind_and_every_ready_made_question_goes_in_and_is_set_up(
    stage: tuple[FlaskClient, Programme],
) -> None:
    client, programme = stage
    for kind in ("text", "long", "choice", "choices", "number", "money", "date", "link", "phone", "credit", "file",
                 "table", "letter", "consent"):  # fmt: skip
        answer = add(client, programme, kind=kind, section="wishes")
        assert answer.status_code == 303
        page = client.get(answer.location)
        assert page.status_code == 200, page.get_data(as_text=True)
    for one in READY_MADE:
        assert add(client, programme, ready=one["key"], section="team").status_code == 303
    db.session.expire_all()
    assert schema.problems(composed(programme)) == []
    assert {one["key"] for one in READY_MADE} <= set(keys(programme))
    assert client.get(f"/programmes/{programme.slug}/form").status_code == 200


def test_a_condition_names_an_earlier_question_and_its_answers(stage: tuple[FlaskClient, Programme]) -> None:
    client, programme = stage
    key = add(client, programme, kind="money", section="files").location.rpartition("/")[2]
    sent = FIELD | {"required": "y", "most": "5亿", "due": "2026-12-05 24:00", "when_key": "cooperation",
                    "when_is": ["cooperation=investment"], "seen_by": ["judges"]}  # fmt: skip
    client.post(f"/programmes/{programme.slug}/form/fields/{key}", data=sent)
    db.session.expire_all()
    field = by_key(composed(programme))[key]
    assert field == {
        "key": key, "kind": "money", "label_zh": "营业收入", "label_en": "Revenue", "unit": "万元", "most": 500_000_000,
        "required": True, "due": "2026-12-05 23:59:59", "seen_by": ["judges"],
        "when": {"key": "cooperation", "is": ["investment"]},
    }  # fmt: skip
    shown = client.get(f"/programmes/{programme.slug}/form").get_data(as_text=True)
    assert "Only if “What you look for” is Investment" in shown
    assert 'lang="zh-CN"' in shown
    assert "营业收入" in shown


def test_a_condition_on_a_bound_is_previewed_with_the_question_it_hangs_on_and_saved(
    stage: tuple[FlaskClient, Programme],
) -> None:
    client, programme = stage
    staff = add(client, programme, kind="number", section="team").location.rpartition("/")[2]
    client.post(f"/programmes/{programme.slug}/form/fields/{staff}", data={"label-en": "Staff", "unit": "人"})
    key = add(client, programme, kind="money", section="files").location.rpartition("/")[2]
    address = f"/programmes/{programme.slug}/form/fields/{key}"
    assert staff in client.get(address).text.split('data-compared="')[1].split('"')[0]
    sent = FIELD | {"unit": "万元", "when_key": staff, "when_least": "10", "when_most": "500"}
    shown = client.post(f"{address}/preview", data=sent).text
    assert "Only if “Staff” is from 10 人 to 500 人" in shown
    assert shown.count(f'data-asked="{staff}"') == 2
    bad = client.post(address, data=sent | {"when_most": "5"})
    assert bad.status_code == 422
    assert "The least is more than the most." in bad.text
    assert client.post(address, data=sent).status_code == 303
    db.session.expire_all()
    assert by_key(composed(programme))[key]["when"] == {"key": staff, "least": 10, "most": 500}
    assert 'value="10"' in client.get(address).text


def test_a_column_may_ask_identity_numbers_and_gets_a_fresh_key_with_its_kind(
    stage: tuple[FlaskClient, Programme],
) -> None:
    client, programme = stage
    key = add(client, programme, kind="table", section="team").location.rpartition("/")[2]
    address = f"/programmes/{programme.slug}/form/fields/{key}"
    row = {
        "label-en": "Visitors",
        "columns-0-key": "c1",
        "columns-0-label_en": "Paper",
        "columns-0-kind": "identity",
    }
    refused = client.post(address, data=row)
    assert refused.status_code == 422
    assert "say which" in refused.text
    assert client.post(address, data=row | {"because-en": "Bonded zone"}).status_code == 303
    db.session.expire_all()
    field = by_key(composed(programme))[key]
    assert field["columns"] == [{"key": "c2", "kind": "identity", "label_en": "Paper"}]
    assert field["because_en"] == "Bonded zone"


def test_a_table_of_people_stays_one_unless_somebody_unticks_it(
    stage: tuple[FlaskClient, Programme],
) -> None:
    client, programme = stage
    key = add(client, programme, kind="table", section="team").location.rpartition("/")[2]
    address = f"/programmes/{programme.slug}/form/fields/{key}"

    def saved(**sent: str) -> Any:
        row = {
            "label-en": "Guests",
            "columns-0-key": "c1",
            "columns-0-label_zh": "姓名",
            "columns-0-kind": "text",
        }
        assert client.post(address, data=row | sent).status_code == 303
        db.session.expire_all()
        field = by_key(composed(programme))[key]
        return field.get("people"), bool(names_in(field))

    assert saved() == (None, True)  # the column of names is new: nobody said that these are no people
    assert saved(people="y") == (None, True)
    assert saved() == (False, False)
    assert saved() == (False, False)
    assert saved(people="y") == (True, True)


def test_questions_move_by_a_step_over_the_edge_of_a_section_and_by_drag(
    stage: tuple[FlaskClient, Programme],
) -> None:
    client, programme = stage
    address = f"/programmes/{programme.slug}/form/fields/link/place?_method=put"
    assert keys(programme)[:4] == ["summary", "sector", "link", "trl"]
    client.post(address, data={"step": "1"})
    assert [f["key"] for f in composed(programme)["sections"][1]["fields"]][:2] == ["link", "trl"]
    client.post(address, data={"section": "wishes", "place": "1"})
    db.session.expire_all()
    wishes = next(s for s in composed(programme)["sections"] if s["key"] == "wishes")
    assert [f["key"] for f in wishes["fields"]] == ["cooperation", "link", "partners", "offer"]
    assert client.post(f"/programmes/{programme.slug}/form/change?_method=delete").status_code == 303
    db.session.expire_all()
    assert composed(programme)["sections"][1]["fields"][0]["key"] == "link"


def test_two_organisers_on_two_questions_both_stay_on_one_the_second_is_shown_both(
    stage: tuple[FlaskClient, Programme],
) -> None:
    client, programme = stage
    first, second = (
        add(client, programme, kind="money", section="files").location.rpartition("/")[2] for _n in "ab"
    )
    pages = {key: f"/programmes/{programme.slug}/form/fields/{key}" for key in (first, second)}
    seen = {
        key: client.get(url).get_data(as_text=True).split('name="seen" value="')[1][:16]
        for key, url in pages.items()
    }
    assert client.post(pages[first], data=FIELD | {"seen": seen[first]}).status_code == 303
    assert (
        client.post(pages[second], data=FIELD | {"seen": seen[second], "label-en": "Other"}).status_code
        == 303
    )
    late = client.post(pages[first], data=FIELD | {"seen": seen[first], "label-en": "Mine"})
    assert late.status_code == 409
    assert "Mine" in late.get_data(as_text=True)
    assert "Revenue" in late.get_data(as_text=True)
    db.session.expire_all()
    assert by_key(composed(programme))[first]["label_en"] == "Revenue"
    assert by_key(composed(programme))[second]["label_en"] == "Other"


def test_the_effect_is_shown_first_and_old_answers_stay_readable(
    app: Flask, stage: tuple[FlaskClient, Programme]
) -> None:
    client, programme = stage
    with clock.at(BEFORE):
        entry = application(programme, person("Cao"), "Mine")
        application(programme, person("Dan"), "Theirs", state="draft")
        client.post(f"/programmes/{programme.slug}/form/fields/sector?_method=delete")
        add(client, programme, ready="entity", section="team")
        shown = client.get(f"/programmes/{programme.slug}/form/use/new").get_data(as_text=True)
        assert "1 entries are in, 1 drafts are open" in shown
        assert "1 submitted entry: answered. The answers stay readable" in shown
        assert "1 submitted entry: no answer." in shown
        draft = client.get(f"/applications/{entry.id}").get_data(as_text=True)
        assert "Kind of entrant" not in draft
        answer = client.post(f"/programmes/{programme.slug}/form/use")
        assert answer.status_code == 303
        db.session.expire_all()
        assert [version.number for version in versions_of(programme)] == [2, 1]
        old = client.get(f"/applications/{entry.id}").get_data(as_text=True)
        assert "<dt>Sector</dt>" in old
        assert "Kind of entrant" not in old


def test_a_key_never_means_two_kinds(stage: tuple[FlaskClient, Programme]) -> None:
    client, programme = stage
    document = {"sections": [{"key": "a", "title_zh": "甲", "title_en": "A", "fields": [
        {"key": "sector", "kind": "number", "label_zh": "领域", "label_en": "Sector"}]}]}  # fmt: skip
    answer = client.post(
        f"/programmes/{programme.slug}/form/file",
        data={"file": (io.BytesIO(json.dumps(document).encode()), "form.json")},
    )
    assert answer.status_code == 422
    assert "Version 1 asked another kind of question by this key." in answer.get_data(as_text=True)


def test_a_form_goes_out_as_json_and_comes_back_the_same(stage: tuple[FlaskClient, Programme]) -> None:
    client, programme = stage
    add(client, programme, ready="rounds", section="team")
    body = client.get(f"/programmes/{programme.slug}/form/file.json").get_data()
    standing = composed(programme)
    client.post(f"/programmes/{programme.slug}/form/fields/rounds?_method=delete")
    answer = client.post(
        f"/programmes/{programme.slug}/form/file", data={"file": (io.BytesIO(body), "form.json")}
    )
    assert answer.status_code == 303
    db.session.expire_all()
    assert composed(programme) == standing


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"{", "This is no JSON"),
        (b"[]", "no list of sections"),
        (b'{"sections": [{"key": "a", "fields": [{"key": "x", "kind": "magic"}]}]}', "no kind of field"),
        (FAULTY % b'"onclick": "x"', "onclick"),
        (FAULTY % b'"longest": 1e999', "whole"),
        (FAULTY.replace(b"text", b"number") % b'"least": NaN', "bound"),
        (b"[" * 100_000, "JSON"),
        (FAULTY % b'"when": {"key": ["x"]}', "stands before"),
        (FAULTY.replace(b"text", b"money") % b'"unit": ["x"]', "unit of money"),
        (FAULTY % rb'"help_en": "\ud800"', "This is no JSON"),
    ],
)  # fmt: skip
def test_what_is_no_form_is_refused_with_its_fault_and_nothing_is_taken(
    stage: tuple[FlaskClient, Programme], body: bytes, words: str
) -> None:
    client, programme = stage
    answer = client.post(
        f"/programmes/{programme.slug}/form/file", data={"file": (io.BytesIO(body), "f.json")}
    )
    assert answer.status_code == 422
    assert words in answer.get_data(as_text=True)
    assert draft_of(programme) is None


def test_a_template_serves_another_programme_without_its_dates(
    app: Flask, stage: tuple[FlaskClient, Programme]
) -> None:
    client, programme = stage
    other_organiser = person("Otto")
    with clock.at(BEFORE):
        other = camp(other_organiser, title="Next Camp")
    with current.set(actor=actor(person("Ada", administrator=True), "administrator:0")):
        change_form(programme, lambda d: {"sections": [d["sections"][0] | {"fields": [
            d["sections"][0]["fields"][0] | {"due": "2026-12-05 23:59:59"}]}]})  # fmt: skip
    assert (
        client.post(f"/programmes/{programme.slug}/form/templates", data={"title": "Short"}).status_code
        == 303
    )
    row = db.session.scalars(select(FormTemplate)).one()
    theirs = browser(app, other_organiser)
    assert "Short" in theirs.get(f"/programmes/{other.slug}/form/templates").get_data(as_text=True)
    theirs.post(f"/programmes/{other.slug}/form/template", data={"template": str(row.id)})
    db.session.expire_all()
    assert [field.get("due") for field in all_fields(composed(other))] == [None]
    assert theirs.post(f"/programmes/{other.slug}/form/templates/{row.id}?_method=delete").status_code in {
        403,
        404,
    }


def test_a_company_sees_only_what_its_questions_say_and_phones_masked(app: Flask) -> None:
    organiser, rep = person("Olga"), person("Rita")
    with clock.at(BEFORE):
        programme = camp(organiser)
        with current.set(actor=actor(organiser)):
            change_form(programme, lambda d: {"sections": [*d["sections"], {
                "key": "more", "title_zh": "更多", "title_en": "More", "fields": [
                    {"key": "inner", "kind": "text", "label_zh": "内部", "label_en": "Inner", "seen_by": []},
                    {"key": "secret", "kind": "text", "label_zh": "保密", "label_en": "Secret", "confidential": True},
                    {"key": "phone", "kind": "phone", "label_zh": "电话", "label_en": "Telephone"},
                ]}]})  # fmt: skip
            put_to_use(programme)
        entry = application(programme, person("Cao"), "Mine", state="draft")
        with current.set(actor=SYSTEM):
            for key, value in (
                ("inner", "INNERWORDS"),
                ("secret", "SECRETWORDS"),
                ("phone", "+8613800008000"),
            ):
                save_answer(entry, key, value)
            submit(entry, "n", agreed=("companies",))
            decide(entry, "eligible", quiet=True)
            decide(entry, "accepted", quiet=True)
        row = participation(programme, "Far Ltd", representative=rep)
        page = (
            browser(app, rep, f"representative:{row.company_id}")
            .get(f"/applications/{entry.id}")
            .get_data(as_text=True)
        )
        staff = browser(app, organiser).get(f"/applications/{entry.id}").get_data(as_text=True)
    assert "INNERWORDS" not in page
    assert "SECRETWORDS" not in page
    assert "138****8000" in page
    assert "8613800008000" not in page
    for words in ("INNERWORDS", "SECRETWORDS", "138 0000 8000"):
        assert words in staff


def test_files_given_already_are_seen_as_the_new_form_says(stage: tuple[FlaskClient, Programme]) -> None:
    _client, programme = stage
    with clock.at(BEFORE):
        entry = application(programme, person("Cao"), "Mine", state="draft")
    db.session.add(EntryFile(application_id=entry.id, key="deck", file_id=stored().id, confidential=True))
    db.session.commit()
    with current.set(actor=actor(person("Ada", administrator=True), "administrator:0")):
        change_form(
            programme, lambda d: json.loads(json.dumps(d).replace('"confidential": true', '"seen_by": []'))
        )
        put_to_use(programme)
    db.session.expire_all()
    file = db.session.scalars(select(EntryFile)).one()
    assert (file.confidential, file.for_companies) == (False, False)


def stored() -> Any:
    row = StoredFile(name="deck.pdf", sha256="0" * 64, size=1, media_type="application/pdf")
    db.session.add(row)
    db.session.flush()
    return row
