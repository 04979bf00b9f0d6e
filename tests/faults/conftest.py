"""A park that answers, with a mail server of its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from campapp.core import clock
from campapp.core.db import db
from campapp.core.park import Park
from campapp.programmes.models import Programme
from tests import factories
from tests.cast import person
from tests.faults.served import PATIENCE, Served, served
from tests.post_office import PostOffice, post_office


@pytest.fixture
def office(app: Flask) -> Iterator[PostOffice]:
    """The park's mail server."""
    with post_office() as found:
        db.session.add(Park(name_en="Software Park", smtp_url=found.url, mail_from="park@park.example"))
        db.session.commit()
        yield found


@pytest.fixture
def patience() -> float:
    """Seconds that its writers wait for a lock."""
    return PATIENCE


@pytest.fixture
def site(app: Flask, office: PostOffice, patience: float) -> Iterator[Served]:
    """The park behind `campapp run`."""
    with served(app.config["SETTINGS"], patience) as park:
        yield park


@pytest.fixture
def programme(office: PostOffice) -> Programme:
    """A camp in a week, whose call closes tomorrow: the processes go by the machine's clock."""
    now = clock.now()
    return factories.camp(
        person("Olga"), deadline=now + timedelta(days=1), first_day=(now + timedelta(days=7)).date()
    )
