"""The grid of all companies' absences: written down by the staff, in the company's name and their own."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from campapp.core import clock
from campapp.core.current import current
from campapp.core.db import db
from campapp.core.events import Event, EventPerson
from campapp.core.outbox import Letter
from campapp.programmes.actions.absence import set_absences
from campapp.programmes.actions.programme import set_staff
from campapp.programmes.models import Absence, Slot
from tests.cast import actor, browser, person
from tests.factories import BEFORE, camp, participation


class Scene:
    """Two companies, the second with a representative of its own."""

    def __init__(self) -> None:
        self.olga, self.rep = person("Olga"), person("Rep")
        self.programme = camp(self.olga)
        self.first = participation(self.programme, "Baidu")
        self.second = participation(self.programme, "Inspur", representative=self.rep)
        self.page = f"/programmes/{self.programme.slug}/absences"
        self.slots = list(db.session.scalars(select(Slot).order_by(Slot.starts_at)))

    def cell(self, row: Any, n: int) -> str:
        return f"{row.id}:{self.slots[n].id}"


@pytest.fixture
def scene(app: Flask) -> Any:
    with clock.at(BEFORE):
        yield Scene()


def away(row: Any) -> list[int]:
    db.session.expire_all()
    return sorted(db.session.scalars(select(Absence.slot_id).where(Absence.participation_id == row.id)))


def test_ticks_are_kept_and_both_names_stand_in_the_audit_log(app: Flask, scene: Scene) -> None:
    client = browser(app, scene.olga, f"organiser:{scene.programme.id}")
    assert f'value="{scene.cell(scene.first, 0)}"' in client.get(scene.page).text
    ticks = [scene.cell(scene.first, 0), scene.cell(scene.first, 1), scene.cell(scene.second, 2)]
    assert client.post(f"{scene.page}?_method=put", data={"away": ticks}).status_code == 303
    assert away(scene.first) == [scene.slots[0].id, scene.slots[1].id]
    assert away(scene.second) == [scene.slots[2].id]
    events = db.session.execute(
        select(Event.acting_for, Event.account_id, EventPerson.name)
        .join(EventPerson, EventPerson.event_id == Event.id)
        .where(Event.name == "absences_set")
        .order_by(Event.id)
    ).all()
    assert [tuple(row) for row in events] == [
        (f"company:{row.company_id}", scene.olga.id, "Olga") for row in (scene.first, scene.second)
    ]  # fmt: skip
    told = db.session.scalars(
        select(Letter).where(Letter.template == "programmes/absences").order_by(Letter.id)
    ).all()
    assert [(one.audience, one.words["by"]) for one in told] == [
        (f"company:{scene.first.company_id}", "Olga"), (f"company:{scene.second.company_id}", "Olga"),
    ]  # fmt: skip
    assert told[0].words["away"] == ["2026-12-01 09:00", "2026-12-01 09:30"]


def test_what_the_company_changed_meanwhile_stays(app: Flask, scene: Scene) -> None:
    with current.set(actor=actor(scene.rep)):
        set_absences(scene.second, scene.slots[:1])
    seen = [scene.cell(scene.second, 0)]
    with current.set(actor=actor(scene.rep)):
        set_absences(scene.second, scene.slots[:2])  # while the organiser looks at the grid
    client = browser(app, scene.olga, f"organiser:{scene.programme.id}")
    client.post(f"{scene.page}?_method=put", data={"seen": seen, "away": [scene.cell(scene.second, 5)]})
    assert away(scene.second) == [scene.slots[1].id, scene.slots[5].id]


def test_who_did_not_change_is_told_nothing(app: Flask, scene: Scene) -> None:
    client = browser(app, scene.olga, f"organiser:{scene.programme.id}")
    client.post(f"{scene.page}?_method=put", data={"away": [scene.cell(scene.first, 0)]})
    data = {"seen": [scene.cell(scene.first, 0)], "away": [scene.cell(scene.first, 0)]}
    client.post(f"{scene.page}?_method=put", data=data)
    assert len(db.session.scalars(select(Letter).where(Letter.template == "programmes/absences")).all()) == 1


def test_helpers_write_and_readers_only_read(app: Flask, scene: Scene) -> None:
    helper, reader, outsider = person("Helga"), person("Rita"), person("Eve")
    with current.set(actor=actor(scene.olga)):
        set_staff(scene.programme, helper, "helper")
        set_staff(scene.programme, reader, "read-only")
    data = {"away": [scene.cell(scene.first, 0)]}
    read = browser(app, reader, f"organiser:{scene.programme.id}")
    assert 'name="away"' not in read.get(scene.page).text
    assert read.post(f"{scene.page}?_method=put", data=data).status_code == 403
    assert browser(app, outsider).post(f"{scene.page}?_method=put", data=data).status_code == 404
    assert away(scene.first) == []
    writes = browser(app, helper, f"organiser:{scene.programme.id}")
    assert writes.post(f"{scene.page}?_method=put", data=data).status_code == 303
    assert away(scene.first) == [scene.slots[0].id]


def test_cells_of_another_camp_change_nothing(app: Flask, scene: Scene) -> None:
    other = participation(camp(person("Oskar"), title="Other"), "Didi")
    client = browser(app, scene.olga, f"organiser:{scene.programme.id}")
    data = {"away": [f"{other.id}:{scene.slots[0].id}", "x:y", f"{scene.first.id}:999999"]}
    assert client.post(f"{scene.page}?_method=put", data=data).status_code == 303
    assert away(other) == [] and away(scene.first) == []
