"""Browser and server read every form alike: whatever the browser decides, the server decides likewise."""

from __future__ import annotations

import base64
import random
import re
from decimal import Decimal
from typing import Any

import cn2an
import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from playwright.sync_api import Browser
from werkzeug.datastructures import MultiDict

from campapp.core.form import answers as kept
from campapp.core.form import asked, declared, kinds
from campapp.core.text import lines
from campapp.settings import beside
from tests.core.form.generated import a_case

JUDGE = """async ({source, cases}) => {
  const rules = await import(source);
  return cases.map(({fields, typed, files}) => {
    const said = Object.fromEntries(fields.map((field) => [field.key, rules.read(field, typed[field.key])]));
    const answers = Object.fromEntries(Object.entries(said).map(([key, one]) => [key, one.value]));
    return {said, asked: [...rules.asked(fields, answers)], lacking: rules.lacking(fields, answers, files)};
  });
}"""


def source(name: str = "rules.js") -> str:
    """A module, with those that it imports inside it, so that a blank page can ask it alone."""
    file = beside("static") / "js" / name
    code = re.sub(
        r'from "(\./[^"]+)"',
        lambda found: f'from "{source(str((file.parent / found[1]).relative_to(beside("static") / "js")))}"',
        file.read_text(),
    )
    return "data:text/javascript;base64," + base64.b64encode(code.encode()).decode()


def sent(case: dict[str, Any]) -> MultiDict[str, str]:
    """What a browser posts."""
    found: MultiDict[str, str] = MultiDict()
    for field in case["fields"]:
        key, typed = field["key"], case["typed"][field["key"]]
        if field["kind"] == "table":
            for number, row in enumerate(typed):
                for column, value in row.items():
                    found.add(f"{key}-{number}-{column}", value)
        elif field["kind"] == "choices":
            for value in typed:
                found.add(key, value)
        elif field["kind"] == "consent":
            if typed:
                found.add(key, "y")
        elif field["kind"] not in kinds.GIVEN:
            found.add(key, typed)
    return found


def on_the_server(case: dict[str, Any]) -> dict[str, Any]:
    """Field → (fits, value), and what is asked and lacking."""
    document = {"sections": [{"key": "s", "fields": case["fields"]}]}
    form = declared.build(document).of(None, sent(case))
    form.validate()
    said = {}
    for field in case["fields"]:
        if field["kind"] not in kinds.GIVEN:
            one = form[field["key"]]
            said[field["key"]] = (not one.errors, None if one.errors else kept.plain(one.data))
    answers = {key: value for key, (_fits, value) in said.items() if value not in (None, "", [], {})}
    gaps = set(kept.misfits({"sections": [{"fields": [bare(f) for f in case["fields"]]}]}, answers))
    lacking = kept.missing(document, answers, set(case["files"]))
    return {"said": said, "asked": asked.asked(document, answers), "lacking": set(lacking), "gaps": gaps}


def bare(field: dict[str, Any]) -> dict[str, Any]:
    """The field without its condition: what is looked at is the field itself."""
    return {name: value for name, value in field.items() if name != "when"}


def same(browser: Any, server: Any) -> bool:
    if server in (None, "", [], {}):
        return browser is None
    if isinstance(server, list):
        return isinstance(browser, list) and len(browser) == len(server) and all(map(same, browser, server))
    if isinstance(server, dict):
        return browser.keys() == server.keys() and all(same(browser[key], server[key]) for key in server)
    return bool(browser == server)


@pytest.mark.browser
def test_what_the_browser_decides_about_a_form_the_server_decides_likewise(
    plain: Flask, chromium: Browser
) -> None:
    cases: list[dict[str, Any]] = []

    @settings(max_examples=1500, derandomize=True, database=None, deadline=None,
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(a_case())
    def invent(case: dict[str, Any]) -> None:
        cases.append(case)

    invent()
    page = chromium.new_page()
    in_browser = page.evaluate(JUDGE, {"source": source(), "cases": cases})
    page.close()
    decided, by_kind, different = 0, set(), []
    with plain.test_request_context():
        for case, browser in zip(cases, in_browser, strict=True):
            server, sure = on_the_server(case), True
            for field in case["fields"]:
                said = browser["said"].get(field["key"], {})
                if field["kind"] in kinds.GIVEN:
                    continue
                if said.get("undecided"):
                    assert may_be_undecided(field), field
                    sure = False
                    continue
                fits, value = server["said"][field["key"]]
                value = True if field["kind"] == "consent" and value else value
                gap = ("gap" in said) == (field["key"] in server["gaps"])
                if ("bad" not in said) != fits or not same(said.get("value"), value) or not gap:
                    different.append((field, case["typed"][field["key"]], said, fits, value))
                decided += 1
                by_kind.add((field["kind"], fits))
            alike = set(browser["asked"]) == server["asked"] and set(browser["lacking"]) == server["lacking"]
            if sure and not alike:
                different.append((case, browser, server))
    assert different[:5] == []
    assert decided > 2000
    assert {kind for kind, _fits in by_kind} >= set(kinds.KINDS) - {*kinds.GIVEN, "phone"}
    refused = {kind for kind, fits in by_kind if not fits}
    assert refused >= {
        "text",
        "long",
        "number",
        "money",
        "date",
        "link",
        "phone",
        "credit",
        "table",
        "choice",
        "choices",
    }


def may_be_undecided(field: dict[str, Any]) -> bool:
    """Only what needs a table that the browser does not have."""
    kinds_of = {column["kind"] for column in field.get("columns", [field])}
    return bool(kinds_of & {"phone", "money", "date", "credit", "identity"})


@pytest.mark.browser
def test_an_amount_reads_in_full_alike_on_both_sides(plain: Flask, chromium: Browser) -> None:
    seeded = random.Random(7)
    amounts = [round(seeded.choice((1, 1e3, 1e6, 1e9, 1e12)) * seeded.random() * 10, 2) for _ in range(300)]
    amounts += [0, 0.05, 1.05, 10005, 105000, 100010001, 10**8, 10**13, 30005000, 1000100000000]
    page = chromium.new_page()
    code = "async ({source, amounts}) => { const {capitals} = await import(source); return amounts.map(capitals); }"
    found = page.evaluate(code, {"source": source(), "amounts": amounts})
    page.close()
    for amount, words in zip(amounts, found, strict=True):
        assert words == cn2an.an2cn(f"{Decimal(str(amount)):f}", "rmb"), amount


@pytest.mark.browser
def test_characters_are_counted_alike_on_both_sides(plain: Flask, chromium: Browser) -> None:
    texts = ["家", "é", "e\u0301", "𠮷😀", "a\r\nb", "👩‍👩‍👧", "a\rb\n"]
    page = chromium.new_page()
    code = "async ({source, texts}) => { const {length} = await import(source); return texts.map(length); }"
    assert page.evaluate(code, {"source": source(), "texts": texts}) == [lines.length(text) for text in texts]
    page.close()
