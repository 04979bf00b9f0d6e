"""A file of any form, brought by an organiser: refused with words, or asked of teams, filled in and handed in."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campapp.applications.actions.decision import decide
from campapp.applications.actions.draft import save_answer
from campapp.applications.actions.file import give_file
from campapp.applications.actions.submission import submit
from campapp.applications.models import Application
from campapp.core import clock
from campapp.core.current import SYSTEM, current
from campapp.core.form import kinds, schema
from campapp.core.form.asked import all_fields, asked
from campapp.demo.inventing import invented_answers, invented_file
from campapp.dues.actions.answer import answer, rows_of
from campapp.dues.actions.follow_up import write_follow_up
from campapp.programmes.models import Programme
from tests.cast import browser, person
from tests.core.form.anything import a_document
from tests.core.form.generated import a_case
from tests.factories import BEFORE, application, camp


def invented(strategy: st.SearchStrategy[Any], count: int) -> list[Any]:
    found: list[Any] = []

    @settings(max_examples=count, derandomize=True, database=None, deadline=None,
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(strategy)
    def invent(one: Any) -> None:
        found.append(one)

    invent()
    return found


def sound(count: int) -> list[dict[str, Any]]:
    """Forms of every kind of question, without a fault; the longest of those that were invented."""
    made = [{"sections": [{"key": "s", "title_zh": "甲", "title_en": "A", "fields": one["fields"]}]}
            for one in invented(a_case(), 120)]  # fmt: skip
    good = [one for one in made if not schema.problems(one)]
    return sorted(good, key=lambda one: -len(json.dumps(one)))[:count]


def brought(client: FlaskClient, page: str, document: Any) -> Any:
    body = json.dumps(document).encode()
    return client.post(f"{page}/file", data={"file": (io.BytesIO(body), "f.json")})


def opened(client: FlaskClient, *addresses: str) -> None:
    for address in addresses:
        assert client.get(address, follow_redirects=True).status_code == 200, address


def handed_in(programme: Programme, entry: Application, document: dict[str, Any]) -> None:
    answers = invented_answers(document, 1)
    with current.set(actor=SYSTEM):
        for field in all_fields(document):
            if field["key"] not in asked(document, answers):
                continue
            if field["kind"] in kinds.GIVEN:
                give_file(entry, field, invented_file(field, kinds.kinds_of(field), 1))
            else:
                save_answer(entry, field["key"], answers[field["key"]])
        submit(entry, "nonce")


def test_a_sound_form_is_shown_filled_in_and_handed_in(app: Flask) -> None:
    organiser, captain = person("Olga"), person("Cara")
    with app.test_request_context():
        documents = sound(5)
    for number, document in enumerate(documents):
        with clock.at(BEFORE):
            programme = camp(organiser, slots=False, title=f"Camp {number}")
            entry = application(programme, captain, f"Team {number}", state="draft")
            staff = browser(app, organiser, f"organiser:{programme.id}")
            team = browser(app, captain, f"member:{entry.team_id}")
            page = f"/programmes/{programme.slug}/form"
            assert brought(staff, page, document).status_code == 303
            opened(
                staff, page, f"{page}/use/new", *(f"{page}/fields/{f['key']}" for f in all_fields(document))
            )
            assert staff.post(f"{page}/use").status_code == 303
            mine = f"/applications/{entry.id}"
            opened(team, f"{mine}/draft", f"{mine}/submission/new")
            handed_in(programme, entry, document)
            opened(team, mine, f"{mine}/submission", f"{mine}/paper")
            opened(staff, mine, f"/programmes/{programme.slug}/applications")


def test_a_sound_follow_up_is_shown_filled_in_and_handed_in(app: Flask) -> None:
    organiser, captain = person("Olga"), person("Cara")
    with clock.at(BEFORE):
        programme = camp(organiser, slots=False)
        entry = application(programme, captain, "Team", state="eligible")
        staff, team = browser(app, organiser), browser(app, captain)
        with app.test_request_context():
            documents = sound(5)
        with current.set(actor=SYSTEM):
            decide(entry, "accepted", quiet=True)
        for document in documents:
            with current.set(actor=SYSTEM):
                row = write_follow_up(programme, "team:accepted", title_en="Later", title_zh="行前")
            page = f"/programmes/{programme.slug}/follow-ups/{row.id}/form"
            refused = any(kinds.asks_identity(field) for field in all_fields(document))
            said = brought(staff, page, document)
            assert said.status_code == (422 if refused else 303)
            if refused:
                continue
            opened(
                staff, page, f"{page}/use/new", *(f"{page}/fields/{f['key']}" for f in all_fields(document))
            )
            assert staff.post(f"{page}/use").status_code == 303
            sheet = f"/applications/{entry.id}/follow-ups/{row.id}"
            opened(team, sheet)
            with current.set(actor=SYSTEM):
                answer(entry, row, invented_answers(document, 1))
            owed = {key for key, due in rows_of(row, entry).items() if due.stands == "owed"}
            assert owed <= {field["key"] for field in all_fields(document) if field["kind"] in kinds.GIVEN}
            opened(team, sheet)
            opened(staff, f"/programmes/{programme.slug}/dues", f"/applications/{entry.id}")


@pytest.mark.parametrize("later", [False, True])
def test_any_file_is_taken_over_or_refused_in_words(app: Flask, later: bool) -> None:
    organiser = person("Olga")
    with clock.at(BEFORE):
        programme = camp(organiser, slots=False)
        page = f"/programmes/{programme.slug}/form"
        if later:
            with current.set(actor=SYSTEM):
                row = write_follow_up(programme, "team:accepted", title_en="Later", title_zh="行前")
            page = f"/programmes/{programme.slug}/follow-ups/{row.id}/form"
        staff, seen = browser(app, organiser), set()
        for document in invented(a_document(), 60):
            said = brought(staff, page, document)
            seen.add(said.status_code)
            if said.status_code == 422:
                assert "<ul><li>" in said.text
            else:
                assert said.status_code == 303
                opened(staff, page)
    assert seen == {303, 422}
