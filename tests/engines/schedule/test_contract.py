"""What is no schedule is refused at the place of its fault; what is one is answered within its limits."""

import json
import time
from pathlib import Path

import pytest

from campapp.engines.frame import memory
from campapp.engines.frame.control import Control
from campapp.engines.frame.errors import BadInput, Cancelled
from campapp.engines.solving import solve_bytes, solve_file
from tests.engines.checkers.schedule import Json, check
from tests.engines.malformed.schedule import FILES, GOOD


@pytest.mark.parametrize("number", range(len(FILES)))
def test_a_malformed_schedule_is_refused_at_its_fault(number: int, tmp_path: Path) -> None:
    data, place = FILES[number]
    with pytest.raises(BadInput) as refused:
        solve_bytes("schedule", data, Control())
    assert refused.value.place == place


def test_there_are_fifty_malformed_files_and_the_good_one_is_solved() -> None:
    assert len(FILES) >= 50
    check(GOOD.given, json.loads(solve_bytes("schedule", GOOD.data, Control())))


def fair(teams: int, companies: int, slots: int, tables: int) -> Json:
    """Every team meets every third company."""
    return {
        "format": "campapp.schedule/1",
        "slots": [
            {
                "id": f"s{i}",
                "day": "2026-12-01",
                "start": f"{9 + i // 2:02}:{i % 2 * 30:02}",
                "end": f"{9 + i // 2:02}:{i % 2 * 30 + 25:02}",
            }
            for i in range(slots)
        ],
        "tables": [{"id": f"T{i}"} for i in range(tables)],
        "participants": [
            *({"id": f"c{i}", "kind": "company", "unavailable": [f"s{i % slots}"]} for i in range(companies)),
            *({"id": f"t{i}", "kind": "team"} for i in range(teams)),
        ],
        "meetings": [
            {"id": f"m{t}-{c}", "participants": [f"t{t}", f"c{c}"]}
            for t in range(teams)
            for c in range(companies)
            if (t + c) % 3 == 0
        ],
        "objective": ["placed", "team_breaks", "company_breaks"],
    }


LARGE = fair(60, 30, 24, 28)


def test_the_same_file_gives_the_same_bytes() -> None:
    data = json.dumps(fair(12, 6, 12, 6)).encode()

    def answer() -> bytes:
        return solve_bytes("schedule", data, Control(now=lambda: 0.0))

    first = answer()
    assert json.loads(first)["status"] == "optimal"
    assert first == answer()


def test_the_time_limit_holds_to_the_second() -> None:
    began = time.monotonic()
    answer = json.loads(solve_bytes("schedule", json.dumps(LARGE).encode(), Control(seconds=3.0, workers=2)))
    assert time.monotonic() - began < 4.0
    check(LARGE, answer)


def test_a_cancelled_schedule_ends_within_a_second() -> None:
    asked: list[float] = []

    def stop() -> bool:
        asked.append(time.monotonic())
        return asked[-1] - asked[0] > 1.5

    with pytest.raises(Cancelled):
        solve_bytes("schedule", json.dumps(LARGE).encode(), Control(stop=stop))
    assert time.monotonic() - asked[0] < 2.5


def test_memory_is_refused_before_it_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    source, out = tmp_path / "in.json", tmp_path / "out.json"
    source.write_text(json.dumps(LARGE))
    monkeypatch.setattr(memory, "CEILING", 32 << 20)
    assert solve_file("schedule", source, out) == 2
    assert not out.exists()


def test_progress_tells_best_and_bound() -> None:
    told: list[dict[str, object]] = []
    solve_bytes("schedule", json.dumps(LARGE).encode(), Control(seconds=3.0, tell=told.append))
    assert told
    assert {"seconds", "best", "bound", "level"} <= set(told[-1])
