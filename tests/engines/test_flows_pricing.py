"""Large networks begin with few arcs; the same on networks small enough to be solved whole beside it."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campapp.engines.flow import pricing
from campapp.engines.frame.control import Control
from campapp.engines.solving import solve_bytes
from tests.engines.assign.instances import panels
from tests.engines.match.instances import markets

Json = dict[str, Any]


def solved(kind: str, instance: Json, *, sample: int | None = None) -> Json:
    """The answer; with `sample` given, begun with about so many of the pairs, however few there are."""
    data = json.dumps(instance, ensure_ascii=False).encode()
    with pytest.MonkeyPatch.context() as patch:
        if sample is not None:
            patch.setattr(pricing, "LARGE", 1)
            patch.setattr(pricing, "_SAMPLE", sample)
        answer: Json = json.loads(solve_bytes(kind, data, Control()))
    return answer


def check_same_values(begun: Json, whole: Json, scores: list[float]) -> None:
    """Which of the matchings that are equally good to nine digits is found may differ."""
    assert (begun["status"], begun["theta"]) == (whole["status"], whole["theta"])
    if whole["status"] == "optimal":
        nearly = 2e-9 * max(map(abs, scores), default=0.0) * (1 + len(scores))
        assert begun["bound"] == begun["objective"] == pytest.approx(whole["objective"], rel=0, abs=nearly)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(["total", "fair"]).flatmap(markets), st.integers(1, 4))
def test_a_market_begun_with_few_pairs_has_the_same_values(market: Json, sample: int) -> None:
    begun, whole = solved("match", market, sample=sample), solved("match", market)
    check_same_values(begun, whole, [row["score"] for row in market["pairs"]])


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(["total", "fair"]).flatmap(panels), st.integers(1, 4))
def test_a_panel_begun_with_few_pairs_has_the_same_values(panel: Json, sample: int) -> None:
    begun, whole = solved("assign", panel, sample=sample), solved("assign", panel)
    check_same_values(begun, whole, [row["score"] for row in panel["affinity"]])


@pytest.mark.parametrize("objective", ["total", "fair"])
def test_only_teams_that_have_pairs_are_sampled(objective: str) -> None:
    party = {"min": 0, "ranks": [], "excludes": []}
    market = {
        "format": "campapp.match/1",
        "objective": objective,
        "teams": [{"id": "idle", "max": 2, **party}, {"id": "wanted", "max": 2, **party}],
        "companies": [{"id": f"c{number}", "max": 1, **party} for number in range(4)],
        "pairs": [{"team": "wanted", "company": f"c{number}", "score": number} for number in range(4)],
        "pinned": [],
        "forbidden": [],
    }
    answer = solved("match", market, sample=2)
    assert (answer["status"], answer["objective"]) == ("optimal", 5)
