"""A NUL in an address or a form, which PostgreSQL refuses to be asked about, breaks no page."""

from __future__ import annotations

import pytest
from flask import Flask

from campapp.core import clock
from campapp.core.current import SYSTEM, current
from campapp.programmes.actions.group import make_group
from tests.cast import browser, person
from tests.factories import BEFORE, application, camp

ADDRESSES = [
    "/programmes/a%00b", "/programmes/a%00b/notices", "/confirmation/1-%00", "/invitations/1-%00", "/search?q=a%00b",
    "/people?q=a%00b", "/organisations?q=%00", "/views/new?list=%00&query=%00", "/organisations/of/team%00/1",
]  # fmt: skip
FORMS = [
    ("visitor", "/reset/code", {"address": "a\0@park.example", "code": "123456", "password": "a short sentence"}),
    ("visitor", "/sign-in", {"address": "root@people.example", "password": "\0"}),
    ("root", "/membership", {"membership": "member:\0"}),
    ("root", "/acting", {"kind": "team\0", "id": "1"}),
    ("captain", "/applications/{entry}/submission", {"nonce": "a\0b"}),
    ("captain", "/applications/{entry}/withdrawal", {"reason": "a\0b"}),
]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_page_breaks_over_it_in_its_address(app: Flask, address: str) -> None:
    client = browser(app, person("Root", administrator=True))
    assert client.get(address).status_code in {200, 404}


def test_no_page_breaks_over_it_in_its_form(app: Flask) -> None:
    captain = person("Cao")
    clients = {"visitor": app.test_client(), "root": browser(app, person("Root", administrator=True)),
               "captain": browser(app, captain)}  # fmt: skip
    with clock.at(BEFORE):
        entry = application(camp(), captain, "Spark", state="draft")
        for who, path, form in FORMS:
            answer = clients[who].post(path.format(entry=entry.id), data=form)
            assert answer.status_code in {303, 404, 422}, path


def test_a_group_that_is_none_is_said_beside_its_field(app: Flask) -> None:
    olga = person("Olga")
    programme = camp(olga)
    with clock.at(BEFORE):
        with current.set(actor=SYSTEM):
            make_group(programme, title_en="Young", title_zh="", conditions=[])
        form = {"group": "none", "reason": "Storm"}
        answer = browser(app, olga).post(f"/programmes/{programme.slug}/allowances", data=form)
    assert (answer.status_code, "Young" in answer.text) == (422, True)
