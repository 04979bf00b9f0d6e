"""The map of the house leads somewhere: every file and folder that it names is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
AT_HAND = ("campapp", "templates", "static", "tests", "checks", "setup", "docs", "migrations", "benchmarks")
NAMED = re.compile(rf"(?<=[`(])(?:{'|'.join(AT_HAND)})/[\w./*-]*")


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "README.md", "docs/forms.md", "docs/engines.md"])
def test_every_path_that_a_page_names_exists(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    named = {path.rstrip("/.") for path in NAMED.findall(text)}
    assert named
    assert [path for path in sorted(named) if not list(ROOT.glob(path))] == []
