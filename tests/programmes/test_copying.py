"""A camp copied from last year's: dates shifted, nothing personal, last camp's companies offered again."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from flask import Flask
from sqlalchemy import select

from campapp.core import clock
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.dues.actions.follow_up import write_follow_up
from campapp.programmes.actions.agenda import add_session
from campapp.programmes.actions.faq import write_faq
from campapp.programmes.actions.form import change_form, composed, put_to_use
from campapp.programmes.actions.place import add_room, add_table
from campapp.programmes.actions.programme import set_contacts, set_tracks, set_units
from campapp.programmes.models import (
    Contact,
    EntryForm,
    Faq,
    FollowUp,
    Participation,
    Programme,
    Room,
    Session,
    Slot,
    Staff,
    Table,
    Track,
    Unit,
)
from tests.cast import browser, person
from tests.factories import BEFORE, application, camp, company_of, participation


def of(model: Any, programme: Programme) -> list[Any]:
    rows = select(model).where(model.programme_id == programme.id).order_by(model.id)
    return list(db.session.scalars(rows))


def test_a_copy_moves_every_date_and_takes_nobody_along_but_the_companies_ticked(app: Flask) -> None:
    organiser, colleague = person("Olga"), person("Hal")
    with clock.at(BEFORE):
        source = camp(organiser)
        with current.set(actor=SYSTEM):
            set_tracks(source, [(None, "芯片", "Chips")])
            set_units(source, [{"role": "host", "name_zh": "软件园", "name_en": "Park"}])
            set_contacts(source, [{"name": "Wang", "phone": "010-1234", "mail": "", "hours": ""}])
            hall = add_room(source, "Hall A")
            add_session(
                source, day=date(2026, 12, 1), start="12:00", end="13:00", title_en="Lunch", room=hall
            )
            add_table(source, room=hall)
            write_faq(source, question_en="Is it free?", answer_en="It is.")
            row = write_follow_up(
                source, "team:accepted", title_en="Badges", due_at=datetime(2026, 11, 25, 16, 0, tzinfo=UTC)
            )
            badge = {"key": "badge", "kind": "text", "label_en": "Name", "due": "2026-11-26 12:00:00"}
            change_form(row, lambda _old: {"sections": [{"key": "s", "title_en": "S", "fields": [badge]}]})
            put_to_use(row)
            db.session.add(Staff(programme_id=source.id, account_id=colleague.id, level="manager"))
            db.session.commit()
        application(source, person("Cao"), "Alpha", state="accepted")
        baidu, _inspur = participation(source, "Baidu"), participation(source, "Inspur")
        client = browser(app, organiser)
        offered = client.get(f"/programmes/{source.slug}/copies/new").get_data(as_text=True)
        assert "Baidu" in offered
        assert "Inspur" in offered
        sent = {
            "title-zh": "",
            "title-en": "Sixth Camp",
            "first_day": "2027-11-30",
            "again": [baidu.company_id],
        }
        answer = client.post(f"/programmes/{source.slug}/copies", data=sent, follow_redirects=True)
    assert answer.status_code == 200
    made = db.session.scalars(select(Programme).where(Programme.slug == "sixth-camp")).one()
    assert (made.state, made.first_day, made.last_day) == ("draft", date(2027, 11, 30), date(2027, 12, 1))
    assert made.deadline == datetime(2027, 11, 27, 15, 59, 59, tzinfo=UTC)
    assert (made.contact_mail, of(Contact, made)) == ("", [])
    assert [row.account_id for row in of(Staff, made)] == [organiser.id]
    assert [row.title_en for row in of(Track, made)] == ["Chips"]
    assert [row.name_zh for row in of(Unit, made)] == ["软件园"]
    assert [(row.name) for row in of(Room, made)] == ["Hall A"]
    lunch = of(Session, made)[0]
    assert (lunch.day, lunch.start, lunch.room_id) == (date(2027, 11, 30), "12:00", of(Room, made)[0].id)
    slots = of(Slot, made)
    assert len(slots) == len(of(Slot, source))
    assert slots[0].starts_at == datetime(2027, 11, 30, 1, 0, tzinfo=UTC)
    assert [form.number for form in of(EntryForm, made)] == [1]
    invited = of(Participation, made)
    assert [(company_of(row).name, row.state) for row in invited] == [("Baidu", "invited")]
    assert [table.participation_id for table in of(Table, made)] == [None, invited[0].id]
    assert {form.number for form in of(EntryForm, source)} == {1}
    assert [row.question_en for row in of(Faq, made)] == ["Is it free?"]
    later = of(FollowUp, made)[0]
    assert (later.title_en, later.due_at) == ("Badges", datetime(2027, 11, 24, 16, 0, tzinfo=UTC))
    assert composed(later)["sections"][0]["fields"][0]["due"] == "2027-11-25 12:00:00"


def test_a_helper_copies_nothing(app: Flask) -> None:
    helper = person("Hal")
    source = camp(person("Olga"))
    with current.set(actor=SYSTEM):
        db.session.add(Staff(programme_id=source.id, account_id=helper.id, level="helper"))
        db.session.commit()
    sent = {"title-en": "Mine", "title-zh": "", "first_day": "2027-11-30"}
    assert browser(app, helper).post(f"/programmes/{source.slug}/copies", data=sent).status_code == 403
