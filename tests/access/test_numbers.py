"""Whatever number an address or a form carries, no page breaks: it is found, refused, or taken as not said."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

import campapp
from campapp.core import clock
from campapp.core.list.declared import List
from tests.access.outsiders import requests
from tests.cast import browser, person
from tests.outcomes.arranged import AFTER, Day, day, signed_in

HUGE = "99999999999999999999"
IN_ADDRESSES = (HUGE, "-1", "9999-12-31")
IN_FORMS = ("1" * 5000, f"1:{HUGE}")
READ = re.compile(r"""request\.(args|form|values)(?:\.get|\.getlist)?[(\[]\s*f?"(\w+)""")
LEFT_ALONE = {"/session", "/sessions", "/account/password"}
"""They end the session with which the next is asked."""


def names_in(source: str, *kinds: str) -> set[str]:
    """The fields that a piece of source reads from an address, or from a form."""
    return {name for kind, name in READ.findall(source) if kind in kinds}


def of_lists() -> set[str]:
    """What any list reads from its address."""
    filters = {key for kind in List.__subclasses__() for one in kind.filters for key in one.keys}
    return filters | {"after", "before", "sort", "as", "all", "row", "page"}


def everywhere(*kinds: str) -> set[str]:
    """The fields that any page reads."""
    views = Path(campapp.__file__).parent.rglob("*.py")
    return set().union(*(names_in(one.read_text(encoding="utf-8"), *kinds) for one in views))


def of_the_view(app: Flask, endpoint: str) -> str:
    """The source of the module that answers."""
    view = inspect.unwrap(app.view_functions[endpoint])
    return inspect.getsource(sys.modules[view.__module__])


def test_the_fields_that_are_known_to_hold_numbers_are_found(app: Flask) -> None:
    assert {"before", "seen", "company", "year", "with", "n"} <= everywhere("args", "values")
    assert {"version", "seen", "group", "company"} <= everywhere("form")
    assert {"q", "state"} <= of_lists()


@pytest.fixture
def stage(app: Flask) -> Day:
    return day(2)


@pytest.fixture(params=["administrator", "organiser", "team", "company"])
def reader(request: pytest.FixtureRequest, app: Flask, stage: Day) -> FlaskClient:
    if request.param == "administrator":
        return browser(app, person("Ada", administrator=True))
    return signed_in(app, stage, request.param)


def addresses(app: Flask, stage: Day, methods: set[str]) -> Iterator[tuple[str, str, str]]:
    """(endpoint, method, address)."""
    for rule, method, address in requests(app, stage):
        if method in methods and address not in LEFT_ALONE and address != "/healthz":
            yield rule.endpoint, method, address


def test_no_page_breaks_over_a_number_in_its_address(app: Flask, stage: Day, reader: FlaskClient) -> None:
    common, broken = (everywhere("args", "values") | of_lists()) - {"as"}, set()
    with clock.at(AFTER):
        for endpoint, _method, address in addresses(app, stage, {"GET"}):
            source = of_the_view(app, endpoint)
            own = names_in(source, "args", "values")
            asked = [dict.fromkeys(common, value) for value in IN_ADDRESSES]
            asked += [{one: HUGE} for one in {*own, "as"} if own != {one}]
            for fields in asked if own or "request.args" in source else ():
                answer = reader.get(address, query_string=fields)
                if answer.status_code >= 500:
                    broken.add(f"{address} {sorted(fields.items())[:1]}: {answer.status_code}")
    assert sorted(broken) == []


def test_no_action_breaks_over_a_number_in_its_form(app: Flask, stage: Day, reader: FlaskClient) -> None:
    broken = set()
    with clock.at(AFTER):
        for endpoint, method, address in addresses(app, stage, {"POST", "PUT", "PATCH"}):
            own = names_in(of_the_view(app, endpoint), "form", "values")
            for value in IN_FORMS if own else ():
                answer = reader.open(address, method=method, data=dict.fromkeys(own, value))
                if answer.status_code >= 500:
                    broken.add(f"{method} {address} {value[:30]}: {answer.status_code}")
    assert sorted(broken) == []
