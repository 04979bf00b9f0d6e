"""docs/cases.md is true: every test that it names stands where it says, and every case has its line."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "cases.md").read_text(encoding="utf-8")


def test_every_test_that_the_page_names_exists() -> None:
    file, named = "", 0
    for path, name in re.findall(r"`((?:[\w/]+\.py)?)::(\w+)`", PAGE):
        file = path or file
        assert f"def {name}(" in (ROOT / "tests" / file).read_text(encoding="utf-8"), f"{file}::{name}"
        named += 1
    assert named > 50


def test_every_case_has_its_line() -> None:
    found: set[int] = set()
    for first, last in re.findall(r"^\| (\d+)(?:–(\d+))? \|", PAGE, re.MULTILINE):
        found |= set(range(int(first), int(last or first) + 1))
    assert found == set(range(1, 40))
