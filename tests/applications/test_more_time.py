"""More time for one team, late entry by code, fields that are due later or fixed earlier, grace for uploads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import refresh
from sqlalchemy import select

from campapp.applications.actions.allowance import code_of, grant, redeem, revoke
from campapp.applications.actions.draft import save_answer
from campapp.applications.actions.file import give_file
from campapp.applications.actions.submission import Incomplete, submit, supplement
from campapp.applications.models import Allowance, Application, Submission
from campapp.core import clock
from campapp.core.access import Refused
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.files import StoredFile
from campapp.core.outbox import Letter
from campapp.core.text.language import Unreadable
from campapp.pool.models import Snapshot
from campapp.programmes.actions.form import change_form, put_to_use
from campapp.programmes.actions.programme import move_deadline
from campapp.programmes.models import Programme
from tests.cast import actor, browser, person
from tests.factories import BEFORE, DEADLINE, answer_what_is_required, application, camp

TUESDAY = datetime.fromisoformat("2026-12-01T15:59:59+00:00")
SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)


def frozen(entry: Application) -> dict[str, Any]:
    db.session.expire_all()
    submission = db.session.get_one(Submission, entry.submission_id)
    return db.session.get_one(Snapshot, submission.snapshot_id).document


def text(client: FlaskClient, address: str) -> str:
    """A page, in its reader's language and not in that of the test around it."""
    refresh()
    return client.get(address).text


def form_with(programme: Programme, **changes: dict[str, Any]) -> None:
    """Put a form to use in which some questions are set up otherwise."""

    def change(document: dict[str, Any]) -> dict[str, Any]:
        return {"sections": [
            {**s, "fields": [{**f, **changes.get(f["key"], {})} for f in s["fields"]]} for s in document["sections"]
        ]}  # fmt: skip

    with current.set(actor=SYSTEM):
        change_form(programme, change)
        put_to_use(programme)


def a_file() -> StoredFile:
    return StoredFile(name="deck.pdf", sha256="0" * 64, size=1, media_type="application/pdf")


def test_an_extension_lets_in_its_team_alone_and_receipt_and_log_name_it(app: Flask) -> None:
    organiser, captain, rival = person("Olga"), person("Cao"), person("Rita")
    with clock.at(BEFORE):
        programme = camp(organiser)
        entry = application(programme, captain, "Mine")
        other = application(programme, rival, "Theirs")
        with current.set(actor=actor(organiser)):
            row = grant(programme, reason="fire in the office", until=TUESDAY, application=entry)
    with clock.at(TUESDAY):
        with current.set(actor=actor(rival)), pytest.raises(Refused):
            submit(other, "n2")
        with current.set(actor=actor(captain)):
            received = submit(entry, "n2")
        assert received.allowance_id == row.id
        client = browser(app, captain)
        shown = text(client, f"/applications/{entry.id}/submission")
        assert f"No. {row.id}, until 1 December 2026, 23:59:59 (Beijing time)" in shown
        assert "fire in the office" not in text(client, f"/applications/{entry.id}")
        assert "fire in the office" in text(
            browser(app, organiser), f"/programmes/{programme.slug}/allowances"
        )
        theirs = browser(app, rival)
        for page in (
            f"/applications/{other.id}",
            f"/applications/{other.id}/draft",
            f"/programmes/{programme.slug}",
            "/",
        ):
            assert "1 December 2026, 23:59" not in text(theirs, page)
    with clock.at(TUESDAY + SECOND), current.set(actor=actor(captain)), pytest.raises(Refused):
        submit(entry, "n3")
    letters = db.session.scalars(select(Letter).where(Letter.template == "applications/extended")).all()
    assert [letter.audience for letter in letters] == [f"team:{entry.team_id}"]


def test_a_taken_back_extension_lets_nobody_in_and_what_is_in_stays_in(app: Flask) -> None:
    organiser, captain = person("Olga"), person("Cao")
    with clock.at(BEFORE):
        programme = camp(organiser)
        entry = application(programme, captain, "Mine")
        with current.set(actor=actor(organiser)):
            row = grant(programme, reason="ill", until=TUESDAY, application=entry)
    with clock.at(DEADLINE + HOUR):
        with current.set(actor=actor(captain)):
            submit(entry, "n2")
        with current.set(actor=actor(organiser)):
            revoke(row)
        with current.set(actor=actor(captain)), pytest.raises(Refused):
            submit(entry, "n3")
    assert entry.state == "submitted"
    assert db.session.query(Submission).count() == 2


def test_a_code_lets_one_team_begin_late_and_no_second_one(app: Flask) -> None:
    organiser, captain, rival = person("Olga"), person("Cao"), person("Rita")
    with clock.at(BEFORE):
        programme = camp(organiser)
    with clock.at(DEADLINE + HOUR):
        with current.set(actor=actor(organiser)):
            code = code_of(grant(programme, reason="came by post", until=TUESDAY))
        sent = {"team": "Late Ltd", "project": "Late work"}
        mine, theirs = browser(app, captain), browser(app, rival)
        page = f"/programmes/{programme.slug}/entry"
        refused = mine.post(page, data=sent)
        assert refused.status_code == 422
        assert "Only an entry code lets a team in now." in refused.text
        assert "Late work" in refused.text
        assert mine.post(page, data=sent | {"code": "1-WRONGONE"}).status_code == 422
        assert db.session.query(Application).count() == 0
        taken = mine.post(page, data=sent | {"code": f" {code.lower()} "})
        assert taken.status_code == 303, taken.text
        assert theirs.post(page, data={"team": "X", "project": "Y", "code": code}).status_code == 422
        entry = db.session.scalars(select(Application)).one()
        shown = text(browser(app, organiser), f"/programmes/{programme.slug}/allowances")
        assert "a team that used the code" in shown
        assert "Late Ltd" not in shown
        with current.set(actor=actor(captain)):
            answer_what_is_required(entry)
            submit(entry, "n1")
    assert entry.state == "submitted"


def test_a_code_of_another_programme_or_used_once_is_worth_nothing(app: Flask) -> None:
    organiser, captain = person("Olga"), person("Cao")
    with clock.at(BEFORE):
        programme, elsewhere = camp(organiser), camp(organiser, title="Other")
        entry = application(programme, captain, "Mine", state="draft")
        with current.set(actor=SYSTEM):
            wrong, right = (grant(p, reason="r", until=TUESDAY) for p in (elsewhere, programme))
        client = browser(app, captain)
        answer = client.post(f"/applications/{entry.id}/allowance", data={"code": code_of(wrong)})
        assert answer.status_code == 422
        assert (
            client.post(f"/applications/{entry.id}/allowance", data={"code": code_of(right)}).status_code
            == 303
        )
        with current.set(actor=actor(captain)), pytest.raises(Unreadable):
            redeem(entry, right)
    assert db.session.get_one(Allowance, right.id).application_id == entry.id


def test_a_field_due_later_may_follow_and_nothing_else_changes_with_it(app: Flask) -> None:
    captain = person("Cao")
    with clock.at(BEFORE):
        programme = camp()
        form_with(programme, novelty={"required": True, "due": "2026-12-01 24:00"})
        entry = application(programme, captain, "Mine")
        with current.set(actor=actor(captain)):
            save_answer(entry, "partners", "as submitted")
            submit(entry, "n2")
    with clock.at(DEADLINE + HOUR), current.set(actor=actor(captain)):
        save_answer(entry, "partners", "changed too late")
        save_answer(entry, "novelty", "what is new")
        with pytest.raises(Refused):
            submit(entry, "n3")
        later = supplement(entry, "n4")
        assert supplement(entry, "n4").id == later.id
    assert frozen(entry)["answers"]["novelty"] == "what is new"
    assert frozen(entry)["answers"]["partners"] == "as submitted"
    with clock.at(TUESDAY + SECOND), current.set(actor=actor(captain)), pytest.raises(Refused):
        supplement(entry, "n5")


def test_who_did_not_submit_in_time_has_nothing_to_supplement(app: Flask) -> None:
    captain = person("Cao")
    with clock.at(BEFORE):
        programme = camp()
        form_with(programme, novelty={"due": "2026-12-01 24:00"})
        entry = application(programme, captain, "Mine", state="draft")
    with clock.at(DEADLINE + HOUR), current.set(actor=actor(captain)), pytest.raises(Refused):
        supplement(entry, "n1")


def test_a_fixed_field_stays_as_it_is_while_others_change(app: Flask) -> None:
    captain = person("Cao")
    with clock.at(BEFORE):
        programme = camp()
        form_with(programme, sector={"freeze": "2026-11-21 00:00"})
        entry = application(programme, captain, "Mine")
    with clock.at(BEFORE + timedelta(days=2)):
        client = browser(app, captain)
        refresh()
        answer = client.patch(
            f"/applications/{entry.id}/draft/project",
            data={"fields": ["sector", "summary"], "sector": "chips", "summary": "new words"},
        ).get_json()
    db.session.expire_all()
    assert "fixed since 2026-11-21" in answer["errors"]["sector"]
    assert entry.answers["sector"] == "AI"
    assert entry.answers["summary"] == "new words"


def test_grace_lets_a_file_follow_a_submission_made_in_time(app: Flask) -> None:
    captain = person("Cao")
    with clock.at(BEFORE):
        programme = camp()
        form_with(programme, introduction={"required": True})
        entry = application(programme, captain, "Mine", state="draft")
    field = {"key": "introduction", "kind": "file"}
    with clock.at(DEADLINE), current.set(actor=actor(captain)):
        with pytest.raises(Incomplete):
            submit(entry, "n1")
        with current.set(actor=SYSTEM):
            move_deadline(programme, DEADLINE, grace=30)
        submit(entry, "n2")
        shown = text(browser(app, captain), f"/applications/{entry.id}/submission")
        assert "Still to follow" in shown
        assert "may still finish its uploads until 29 November 2026, 00:29:59" in shown
    with clock.at(DEADLINE + timedelta(minutes=29)):
        for page in ("draft", "submission/new", "submission"):
            shown = text(browser(app, captain), f"/applications/{entry.id}/{page}")
            assert "may still finish its uploads until" in shown
    with clock.at(DEADLINE + timedelta(minutes=30)), current.set(actor=actor(captain)):
        give_file(entry, field, a_file())
        supplement(entry, "n3")
    assert [file["name"] for file in frozen(entry)["files"]["introduction"]] == ["deck.pdf"]
    late = clock.at(DEADLINE + timedelta(minutes=30, seconds=1))
    with late, current.set(actor=actor(captain)):
        with pytest.raises(Refused):
            supplement(entry, "n4")
        assert "finish its uploads" not in text(browser(app, captain), f"/applications/{entry.id}/draft")


def test_what_is_typed_after_the_deadline_is_kept_and_the_press_refused_with_both_times(app: Flask) -> None:
    captain = person("Cao")
    with clock.at(BEFORE):
        entry = application(camp(), captain, "Mine", state="draft")
    with clock.at(DEADLINE + SECOND):
        client = browser(app, captain)
        saved = client.patch(
            f"/applications/{entry.id}/draft/project",
            data={"fields": ["summary"], "summary": "typed at the last second"},
        ).get_json()
        assert saved["errors"] == {}
        refresh()
        answer = client.post(f"/applications/{entry.id}/submission", data={"nonce": "n"})
        assert answer.status_code == 403
        assert "28 November 2026, 23:59:59 (Beijing time)" in answer.text
        assert "2026-11-29 00:00:00" in answer.text
        assert "typed at the last second" in text(client, f"/applications/{entry.id}/draft")


@pytest.mark.parametrize(
    ("locale", "words"), [("zh_CN", "2026年11月28日 24:00"), ("en", "28 November 2026, 23:59:59")]
)
def test_a_deadline_at_the_end_of_the_day_reads_24_00_in_chinese(app: Flask, locale: str, words: str) -> None:
    organiser, captain = person("Olga"), person("Cao", locale=locale)
    with clock.at(BEFORE):
        programme = camp(organiser)
        answer = browser(app, organiser).post(
            f"/programmes/{programme.slug}/deadline",
            data={"deadline": "2026年11月28日 24:00", "grace_minutes": "15"},
        )
        assert answer.status_code == 303
        db.session.expire_all()
        assert (programme.deadline, programme.grace_minutes) == (DEADLINE, 15)
        entry = application(programme, captain, "Mine", state="draft")
        client = browser(app, captain)
        for page in (f"/programmes/{programme.slug}", f"/applications/{entry.id}"):
            assert words in text(client, page)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_extensions_asks_as_little_for_three_as_for_one(
    app: Flask, statements: Callable[[Callable[[], object]], int], rows: int
) -> None:
    organiser = person("Olga")
    with clock.at(BEFORE):
        programme = camp(organiser)
        with current.set(actor=SYSTEM):
            for _n in range(rows):
                grant(programme, reason="r", until=TUESDAY)
        client = browser(app, organiser)
        client.get(f"/programmes/{programme.slug}/allowances")
        assert statements(lambda: client.get(f"/programmes/{programme.slug}/allowances")) == 7


def test_a_new_entry_is_filled_from_the_project_and_its_last_entry(app: Flask) -> None:
    captain = person("Cao")
    with clock.at(BEFORE):
        first = camp()
        entry = application(first, captain, "Mine", state="draft")
        with current.set(actor=actor(captain)):
            save_answer(entry, "novelty", "new since last year")
            save_answer(entry, "proof", "two pilots")
            submit(entry, "n1")
        again = camp(title="Next year")
        form_with(again, novelty={"again": True})
        client = browser(app, captain)
        page = text(client, f"/programmes/{again.slug}/entry/new")
        assert "Mine project" in page
        sent = {"team": "Mine", "project": "", "known": str(entry.project_id)}
        assert client.post(f"/programmes/{again.slug}/entry", data=sent).status_code == 303
    made = db.session.scalars(select(Application).where(Application.programme_id == again.id)).one()
    assert made.project_id == entry.project_id
    assert made.answers["novelty"] == "new since last year"
    assert made.answers["summary"] == "Edge inference for small devices"
    assert made.answers["trl"] == "6"
    assert "proof" not in made.answers


def test_hidden_fields_posted_after_the_submission_change_nothing(app: Flask) -> None:
    captain = person("Cao")
    with clock.at(BEFORE):
        entry = application(camp(), captain, "Mine")
        before = frozen(entry)
        client = browser(app, captain)
        forged = {
            "track": "99", "status": "accepted", "state": "accepted", "group": "99", "group_id": "99",
            "team_id": "99", "number": "A-9999", "fields": ["track", "state", "group", "team_id"],
        }  # fmt: skip
        assert client.patch(f"/applications/{entry.id}/draft/project", data=forged).status_code == 200
        client.post(f"/applications/{entry.id}/draft/project", data=forged)
    assert frozen(entry) == before
    assert (entry.state, entry.group_id, entry.number) == ("submitted", None, "A-0001")
    assert not {"track", "state", "group", "team_id"} & set(entry.answers)
