"""Panels of real judges with a truth that was held out."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.rank import agreement, answer, estimates

PANELS = Path(__file__).resolve().parents[4] / "shared" / "data" / "real" / "rank"

pytestmark = pytest.mark.skipif(not PANELS.is_dir(), reason="no shared data beside the checkout")


def read(name: str) -> Any:
    return json.loads(gzip.decompress((PANELS / f"{name}.json.gz").read_bytes()))


def correlation(name: str, method: str) -> float:
    instance, truth = read(name), read(f"{name}.truth")["value"]
    return agreement(estimates(answer(instance, method)), truth, instance["quota"])[1]


@pytest.mark.parametrize("name", ["jester-6x40-2", "jester-6x40-3"])
def test_where_severity_is_wide_calibrating_helps(name: str) -> None:
    assert correlation(name, "calibrated") >= 0.67


@pytest.mark.parametrize(
    "name", ["aibs-grants", "diving2000-3of7", "skating-components-3of9", "writing-dense-3of43-2"]
)
def test_trained_judges_are_not_made_worse(name: str) -> None:
    assert correlation(name, "calibrated") >= correlation(name, "mean") - 0.01


def test_zscore_destroys_the_order_of_panels_that_never_meet() -> None:
    assert (
        correlation("skating-components-3of9", "zscore")
        < correlation("skating-components-3of9", "mean") - 0.1
    )
