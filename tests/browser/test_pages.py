"""Every page of every role in a real Chromium: none breaks, and none is closed to anybody."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Served
from tests.browser.served import ROLES
from tests.browser.walk import application_of, walk

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
Window = Callable[..., Page]
Violations = Callable[[Page], list[str]]
looked_at: set[str] = set()
"""Endpoints that an earlier role's window has shown: each page is looked at once."""


@pytest.mark.parametrize("role", [*ROLES, "visitor"])
def test_no_page_that_a_role_can_reach_breaks_or_shuts_anybody_out(
    window: Window, violations: Violations, park_served: Served, role: str
) -> None:
    page = window(role, width=360, locale="zh-CN")
    visited = walk(application_of(park_served.folder), page.request, park_served.address, each=2)
    assert [one for one in visited if one.status >= 500] == []
    assert {"desk.home.show", "programmes.programme.index", "desk.search.show"} <= {
        one.endpoint for one in visited if one.status == 200
    }
    wrong = []
    for one in visited:
        if one.is_page and one.endpoint not in looked_at:
            looked_at.add(one.endpoint)
            page.goto(f"{park_served.address}{one.path}", wait_until="load")
            wrong += violations(page)
    assert not wrong, "\n".join(wrong)
