"""The published evenings and conferences, to the digit of their known answers."""

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest

from campapp.engines.frame.control import Control
from campapp.engines.solving import solve_bytes
from tests.engines.checkers import assign as assign_checker
from tests.engines.checkers import match as match_checker

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "real"

pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="no shared data beside the checkout")


def answered(kind: str, path: Path, objective: str) -> Any:
    given = json.loads(gzip.decompress(path.read_bytes()))
    given["objective"] = objective
    answer = json.loads(solve_bytes(kind, json.dumps(given).encode(), Control()))
    (match_checker if kind == "match" else assign_checker).check(given, answer)
    assert answer["status"] == "optimal"
    return answer


def rows(pattern: str) -> list[tuple[str, ...]]:
    text = (REAL / "README.md").read_text() if REAL.is_dir() else ""
    return [tuple(found) for found in re.findall(pattern, text, re.MULTILINE)]


EVENING = r"^\| (wave\d+-\dto\d) \| [^|]* \| \d+ \| ([\d.]+) \| (\d+) \| ([\d.]+) \|"
CONFERENCE = (
    r"^\| ([\w-]+) \| \d+ × \d+ \| \d+ \| \d+ \| \d+ \| [\d–]+ \|"
    r" ([\d.]+) \| [\d.]+ \| ([\d.]+) \| ([\d.]+) \|"
)


@pytest.mark.parametrize(("name", "total", "matched", "stable"), rows(EVENING))
def test_an_evening_has_the_known_total_and_stable_matching(
    name: str, total: str, matched: str, stable: str
) -> None:
    (path,) = (REAL / "match" / "speeddating").glob(f"*{name}.json.gz")
    assert round(answered("match", path, "total")["objective"], 3) == float(total)
    answer = answered("match", path, "stable")
    assert (len(answer["pairs"]), round(answer["objective"], 3)) == (int(matched), float(stable))


@pytest.mark.parametrize(("name", "total", "theta", "at_theta"), rows(CONFERENCE))
def test_a_conference_has_the_known_total_and_threshold(
    name: str, total: str, theta: str, at_theta: str
) -> None:
    path = REAL / "assign" / f"{name}.json.gz"
    assert round(answered("assign", path, "total")["objective"], 3) == float(total)
    answer = answered("assign", path, "fair")
    assert (answer["theta"], round(answer["objective"], 3)) == (float(theta), float(at_theta))


def test_all_evenings_and_conferences_are_among_them() -> None:
    assert len(rows(EVENING)) == 42
    assert len(rows(CONFERENCE)) == 8
