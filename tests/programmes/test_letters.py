"""What a camp tells: an invited company, and teams whose deadline moved, each in the reader's language."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from campapp.core import clock
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.outbox import Letter, Recipient
from campapp.messages.writing import written
from campapp.programmes.actions.absence import Change, write_down_absences
from campapp.programmes.actions.participation import invite_company
from campapp.programmes.actions.programme import move_deadline
from campapp.programmes.models import Slot
from tests.cast import person
from tests.factories import BEFORE, DEADLINE, application, camp, company_of, participation


@pytest.mark.parametrize(
    ("locale", "invited", "closes", "away"),
    [("en", "invited to", "now closes on", "wrote down for you"), ("zh_CN", "邀请", "调整为", "代你登记")],
)
def test_letters_are_written_in_either_language(
    app: Flask, locale: str, invited: str, closes: str, away: str
) -> None:
    with clock.at(BEFORE), current.set(actor=SYSTEM):
        known = company_of(participation(camp(title="Fourth"), "Baidu"))
        programme = camp(title="Fifth")
        row = invite_company(programme, known)
        slot = db.session.scalars(select(Slot).where(Slot.programme_id == programme.id)).first()
        assert slot is not None
        write_down_absences(programme, {row.id: Change(ticked=frozenset({slot.id}))})
        application(programme, person("Cao"), "Alpha")
        move_deadline(programme, DEADLINE + timedelta(days=1))
    reader = Recipient(name="Reader", mail="reader@people.example", locale=locale)
    texts = {}
    for letter in db.session.scalars(select(Letter)):
        found = written(letter, reader)
        texts[letter.template] = f"{found.title}\n{found.text}"
    assert invited in texts["programmes/invited"]
    assert away in texts["programmes/absences"] and "2026-12-01 09:00" in texts["programmes/absences"]
    assert closes in texts["applications/deadline_moved"]
