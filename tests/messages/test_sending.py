"""The page of a sending: as many statements for many letters as for one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from campapp.applications.actions.together import decide_together
from campapp.core import clock
from campapp.core.action import bulk
from campapp.core.current import current
from campapp.core.db import db
from campapp.core.park import Park
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
