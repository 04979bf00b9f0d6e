"""People who have no business in a camp, and an address for every rule of the URL map that points into it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.routing import Rule

from campapp.companies.actions import join_company, name_representative, write_down_company
from campapp.core.action import bulk
from campapp.core.current import SYSTEM, current
from campapp.core.db import Base, db
from tests.cast import browser, person
from tests.factories import camp, team_of
from tests.outcomes.arranged import Day

OPEN = {"anyone", "public", "only_in_the_demo", "mailbox_open", "empty_park"}
"""Guards that a visitor may pass; what such a page shows is decided by sight."""
OWN = {"signed_in", "own_session", "may_act", "own_view", "own_notification", "inviter", "may_ask"}
"""Guards over what is one's own: whoever is signed in may pass, and finds only that."""
OFFICE = {
    "writes_companies_down", "may_create_programme", "may_import", "reads_impact", "issues_reports",
    "keeps_organisations", "reads_organisations", "verifies", "(keeps_organisations or of_ones_own)",
}  # fmt: skip
"""What any programme's staff may open, over their own programme."""
PASSES = {
    "visitor": OPEN,
    "member": OPEN | OWN | {"has_a_team", "reviews"},
    "representative": OPEN | OWN | {"reviews"},
    "organiser": OPEN | OWN | OFFICE,
}
"""What each outsider's role lets through by itself, without the camp that is asked for."""


def outsiders(app: Flask) -> dict[str, FlaskClient]:
    """A visitor, a captain of another team, another company's representative, another camp's organiser."""
    captain, representative, organiser = (
        person("Other Captain"),
        person("Other Rep"),
        person("Other Organiser"),
    )
    team = team_of(captain, "Elsewhere")
    programme = camp(organiser, title="Another Camp", slots=False)
    with current.set(actor=SYSTEM), bulk():
        company = write_down_company(None, "Far Away Ltd")
        db.session.flush()
        join_company(name_representative(company, representative.name, lead=True), representative)
    return {
        "visitor": app.test_client(),
        "member": browser(app, captain, f"member:{team.id}"),
        "representative": browser(app, representative, f"representative:{company.id}"),
        "organiser": browser(app, organiser, f"organiser:{programme.id}"),
    }


def guard_of(app: Flask, rule: Rule) -> str:
    """The name of what guards it."""
    guard = getattr(app.view_functions[rule.endpoint], "guard", None)
    return guard.name if guard else "public"


def lets_through(guard: str, role: str) -> bool:
    """Whether the outsider's role alone passes each part of the guard (`a and (b or c)`)."""
    parts = [part.strip("()").split(" or ") for part in guard.split(" and ")]
    return guard in PASSES[role] or all(set(part) & PASSES[role] for part in parts)


def requests(app: Flask, day: Day) -> Iterator[tuple[Rule, str, str]]:
    """(rule, method, address) for each, with the ids of the camp's own rows."""
    firsts = _first_ids()
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static":
            continue
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule, method, _address(rule.rule, day, firsts)


def _address(pattern: str, day: Day, firsts: dict[str, int]) -> str:
    def value(found: re.Match[str]) -> str:
        kind, name = found[1] or "", found[2]
        if name == "slug":
            return day.programme.slug
        if kind.startswith("int"):
            noun = pattern[: found.start()].rstrip("/").rpartition("/")[2]
            return str(firsts.get(noun, 1))
        return "pitch"

    return re.sub(r"<(?:(\w+(?:\([^)]*\))?):)?(\w+)>", value, pattern)


def _first_ids() -> dict[str, int]:
    """Table name → its first row's id; addresses say tables by the same plural nouns."""
    found = {}
    for table in Base.metadata.sorted_tables:
        if "id" in table.c:
            row: Any = db.session.execute(select(table.c.id).order_by(table.c.id).limit(1)).scalar()
            if row is not None:
                found[table.name.replace("_", "-")] = int(row)
    return found
