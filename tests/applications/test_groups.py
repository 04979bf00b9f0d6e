"""Groups: conditions as data, said at once, looked at again when the entry is submitted."""

from __future__ import annotations

from datetime import date
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import refresh
from sqlalchemy import select

from campapp.applications.actions.allowance import grant
from campapp.applications.actions.draft import save_answer
from campapp.applications.actions.group import choose_group
from campapp.applications.actions.submission import Incomplete, submit
from campapp.applications.facts import FACTS, Case, fact
from campapp.applications.grouping import case_of, standings
from campapp.applications.models import Application
from campapp.core import clock
from campapp.core.access import Refused
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.language import speaking
from campapp.core.text.names import fold
from campapp.organisations.models import Organisation
from campapp.programmes.actions.form import change_form, put_to_use, versions_of
from campapp.programmes.actions.group import make_group
from campapp.programmes.actions.programme import set_staff
from campapp.programmes.models import Group, Programme
from campapp.programmes.ready_made import CREDIT_CODE, ENTITY, LISTED, REGISTERED_ON, REVENUE
from campapp.teams.models import Team
from tests.cast import actor, browser, person
from tests.factories import BEFORE, answer_what_is_required, application, camp

YOUNG = {"fact": "organisation.registered_on", "least": "2021-01-01"}
OLD = {"fact": "organisation.registered_on", "most": "2020-12-31"}
SMALL = {"fact": "answer.revenue", "most": 20_000_000}
UNLISTED = {"fact": "answer.listed", "is": ["no"]}
ONCE = {"fact": "organisation.entries", "most": 1}


def text(client: FlaskClient, address: str) -> str:
    refresh()
    return client.get(address).text


@pytest.fixture
def programme(app: Flask) -> Programme:
    with clock.at(BEFORE):
        made = camp(person("Olga"))
        with current.set(actor=SYSTEM):
            more = [ENTITY, CREDIT_CODE, REGISTERED_ON, REVENUE, LISTED]
            change_form(made, lambda d: {"sections": [*d["sections"], {
                "key": "who", "title_zh": "主体", "title_en": "Entrant", "fields": more}]})  # fmt: skip
            put_to_use(made)
            make_group(made, title_zh="初创组", title_en="Start-up", conditions=[YOUNG, SMALL, UNLISTED])
            make_group(made, title_zh="成长组", title_en="Growth", conditions=[OLD, UNLISTED])
    return made


def entered(programme: Programme, captain: Any, name: str, **answers: Any) -> Application:
    with clock.at(BEFORE):
        entry = application(programme, captain, name, state="draft")
        with current.set(actor=actor(captain)):
            answer_what_is_required(entry)
            for key, value in answers.items():
                save_answer(entry, key, value)
    return entry


COMPANY = {"entity": "enterprise", "registered_on": "2022-05-01", "revenue": 3_000_000, "listed": "no"}


def states(entry: Application, document: dict[str, Any]) -> dict[str, str]:
    return {one.group.title_en: one.state for one in standings(entry, document, entry.answers)}


def test_the_form_says_at_once_which_group_fits_and_which_fact_excludes(
    app: Flask, programme: Programme
) -> None:
    captain = person("Cao")
    entry = entered(
        programme, captain, "Mine", entity="enterprise", registered_on="2015-03-02", revenue=3_000_000
    )
    client = browser(app, captain)
    with clock.at(BEFORE):
        shown = text(client, f"/applications/{entry.id}/draft/who")
        assert (
            "Registration date of the organisation: 2 March 2015; wanted: on 1 January 2021 or later" in shown
        )
        assert "Listed: not given yet; wanted: No" in shown
        client.patch(f"/applications/{entry.id}/draft/who", data={"fields": ["listed"], "listed": "no"})
        refresh()
        after = client.get(f"/applications/{entry.id}/group", headers={"HX-Request": "true"}).text
    assert "<html" not in after
    assert "Listed: not given yet" not in after
    assert after.count("does not fit") == 1
    assert after.count("your group") == 1


def test_the_kind_of_organisation_is_a_fact(app: Flask, programme: Programme) -> None:
    captain = person("Cao")
    entry = entered(programme, captain, "Mine", **COMPANY)
    with clock.at(BEFORE), current.set(actor=SYSTEM):
        conditions = [{"fact": "organisation.kind_of_entity", "is": ["university"]}]
        made = make_group(programme, title_zh="高校组", title_en="Universities", conditions=conditions)
    unit = Organisation(name="Old Ltd", name_key=fold("Old Ltd"), kind_of_entity="company")
    db.session.add(unit)
    db.session.flush()
    db.session.get_one(Team, entry.team_id).organisation_id = unit.id
    db.session.commit()
    client = browser(app, captain)
    with clock.at(BEFORE):
        shown = text(client, f"/applications/{entry.id}/draft/who")
    assert "Kind of organisation: Company; wanted: University" in shown
    unit.kind_of_entity = "university"
    db.session.commit()
    assert states(entry, put_document(programme))[made.title_en] == "fits"


def test_an_entry_goes_in_only_with_a_group_that_fits_and_the_fact_is_named(
    app: Flask, programme: Programme
) -> None:
    captain = person("Cao")
    entry = entered(
        programme, captain, "Mine", **(COMPANY | {"registered_on": "2015-03-02", "listed": "yes"})
    )
    with clock.at(BEFORE), current.set(actor=actor(captain)):
        with pytest.raises(Incomplete) as problem:
            submit(entry, "n1")
        assert "group" in problem.value.missing
        save_answer(entry, "listed", "no")
        submit(entry, "n2")
    group = db.session.get_one(Group, entry.group_id)
    assert group.title_en == "Growth"


def test_who_takes_a_group_that_excludes_it_is_refused_until_an_exception_with_a_reason(
    app: Flask, programme: Programme
) -> None:
    captain = person("Cao")
    entry = entered(programme, captain, "Mine", **(COMPANY | {"revenue": 30_000_000}))
    young, _old = db.session.scalars(select(Group).order_by(Group.position)).all()
    with clock.at(BEFORE):
        with current.set(actor=actor(captain)):
            choose_group(entry, young.id)
            with pytest.raises(Incomplete) as problem:
                submit(entry, "n1")
            assert "30,000,000" in problem.value.missing["group"]
        with current.set(actor=SYSTEM):
            row = grant(programme, reason="one-off sale", group=young)
            row.application_id = entry.id
            db.session.commit()
        with current.set(actor=actor(captain)):
            submit(entry, "n2")
        assert "one-off sale" not in text(browser(app, captain), f"/applications/{entry.id}/draft")
    assert entry.group_id == young.id


def test_one_entry_an_organisation_is_told_to_the_staff_and_to_no_team(
    app: Flask, programme: Programme
) -> None:
    with clock.at(BEFORE), current.set(actor=SYSTEM):
        make_group(programme, title_zh="单项", title_en="Once", conditions=[ONCE])
    code = "91000000DEM0000019"
    first = entered(programme, person("Cao"), "First", **COMPANY, credit_code=code)
    second = entered(programme, person("Dan"), "Second", **COMPANY, credit_code=code)
    once = db.session.scalars(select(Group).where(Group.title_en == "Once")).one()
    document = put_document(programme)
    with clock.at(BEFORE), current.set(actor=SYSTEM):
        choose_group(first, once.id)
        submit(first, "n1")
    with speaking("en"):
        told = (
            {s.group.title_en: s for s in standings(second, document, second.answers)}["Once"]
            .findings[0]
            .words
        )
    team = {s.group.title_en: s for s in standings(second, document, second.answers)}["Once"]
    staff = {s.group.title_en: s for s in standings(second, document, second.answers, staff=True)}["Once"]
    assert team.state == "fits"
    assert "checked by the organiser" in told
    assert staff.state == "excluded"


def put_document(programme: Programme) -> dict[str, Any]:
    return versions_of(programme)[0].document


def test_a_verified_record_counts_before_what_was_typed(app: Flask, programme: Programme) -> None:
    entry = entered(programme, person("Cao"), "Mine", **COMPANY)
    with current.set(actor=SYSTEM):
        organisation = Organisation(name="Old Ltd", name_key=fold("Old Ltd"), registered_on=date(2010, 1, 1))
        db.session.add(organisation)
        db.session.flush()
        db.session.get_one(Team, entry.team_id).organisation_id = organisation.id
        db.session.commit()
    assert states(entry, put_document(programme)) == {"Start-up": "excluded", "Growth": "fits"}


def test_a_fact_across_programmes_is_one_more_fact(app: Flask, programme: Programme) -> None:
    entry = entered(programme, person("Cao"), "Mine", **COMPANY)

    @fact("earlier.wins", "Earlier prizes", "number")
    def earlier(_case: Case) -> int:
        return 2

    try:
        group = Group(
            programme_id=programme.id, conditions=[{"fact": "earlier.wins", "most": 0}], title_en="New"
        )
        db.session.add(group)
        db.session.commit()
        assert states(entry, put_document(programme))["New"] == "excluded"
        assert case_of(entry, {"sections": []}, {}).staff is False
    finally:
        del FACTS["earlier.wins"]


def test_a_group_of_another_programme_cannot_be_taken(app: Flask, programme: Programme) -> None:
    captain = person("Cao")
    entry = entered(programme, captain, "Mine")
    with clock.at(BEFORE):
        other = camp(title="Other")
        with current.set(actor=SYSTEM):
            foreign = make_group(other, title_en="Foreign", title_zh="", conditions=[])
        with current.set(actor=actor(captain)), pytest.raises(Refused):
            choose_group(entry, foreign.id)


def test_the_organiser_sets_conditions_up_in_words_and_a_bad_one_is_said(
    app: Flask, programme: Programme
) -> None:
    manager = person("Ida")
    with current.set(actor=SYSTEM):
        set_staff(programme, manager, "manager")
    client = browser(app, manager)
    page = f"/programmes/{programme.slug}/groups"
    sent = {
        "title-zh": "高企组", "title-en": "High-tech", "conditions-0-fact": "answer.revenue",
        "conditions-0-most": "2亿",
        "conditions-1-fact": "answer.listed", "conditions-1-chosen": "No", "conditions-2-fact": "",
    }  # fmt: skip
    refresh()
    assert client.post(page, data=sent).status_code == 303
    made = db.session.scalars(select(Group).where(Group.title_en == "High-tech")).one()
    assert made.conditions == [{"fact": "answer.revenue", "most": 200_000_000}, UNLISTED]
    wrong = client.post(page, data=sent | {"conditions-1-chosen": "Perhaps", "title-en": "X"})
    assert wrong.status_code == 422
    assert "Name one of:" in wrong.text
    again = client.get(f"{page}/{made.id}").text
    assert 'value="¥200,000,000"' in again
    kept = {"title-zh": "高企组", "version": made.version, "conditions-0-fact": "answer.revenue",
            "conditions-0-most": "¥200,000,000"}  # fmt: skip
    assert client.post(f"{page}/{made.id}", data=kept).status_code == 303
    assert made.conditions == [{"fact": "answer.revenue", "most": 200_000_000}]
    assert client.post(f"{page}/{made.id}?_method=delete").status_code == 303


WRONG = [
    ({"fact": "answer.revenue", "least": "2亿", "most": "1亿"}, "most", "The least is more than the most."),
    ({"fact": "answer.revenue", "least": "a lot"}, "least", "is no amount of money"),
    ({"fact": "answer.revenue", "most": "-5"}, "most", "cannot be negative"),
    ({"fact": "answer.revenue", "chosen": "Yes"}, "chosen", "no answers to choose from"),
    ({"fact": "answer.revenue"}, "least", "Give a bound."),
    ({"fact": "organisation.registered_on", "least": "2026-13-01"}, "least", "2026-13-01"),
    ({"fact": "organisation.registered_on", "least": "2021-01-01", "most": "2020-12-31"}, "most", "The least is more"),
    ({"fact": "team.size", "least": "2亿"}, "least", "not a number"),
    ({"fact": "team.size", "most": "0"}, "most", "never less than 1"),
    ({"fact": "organisation.entries", "most": "0"}, "most", "never less than 1"),
    ({"fact": "organisation.exists", "chosen": "Perhaps"}, "chosen", "“Perhaps” is none of the answers."),
    ({"fact": "organisation.exists", "chosen": " ; ;"}, "chosen", "Name one of: Yes; No"),
    ({"fact": "organisation.exists", "chosen": "Yes", "least": "1"}, "least", "has no bounds"),
    ({"fact": "organisation.country", "chosen": "Atlantis"}, "chosen", "“Atlantis” is none of the answers."),
    ({"fact": "organisation.kind_of_entity", "chosen": "Shop"}, "chosen", "Name one of: Company; Public institution"),
    ({"fact": "", "least": "5"}, "fact", "Choose the fact"),
    ({"fact": "answer.nothing", "least": "5"}, "fact", ""),
]  # fmt: skip


@pytest.fixture
def set_up(app: Flask, programme: Programme) -> FlaskClient:
    manager = person("Ida")
    with current.set(actor=SYSTEM):
        set_staff(programme, manager, "manager")
    return browser(app, manager)


def beside(html: str, name: str) -> str:
    """The words that stand in the same cell as a box."""
    cell = next(cell for cell in html.split("<td") if f'name="{name}"' in cell)
    return unescape(cell.partition('class="error"')[2].partition("<span>")[2].partition("</p>")[0])


@pytest.mark.parametrize(("row", "box", "words"), WRONG)
def test_what_is_wrong_in_a_condition_stands_beside_its_box_and_nothing_is_saved(
    set_up: FlaskClient, programme: Programme, row: dict[str, str], box: str, words: str
) -> None:
    sent = {"title-zh": "组", "conditions-0-fact": "answer.listed", "conditions-0-chosen": "No"}
    sent |= {f"conditions-1-{name}": value for name, value in row.items()}
    refresh()
    answer = set_up.post(f"/programmes/{programme.slug}/groups", data=sent)
    said = beside(answer.text, f"conditions-1-{box}")
    assert (answer.status_code, bool(said)) == (422, True)
    assert words in said
    for name, value in row.items():
        assert not value or name == "fact" or f'value="{value}"' in answer.text, "what was typed stays"
    assert db.session.scalars(select(Group).where(Group.title_zh == "组")).all() == []


@pytest.mark.parametrize(
    ("first", "second", "box"),
    [
        ({"fact": "answer.revenue", "least": "2亿"}, {"fact": "answer.revenue", "most": "1亿"}, "most"),
        ({"fact": "organisation.exists", "chosen": "Yes"}, {"fact": "organisation.exists", "chosen": "No"}, "chosen"),
    ],
)  # fmt: skip
def test_two_conditions_that_exclude_each_other_are_refused_beside_the_second(
    set_up: FlaskClient, programme: Programme, first: dict[str, str], second: dict[str, str], box: str
) -> None:
    sent = {"title-zh": "组"}
    for number, row in enumerate((first, second)):
        sent |= {f"conditions-{number}-{name}": value for name, value in row.items()}
    refresh()
    answer = set_up.post(f"/programmes/{programme.slug}/groups", data=sent)
    assert answer.status_code == 422
    assert "No entry could meet this" in beside(answer.text, f"conditions-1-{box}")


def test_a_condition_on_what_the_form_no_longer_asks_is_shown_and_not_lost_silently(
    set_up: FlaskClient, programme: Programme
) -> None:
    with current.set(actor=SYSTEM):
        row = make_group(
            programme, title_zh="旧", title_en="Old", conditions=[{"fact": "answer.gone", "most": 3}]
        )
    address = f"/programmes/{programme.slug}/groups/{row.id}"
    refresh()
    assert "answer.gone (no longer asked)" in set_up.get(address).text
    sent = {
        "title-zh": "旧",
        "version": row.version,
        "conditions-0-fact": "answer.gone",
        "conditions-0-most": "3",
    }
    answer = set_up.post(address, data=sent)
    assert answer.status_code == 422
    assert "no longer asks this" in beside(answer.text, "conditions-0-fact")
    assert set_up.post(address, data={"title-zh": "旧", "version": row.version}).status_code == 303
    assert row.conditions == []
