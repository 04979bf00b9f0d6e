"""The formal check: items found by themselves, marked by several, ended once, read the same by all."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import refresh
from sqlalchemy import select

from campapp.accounts.models import Account
from campapp.applications.actions.check import end_check, mark_item
from campapp.applications.actions.decision import undo_decision
from campapp.applications.actions.draft import save_answer
from campapp.applications.actions.submission import submit, take_in
from campapp.applications.checking import items_of, last_result, lines_of, why
from campapp.applications.looks import STANDARD
from campapp.applications.models import Application, CheckMark, CheckResult
from campapp.core import clock
from campapp.core.access import Refused
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.events import Stale
from campapp.core.language import speaking
from campapp.programmes.actions.group import set_checklist
from campapp.programmes.actions.programme import set_staff
from campapp.programmes.models import CheckItem, Programme
from tests.cast import actor, browser, person
from tests.factories import BEFORE, application, camp, participation

BY_HAND = len(STANDARD) - 1
MONDAY = datetime.fromisoformat("2026-11-23T15:59:59+00:00")


def text(client: FlaskClient, address: str) -> str:
    refresh()
    return client.get(address).text


@pytest.fixture
def stage(app: Flask) -> tuple[Any, Programme, Application]:
    organiser = person("Olga")
    with clock.at(BEFORE):
        programme = camp(organiser)
        with current.set(actor=SYSTEM):
            set_checklist(
                programme, [{"title_zh": zh, "title_en": en, "auto": auto} for zh, en, auto in STANDARD]
            )
        entry = application(programme, person("Cao"), "Mine")
    return organiser, programme, entry


def item(programme: Programme, number: int) -> CheckItem:
    return items_of(programme.id)[number]


def test_what_can_be_found_out_by_itself_is_filled_in_and_the_rest_waits_for_a_person(
    stage: tuple[Any, Programme, Application],
) -> None:
    organiser, programme, entry = stage
    with clock.at(BEFORE), current.set(actor=actor(organiser)):
        assert [line.verdict for line in lines_of(entry)] == ["passed"] * BY_HAND + [""]
        with pytest.raises(Refused):
            end_check(entry, "eligible")
        mark_item(entry, item(programme, BY_HAND), "passed")
        end_check(entry, "eligible")
    assert entry.state == "eligible"


def test_of_an_entry_that_was_collected_elsewhere_nothing_of_a_form_is_taken_as_found(
    stage: tuple[Any, Programme, Application],
) -> None:
    organiser, programme, _entry = stage
    with clock.at(BEFORE):
        collected = application(programme, person("Dai"), "Theirs", state="draft")
        with current.set(actor=SYSTEM):
            take_in(collected)
        with current.set(actor=actor(organiser)):
            found = {line.item.auto: line.verdict for line in lines_of(collected)}
    assert {found[auto] for auto in ("answers", "files", "letter", "code")} == {""}


def test_a_second_entry_of_the_same_project_fails_and_names_the_other(
    app: Flask, stage: tuple[Any, Programme, Application]
) -> None:
    _organiser, _programme, entry = stage
    with clock.at(BEFORE):
        twin = application(db.session.get_one(Programme, entry.programme_id), person("Dan"), "Twin")
        twin.project_id = entry.project_id
        db.session.commit()
        with speaking("en"):
            line = next(line for line in lines_of(entry) if line.item.auto == "duplicates")
    assert (line.verdict, line.reason) == (
        "failed",
        f"The same organisation or project stands in {twin.number}.",
    )


def test_a_failed_item_needs_a_reason_and_all_reasons_go_out_together(
    app: Flask, stage: tuple[Any, Programme, Application]
) -> None:
    organiser, programme, entry = stage
    with clock.at(BEFORE), current.set(actor=actor(organiser)):
        with pytest.raises(Refused):
            mark_item(entry, item(programme, BY_HAND), "failed")
        mark_item(entry, item(programme, BY_HAND), "failed", "a matter of last year")
        mark_item(entry, item(programme, 2), "failed", "the deck is empty")
        with pytest.raises(Refused):
            end_check(entry, "eligible")
        end_check(entry, "returned", respond_by=MONDAY)
    assert (entry.state, entry.respond_by) == ("returned", MONDAY)
    with speaking("en"):
        assert why(last_result(entry.id)) == (
            "All files are there: the deck is empty\n"
            "The matter is lawful and within the programme's scope: a matter of last year"
        )


def test_an_entry_is_returned_once_and_comes_again_until_its_date(
    app: Flask, stage: tuple[Any, Programme, Application]
) -> None:
    organiser, programme, entry = stage
    captain = db.session.scalars(select(Account).where(Account.name == "Cao")).one()
    with clock.at(BEFORE), current.set(actor=actor(organiser)):
        mark_item(entry, item(programme, BY_HAND), "failed", "unclear")
        end_check(entry, "returned", respond_by=MONDAY)
    with clock.at(MONDAY + timedelta(seconds=1)), current.set(actor=actor(captain)), pytest.raises(Refused):
        submit(entry, "late")
    with clock.at(MONDAY):
        with current.set(actor=actor(captain)):
            save_answer(entry, "summary", "clearer now")
            submit(entry, "again")
        assert entry.respond_by is None
        with current.set(actor=actor(organiser)):
            assert lines_of(entry)[BY_HAND].verdict == ""
            assert lines_of(entry)[BY_HAND].mark.reason == "unclear"
            mark_item(entry, item(programme, BY_HAND), "failed", "still unclear")
            with pytest.raises(Refused):
                end_check(entry, "returned")
            end_check(entry, "ineligible")
    assert entry.state == "ineligible"


def test_two_checkers_on_two_items_both_stay_on_one_the_second_is_shown_both(
    app: Flask, stage: tuple[Any, Programme, Application]
) -> None:
    organiser, programme, entry = stage
    second = person("Ida")
    with current.set(actor=SYSTEM):
        set_staff(programme, second, "helper")
    with clock.at(BEFORE):
        with current.set(actor=actor(organiser)):
            mark_item(entry, item(programme, BY_HAND), "passed", seen=0)
        with current.set(actor=actor(second)):
            mark_item(entry, item(programme, 0), "failed", "late by post", seen=0)
            with pytest.raises(Stale):
                mark_item(entry, item(programme, BY_HAND), "failed", "no", seen=0)
        client = browser(app, second)
        address = f"/applications/{entry.id}/check/{item(programme, BY_HAND).id}?_method=put"
        refresh()
        answer = client.post(address, data={"verdict": "failed", "reason": "mine", "seen": "0"})
        assert answer.status_code == 409
        assert "Olga marked it meanwhile: passed" in answer.text
        assert 'value="mine"' in answer.text
    assert sorted(row.verdict for row in db.session.scalars(select(CheckMark))) == ["failed", "passed"]


def test_why_it_is_not_eligible_reads_the_same_for_team_staff_and_objector_and_nobody_else(
    app: Flask, stage: tuple[Any, Programme, Application]
) -> None:
    organiser, programme, entry = stage
    captain, rival, rep = (
        db.session.scalars(select(Account).where(Account.name == "Cao")).one(), person("Rita"), person("Rep"),
    )  # fmt: skip
    with clock.at(BEFORE):
        application(programme, rival, "Theirs")
        row = participation(programme, "Far Ltd", representative=rep)
        team = browser(app, captain)
        with current.set(actor=actor(organiser)):
            mark_item(entry, item(programme, BY_HAND), "failed", "copied from elsewhere")
        assert "copied from elsewhere" not in text(team, f"/applications/{entry.id}")
        with current.set(actor=actor(organiser)):
            end_check(entry, "ineligible")
        pages = [
            text(team, f"/applications/{entry.id}"),
            text(browser(app, organiser), f"/applications/{entry.id}"),
            text(browser(app, organiser), f"/applications/{entry.id}/check/reasons"),
        ]
        items = [page.split('<ol class="plain check-items">')[1].split("</ol>")[0] for page in pages]
        assert items[0] == items[1] == items[2]
        assert "copied from elsewhere" in items[0]
        assert browser(app, rival).get(f"/applications/{entry.id}/check/reasons").status_code in {403, 404}
        assert team.get(f"/applications/{entry.id}/check").status_code in {403, 404}
        company = browser(app, rep, f"representative:{row.company_id}")
        assert company.get(f"/applications/{entry.id}/check").status_code in {403, 404}


def test_an_undone_decision_opens_the_check_again(
    app: Flask, stage: tuple[Any, Programme, Application]
) -> None:
    organiser, programme, entry = stage
    with clock.at(BEFORE), current.set(actor=actor(organiser)):
        mark_item(entry, item(programme, BY_HAND), "failed", "unclear")
        end_check(entry, "returned", respond_by=MONDAY, not_before=BEFORE + timedelta(seconds=10))
        undo_decision(entry, "submitted")
        assert last_result(entry.id) is None
        assert entry.respond_by is None
        end_check(entry, "returned")
    assert db.session.query(CheckResult).count() == 2


def test_the_list_is_set_up_on_a_page_and_the_check_goes_on_to_the_next_entry(
    app: Flask, stage: tuple[Any, Programme, Application]
) -> None:
    organiser, programme, entry = stage
    with clock.at(BEFORE):
        other = application(programme, person("Dan"), "Other")
        client = browser(app, organiser)
        assert "In time" not in text(client, f"/programmes/{programme.slug}/checklist")
        kept = items_of(programme.id)[BY_HAND]
        sent = {
            "items-0-id": str(kept.id), "items-0-title_zh": "合规", "items-0-title_en": "Lawful", "items-0-auto": "",
            "items-1-id": "", "items-1-title_zh": "按时", "items-1-title_en": "In time", "items-1-auto": "in_time",
        }  # fmt: skip
        assert client.post(f"/programmes/{programme.slug}/checklist", data=sent).status_code == 303
        assert [one.title_en for one in items_of(programme.id)] == ["Lawful", "In time"]
        client.post(
            f"/applications/{entry.id}/check/{kept.id}?_method=put", data={"verdict": "passed", "reason": ""}
        )
        ended = client.post(f"/applications/{entry.id}/check", data={"to": "eligible", "respond_by": ""})
        assert ended.location == f"/applications/{other.id}/check"
    db.session.expire_all()
    assert entry.state == "eligible"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_check_asks_no_more_for_more_entries(
    app: Flask, stage: tuple[Any, Programme, Application], statements: Any, rows: int
) -> None:
    organiser, programme, entry = stage
    with clock.at(BEFORE):
        for n in range(rows):
            application(programme, person(f"Dan {n}"), f"Other {n}")
        client = browser(app, organiser)
        client.get(f"/applications/{entry.id}/check")
        assert statements(lambda: client.get(f"/applications/{entry.id}/check")) == 18
