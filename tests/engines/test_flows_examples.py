"""The worked examples of the documentation are what the engines answer."""

import json
from pathlib import Path

import pytest

from campapp.engines.frame.control import Control
from campapp.engines.solving import solve_bytes

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "engines" / "examples"


@pytest.mark.parametrize("kind", ["match", "assign"])
def test_the_example_is_answered_as_it_is_printed(kind: str) -> None:
    answer = json.loads(solve_bytes(kind, (EXAMPLES / f"{kind}.json").read_bytes(), Control(now=lambda: 0.0)))
    shown = json.loads((EXAMPLES / f"{kind}.answer.json").read_text())
    assert {**answer, "engine": None} == {
        **shown,
        "engine": None,
    }  # which is of the version it was written at
