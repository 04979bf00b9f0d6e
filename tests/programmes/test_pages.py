"""Every page of a programme's staff opens, changes what it says, and is closed to others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from campapp.accounts.actions.invitation import accept_invitation
from campapp.accounts.models import Invitation
from campapp.companies.models import Company, Representative
from campapp.core import clock
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.outbox import Letter
from campapp.programmes.actions.participation import show_teams
from campapp.programmes.models import (
    Absence,
    EntryForm,
    NonDisclosure,
    Notice,
    Participation,
    Programme,
    Session,
    Slot,
    Staff,
    Table,
    Track,
)
from tests.cast import actor, browser, person
from tests.factories import BEFORE, DEADLINE, application, camp, participation

CAMP = {
    "title-zh": "第五期加速营", "title-en": "Fifth Camp", "lead-zh": "", "lead-en": "", "place-zh": "", "place-en": "",
    "first_day": "2026-12-01", "last_day": "2026-12-02", "opens_at": "", "zone": "Asia/Shanghai",
    "deadline": "2026-11-28 24:00", "wanted": "80", "tracks-0-id": "", "tracks-0-title_zh": "人工智能",
    "tracks-0-title_en": "AI", "units-0-id": "", "units-0-role": "host", "units-0-name_zh": "软件园",
    "units-0-name_en": "", "contact_mail": "camp@park.example", "windows": "09:00–12:00", "minutes": "25", "pause": "5",
    "tables": "3",
}  # fmt: skip


@pytest.fixture
def stage(app: Flask) -> tuple[FlaskClient, Programme]:
    organiser = person("Olga")
    with clock.at(BEFORE):
        programme = camp(organiser)
    return browser(app, organiser), programme


def reload(row: Programme) -> Programme:
    db.session.expire_all()
    return row


def test_a_camp_is_made_on_one_page_and_its_maker_works_in_it(app: Flask) -> None:
    client = browser(app, person("Ada", administrator=True), "administrator:0")
    answer = client.post("/programmes", data=CAMP)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    made = db.session.scalars(select(Programme)).one()
    assert (made.slug, made.state, made.kind) == ("fifth-camp", "draft", "camp")
    assert made.deadline is not None
    assert made.deadline.isoformat() == "2026-11-28T15:59:59+00:00"
    count = {
        m: db.session.scalar(select(func.count()).select_from(m))
        for m in (Slot, Table, Track, Staff, EntryForm)
    }
    assert count == {Slot: 12, Table: 3, Track: 1, Staff: 1, EntryForm: 1}
    assert client.get(answer.location).status_code == 200


def test_an_organiser_who_makes_another_camp_lands_in_the_new_one(
    stage: tuple[FlaskClient, Programme],
) -> None:
    client, _programme = stage
    answer = client.post("/programmes", data=CAMP, follow_redirects=True)
    assert answer.status_code == 200
    assert "Fifth Camp" in answer.get_data(as_text=True)


@pytest.mark.parametrize("bad", [{"first_day": "2026-12-03"}, {"title-zh": "", "title-en": ""}, {"zone": "Mars/Base"},
                                 {"windows": "12:00–09:00"}, {"deadline": "soon"}])  # fmt: skip
def test_a_camp_that_cannot_be_is_not_made(stage: tuple[FlaskClient, Programme], bad: dict[str, str]) -> None:
    client, _programme = stage
    assert client.post("/programmes", data={**CAMP, **bad}).status_code == 422
    assert db.session.scalar(select(func.count()).select_from(Programme)) == 1


@pytest.mark.parametrize("typed", ["2026-06-30", "2026年6月30日", "30 June 2026"])
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_day_is_the_day_typed_in_either_language(
    stage: tuple[FlaskClient, Programme], typed: str, language: str
) -> None:
    client, _programme = stage
    client.post("/language", data={"language": language, "next": "/"})
    assert client.post("/programmes", data={**CAMP, "first_day": typed, "last_day": typed}).status_code == 303
    made = db.session.scalars(select(Programme).where(Programme.slug == "fifth-camp")).one()
    assert made.first_day == date(2026, 6, 30)


def test_texts_tracks_and_choices_are_changed_and_the_second_writer_is_told(
    stage: tuple[FlaskClient, Programme],
) -> None:
    client, programme = stage
    seen = programme.version
    form = {**CAMP, "text-zh": "正文", "text-en": "", "version": str(seen), "ranked_is_yes": "y",
            "confidentiality-zh": "保密", "confidentiality-en": ""}  # fmt: skip
    assert client.post(f"/programmes/{programme.slug}", data=form).status_code == 303
    reload(programme)
    assert (programme.text_zh, programme.ranked_is_yes, programme.title_en) == ("正文", True, "Fifth Camp")
    assert [track.title_zh for track in programme.tracks] == ["人工智能"]
    assert client.post(f"/programmes/{programme.slug}", data={**form, "text-zh": "别的"}).status_code == 409
    assert reload(programme).text_zh == "正文"


def test_a_track_that_an_entry_uses_stays(stage: tuple[FlaskClient, Programme]) -> None:
    client, programme = stage
    form = {**CAMP, "text-zh": "", "text-en": "", "confidentiality-zh": "", "confidentiality-en": ""}
    client.post(f"/programmes/{programme.slug}", data=form)
    track = db.session.scalars(select(Track)).one()
    entry = application(programme, person("Cao"), "Alpha", state="draft")
    with current.set(actor=SYSTEM):
        entry.track_id = track.id
        db.session.commit()
    without = {key: value for key, value in form.items() if not key.startswith("tracks")}
    assert client.post(f"/programmes/{programme.slug}", data=without).status_code == 303
    assert db.session.scalars(select(Track.id)).all() == [track.id]


def test_a_page_is_published_and_taken_back(stage: tuple[FlaskClient, Programme]) -> None:
    client, programme = stage
    assert client.delete(f"/programmes/{programme.slug}/public-page").status_code == 303
    assert client.application.test_client().get(f"/programmes/{programme.slug}").status_code == 404
    assert client.post(f"/programmes/{programme.slug}/public-page").status_code == 303
    assert client.application.test_client().get(f"/programmes/{programme.slug}").status_code == 200


def test_slots_sessions_rooms_and_tables_are_made_and_changed_one_by_one(
    stage: tuple[FlaskClient, Programme],
) -> None:
    client, programme = stage
    base = f"/programmes/{programme.slug}"
    rule = {"days": ["2026-12-01"], "windows": "00:00–01:00", "minutes": "25", "pause": "5"}
    assert client.post(f"{base}/slot-rule", data=rule).status_code == 303
    midnight = db.session.scalars(select(Slot).where(Slot.start == "00:00")).one()
    assert midnight.starts_at.isoformat() == "2026-11-30T16:00:00+00:00"
    assert client.post(f"/slots/{midnight.id}/closing").status_code == 303
    assert client.get(f"{base}/plan").get_data(as_text=True).count("00:00–00:25") == 1
    assert client.delete(f"/slots/{midnight.id}/closing").status_code == 303
    assert client.delete(f"/slots/{midnight.id}").status_code == 303
    one = {"day": "2026-12-02", "start": "23:30", "end": "24:00"}
    assert client.post(f"{base}/slots", data=one).status_code == 303
    assert client.post(f"{base}/slots", data=one).status_code == 422
    assert client.post(f"{base}/rooms", data={"name": "Hall A"}).status_code == 303
    room = client.get(f"{base}/sessions/new").get_data(as_text=True)
    assert "Hall A" in room
    session = {
        "day": "2026-12-01",
        "start": "12:00",
        "end": "13:00",
        "title-zh": "午餐",
        "title-en": "",
        "room": "",
    }
    assert client.post(f"{base}/sessions", data=session).status_code == 303
    lunch = db.session.scalars(select(Session)).one()
    changed = client.post(
        f"/agenda/sessions/{lunch.id}", data={**session, "end": "13:30", "version": lunch.version}
    )
    assert changed.status_code == 303
    assert client.post(f"{base}/tables", data={"count": "2", "room": ""}).status_code == 303
    assert [table.name for table in db.session.scalars(select(Table).order_by(Table.position))] == [
        "T01",
        "T02",
    ]
    page = client.get(f"{base}/plan").get_data(as_text=True)
    assert "12:00–13:30" in page
    assert client.delete(f"/agenda/sessions/{lunch.id}").status_code == 303


def test_a_new_company_is_invited_confirms_and_says_when_it_is_away(
    app: Flask, stage: tuple[FlaskClient, Programme]
) -> None:
    client, programme = stage
    base = f"/programmes/{programme.slug}/companies"
    new = {"company": "", "name": "百度 Baidu", "person": "Li Lei", "mail": "li@baidu.example", "max_meetings": "8",
           "own_tables": "2"}  # fmt: skip
    answer = client.post(base, data=new)
    assert answer.status_code == 303
    row = db.session.scalars(select(Participation)).one()
    assert (row.state, row.max_meetings) == ("invited", 8)
    told = select(Letter.audience).where(Letter.template == "programmes/invited")
    assert db.session.scalars(told).all() == [f"company:{row.company_id}"]
    assert db.session.scalar(select(func.count()).select_from(Table)) == 2
    again = client.post(base, data={**new, "mail": "", "person": ""})
    assert again.status_code == 422
    assert client.post(f"/participations/{row.id}/confirmation").status_code == 303
    slot = db.session.scalars(select(Slot).order_by(Slot.starts_at)).first()
    assert slot is not None
    assert client.post(f"/participations/{row.id}/absences", data={"slot": [slot.id]}).status_code == 303
    assert db.session.scalars(select(Absence.slot_id)).all() == [slot.id]
    limits = {"max_meetings": "6", "min_meetings": "1", "own_tables": "1"}
    assert client.post(f"/participations/{row.id}/limits", data=limits).status_code == 303
    assert (
        client.post(f"/participations/{row.id}/limits", data={**limits, "min_meetings": "9"}).status_code
        == 422
    )
    assert client.post(f"{base}/teams").status_code == 303
    db.session.expire_all()
    assert (row.max_meetings, row.own_tables, row.teams_shown_at is not None) == (6, 1, True)
    grid = client.get(f"/programmes/{programme.slug}/absences").get_data(as_text=True)
    assert "away" in grid
    assert "bd" in db.session.scalars(select(Company.initials)).one()
    for spelt in ("bd", "BAIDU", "bai du", "ｂｄ", "百度"):
        assert "百度" in client.get(f"{base}?q={spelt}").get_data(as_text=True), spelt
    assert "百度" not in client.get(f"{base}?q=zz").get_data(as_text=True)


def test_a_representative_confirms_and_accepts_the_terms_once_by_a_click(
    app: Flask, stage: tuple[FlaskClient, Programme]
) -> None:
    client, programme = stage
    with current.set(actor=SYSTEM):
        programme.confidentiality_en = "Tell nobody."
        db.session.commit()
    representative = person("Rep")
    row = participation(programme, "Baidu", representative=representative, shown=False)
    other = participation(programme, "Inspur")
    mine = browser(app, representative)
    page = mine.get(f"/participations/{row.id}").get_data(as_text=True)
    assert "I accept the terms" in page
    assert "Show the teams" not in page
    assert mine.post(f"/participations/{row.id}/non-disclosure").status_code == 303
    assert mine.post(f"/participations/{row.id}/non-disclosure").status_code == 303
    assert db.session.scalars(select(NonDisclosure.how)).all() == ["click"]
    assert mine.get(f"/participations/{other.id}").status_code in {403, 404}
    assert mine.post(f"/participations/{row.id}/teams").status_code in {403, 404}
    assert client.post(f"/participations/{row.id}/non-disclosure").status_code in {403, 404}
    declined = mine.post(f"/participations/{row.id}/declination", data={"reason": "no time"})
    assert declined.status_code == 303
    db.session.expire_all()
    assert row.state == "withdrawn"


def test_the_organiser_records_a_stamped_paper(app: Flask, stage: tuple[FlaskClient, Programme]) -> None:
    client, programme = stage
    with current.set(actor=SYSTEM):
        programme.confidentiality_en = "Tell nobody."
        db.session.commit()
    row = participation(programme, "Baidu", representative=person("Rep"))
    who = db.session.scalars(select(Representative)).one()
    assert client.post(f"/participations/{row.id}/papers", data={"person": who.id}).status_code == 303
    assert db.session.scalars(select(NonDisclosure.how)).all() == ["paper"]
    assert "on paper" in client.get(f"/participations/{row.id}").get_data(as_text=True)


def test_a_notice_is_written_published_and_taken_back(stage: tuple[FlaskClient, Programme]) -> None:
    client, programme = stage
    words = {"title-zh": "通知", "title-en": "", "text-zh": "请提前到场", "text-en": "", "pinned": "y"}
    assert client.post(f"/programmes/{programme.slug}/notices", data=words).status_code == 303
    notice = db.session.scalars(select(Notice)).one()
    visitor = client.application.test_client()
    assert visitor.get(f"/notices/{notice.id}").status_code == 404
    assert client.post(f"/notices/{notice.id}/publication").status_code == 303
    assert visitor.get(f"/notices/{notice.id}").status_code == 200
    assert client.delete(f"/notices/{notice.id}/publication").status_code == 303
    assert visitor.get(f"/notices/{notice.id}").status_code == 404


def test_staff_is_invited_by_a_link_joins_and_the_last_owner_stays(
    app: Flask, stage: tuple[FlaskClient, Programme]
) -> None:
    client, programme = stage
    base = f"/programmes/{programme.slug}/staff"
    handed = client.post(base, data={"name": "Hal", "mail": "", "level": "helper"})
    assert "/card" in handed.location
    mailed = client.post(base, data={"name": "Hal", "mail": "hal@people.example", "level": "helper"})
    assert mailed.status_code == 303
    helper = person("Hal")
    invitation = db.session.scalars(select(Invitation).where(Invitation.address != "")).one()
    with current.set(actor=actor(helper)):
        assert accept_invitation(invitation) == f"/programmes/{programme.slug}/overview"
    rows = {row.account_id: row for row in db.session.scalars(select(Staff))}
    assert rows[helper.id].level == "helper"
    theirs = browser(app, helper)
    assert theirs.get(f"/programmes/{programme.slug}/overview").status_code == 200
    assert theirs.get(f"/programmes/{programme.slug}/edit").status_code == 403
    assert theirs.post(base, data={"name": "X", "level": "owner"}).status_code == 403
    owner = next(row for row in rows.values() if row.level == "owner")
    assert client.delete(f"{base}/{owner.id}").status_code == 403
    assert client.post(f"{base}/{rows[helper.id].id}", data={"level": "owner"}).status_code == 303
    assert client.delete(f"{base}/{owner.id}").status_code == 303


PAGES = ("overview", "edit", "plan", "companies", "companies/new", "absences", "staff", "notices", "notices/new",
         "copies/new", "deadline", "zone", "sessions/new")  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_each_page_opens_for_its_staff_and_for_nobody_else(
    app: Flask, stage: tuple[FlaskClient, Programme], path: str
) -> None:
    client, programme = stage
    url = f"/programmes/{programme.slug}/{path}"
    for language in ("zh_CN", "en"):
        client.post("/language", data={"language": language, "next": "/"})
        assert client.get(url).status_code == 200
    rival = person("Rita")
    with clock.at(BEFORE):
        camp(rival, title="Rival")
    for other in (app.test_client(), browser(app, rival), browser(app, person("Vera"))):
        assert other.get(url).status_code in {303, 302, 403, 404}


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("path", "expected"), [("companies", 8), ("absences", 7), ("plan", 10), ("notices", 5)]
)
def test_a_list_page_asks_as_few_statements_for_three_rows_as_for_one(
    stage: tuple[FlaskClient, Programme], statements: Callable[[Callable[[], object]], int], rows: int, path: str,
    expected: int,
) -> None:  # fmt: skip
    client, programme = stage
    for number in range(rows):
        row = participation(programme, f"Company {number}")
        with current.set(actor=SYSTEM):
            show_teams(row)
            db.session.add(Notice(programme_id=programme.id, title_en=f"Notice {number}"))
            db.session.commit()
    client.get(f"/programmes/{programme.slug}/overview")
    assert statements(lambda: client.get(f"/programmes/{programme.slug}/{path}")) == expected


def test_the_list_says_until_when_an_open_call_takes_entries_and_of_a_closed_one_nothing(app: Flask) -> None:
    camp()
    until = f'datetime="{DEADLINE.isoformat()}"'
    visitor = app.test_client()
    with clock.at(BEFORE):
        assert until in visitor.get("/programmes").text
    with clock.at(DEADLINE + timedelta(seconds=1)):
        assert until not in visitor.get("/programmes").text
