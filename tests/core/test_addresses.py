"""Addresses: no page stands in another's way, and text that is no id finds nothing."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace

import pytest
from flask import Flask
from werkzeug.exceptions import NotFound

from campapp.core.access import find
from campapp.core.current import SYSTEM, current
from campapp.programmes.models import Programme
from tests.cast import browser, person
from tests.factories import camp


def test_no_two_pages_have_one_address(app: Flask) -> None:
    found = defaultdict(set)
    for rule in app.url_map.iter_rules():
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            found[method, re.sub("<[^>]*>", "<>", rule.rule)].add(rule.endpoint)
    assert [(key, ends) for key, ends in found.items() if len(ends) > 1] == []


def test_a_row_is_found_by_the_text_of_its_id_and_by_no_other_text(app: Flask) -> None:
    programme = camp()
    with current.set(actor=SYSTEM):
        assert find(Programme, str(programme.id)).id == programme.id
        for text in ("", "x", "1 OR 1", "-1", "99999999999999999999", "²"):
            with pytest.raises(NotFound):
                find(Programme, text)


def test_a_number_that_no_row_can_have_is_no_address(app: Flask) -> None:
    client = browser(app, person("Ann"))
    for number in (2**31, 2**63, 10**30):
        for path in (
            f"/companies/{number}",
            f"/applications/{number}/files/1",
            f"/applications/1/files/{number}",
        ):
            assert client.get(path).status_code == 404
    with current.set(actor=SYSTEM), pytest.raises(NotFound):
        find(Programme, 2**31)


@pytest.mark.parametrize(
    "target",
    ["//x.example", "/\\x.example", "/\t/x.example", "https://x.example", "/\r\nX-Mine: 1", "/\x7f", "x"],
)
def test_signing_in_leads_to_no_other_house_and_into_no_header(app: Flask, target: str) -> None:
    answer = browser(app, person("Ann")).get("/sign-in", query_string={"then": target})
    assert (answer.status_code, answer.location, answer.headers.get("X-Mine")) == (303, "/", None)


@pytest.mark.parametrize(
    ("path", "code"),
    [("/search?q=%00", 200), ("/programmes/a%00b", 404), ("/feeds/%00.ics", 404), ("/mailbox?q=a%00b", 200),
     (f"/mailbox?before={10**30}", 200), ("/mailbox?before=-1", 200)],
)  # fmt: skip
def test_what_no_database_takes_as_text_or_number_is_no_error_of_ours(
    app: Flask, monkeypatch: pytest.MonkeyPatch, path: str, code: int
) -> None:
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], demo=True))
    assert app.test_client().get(path).status_code == code
