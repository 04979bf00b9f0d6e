"""The worked example of the guide is what the engine answers."""

import json
from pathlib import Path

import pytest

from tests.engines.rank.instances import column, solved

EXAMPLES = Path(__file__).resolve().parents[3] / "docs" / "engines" / "examples"


def test_the_guide_shows_what_the_engine_answers() -> None:
    shown = json.loads((EXAMPLES / "rank.out.json").read_bytes())
    answer = solved(json.loads((EXAMPLES / "rank.in.json").read_bytes()))
    assert column(answer, "estimate") == column(shown, "estimate")
    assert column(answer, "in_quota") == pytest.approx(column(shown, "in_quota"), abs=1e-6)
    assert answer["cut"] == shown["cut"]
