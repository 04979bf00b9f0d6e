"""Private links: no page that a stranger can open holds one."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from campapp.core import clock
from campapp.core.db import db
from campapp.core.park import Park
from campapp.scheduling.models import FeedLink
from tests.cast import browser
from tests.factories import BEFORE
from tests.outcomes.arranged import day


def test_no_page_that_a_visitor_can_open_holds_anybodys_private_feed(app: Flask) -> None:
    db.session.add(Park(name_en="Software Park"))
    db.session.commit()
    stage = day(2)
    with clock.at(BEFORE):
        for account in (stage.captain, stage.representative):
            browser(app, account).post("/me/feed")
        tokens = db.session.scalars(select(FeedLink.token)).all()
        assert len(tokens) == 2
        known = {"slug": stage.programme.slug, "id": 1}
        visitor, opened = app.test_client(), 0
        for rule in app.url_map.iter_rules():
            if "GET" not in (rule.methods or ()) or not rule.arguments <= set(known):
                continue
            with app.test_request_context():
                path = app.url_for(rule.endpoint, **{name: known[name] for name in rule.arguments})
            answer = visitor.get(path)
            opened += answer.status_code == 200
            assert answer.status_code != 500, path
            for token in tokens:
                assert token not in answer.text + str(answer.headers), path
    assert opened > 5
    mine = browser(app, stage.captain).get("/me").text
    assert tokens[0] in mine and tokens[1] not in mine
