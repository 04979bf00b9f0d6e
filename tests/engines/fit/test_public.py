"""The public bilingual texts and reviewers, where they lie beside the checkout."""

import gzip
import json
from pathlib import Path

import pytest

from benchmarks.fit import figures_of
from tests.engines.fit.solving import answered

FOLDER = Path(__file__).parents[3].parent / "shared" / "data" / "real" / "fit"

pytestmark = [
    pytest.mark.skipif(not FOLDER.exists(), reason="no shared data beside the checkout"),
    pytest.mark.usefixtures("each_text_is_read_once"),
]


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("cncf-zh-need-en-project", {"@1": 0.50, "@5": 0.85}),
        ("cncf-en-need-zh-project", {"@1": 0.50, "@5": 0.85}),
        ("tldr-zh-need-en-project", {"@1": 0.93}),
        ("tldr-en-need-zh-project", {"@1": 0.93}),
    ],
)
def test_the_other_half_of_a_page_is_found_across_languages(name, least):
    figures = _figures(name)
    assert all(figures[key] >= value for key, value in least.items()), figures


def test_reviewers_are_ordered_as_they_judge_themselves():
    assert _figures("reviewer-gold")["loss"] <= 0.26


def _figures(name: str) -> dict[str, float]:
    given, truth = (
        json.loads(gzip.decompress((FOLDER / f"{name}{end}").read_bytes()))
        for end in (".json.gz", ".truth.json.gz")
    )
    answered(given)
    return figures_of(given, truth)
