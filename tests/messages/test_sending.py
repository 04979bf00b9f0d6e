"""The page of a sending: as many statements for many letters as for one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from campapp.applications.actions.together import decide_together
from campapp.core import clock
from campapp.core.action import bulk
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.outbox import Sending
from campapp.core.park import Park
from campapp.programmes.actions.programme import drop_staff, set_staff
from tests.cast import actor, browser, person
from tests.factories import BEFORE, applications, camp


@pytest.mark.parametrize("letters", [1, 3, 6])
def test_the_page_asks_twelve_statements(
    app: Flask, statements: Callable[[Callable[[], object]], int], letters: int
) -> None:
    db.session.add(Park(name_en="Software Park"))
    db.session.commit()
    organiser = person("Olga")
    with clock.at(BEFORE):
        programme = camp(organiser)
        chosen = {one.id: one.state for one in applications(programme, letters)}
        with current.set(actor=actor(organiser)), bulk():
            sending = decide_together(programme, "eligible", chosen, title="Results").sending
        client = browser(app, organiser)
        address = f"/sendings/{sending.id}"
        page = client.get(address).text
        assert page.count('<article class="letter"') == min(letters, 3)
        db.session.remove()
        assert statements(lambda: client.get(address)) == 12


def test_who_no_longer_manages_the_programme_neither_reads_nor_sends_what_they_made(app: Flask) -> None:
    db.session.add(Park(name_en="Software Park"))
    db.session.commit()
    olga = person("Olga")
    with clock.at(BEFORE):
        programme = camp(person("Else"))
        with current.set(actor=SYSTEM):
            staff = set_staff(programme, olga, "manager")
        chosen = {one.id: one.state for one in applications(programme, 1)}
        with current.set(actor=actor(olga)), bulk():
            sending = decide_together(programme, "eligible", chosen, title="Results").sending
        path, client = f"/sendings/{sending.id}", browser(app, olga)
        with current.set(actor=SYSTEM):
            set_staff(programme, olga, "helper")
        assert client.post(f"{path}/release").status_code in {403, 404}
        assert client.post(path, data={"words-zh": "x", "words-en": "x"}).status_code in {403, 404}
        with current.set(actor=SYSTEM):
            drop_staff(programme, staff)
        assert client.get(path).status_code in {403, 404}
        assert client.post(f"{path}/release").status_code in {403, 404}
        db.session.rollback()
        assert db.session.get_one(Sending, sending.id).released_at is None
