"""Whichever of search and proof is faster, the same timetable comes out."""

import json
import random
import subprocess
from typing import Any

import pytest

from campapp.engines.frame.control import Control
from campapp.engines.schedule import hunting, race, search
from campapp.engines.schedule.annealer import Annealer
from campapp.engines.schedule.process import Apart
from campapp.engines.solving import solve_bytes
from tests.engines.checkers.schedule import Json, check


def camp(seed: int) -> Json:
    """Forty teams and twelve companies over two days; who meets whom, and who is away, is drawn."""
    draw = random.Random(seed)
    slots = [
        {
            "id": f"s{i}",
            "day": f"2026-12-0{1 + i // 8}",
            "start": f"{9 + i % 8:02}:00",
            "end": f"{9 + i % 8:02}:30",
        }
        for i in range(16)
    ]
    names = [s["id"] for s in slots]
    pairs = sorted({(draw.randrange(40), draw.randrange(12)) for _ in range(150)})
    return {
        "format": "campapp.schedule/1",
        "slots": slots,
        "tables": [{"id": f"T{i}"} for i in range(12)],
        "participants": [
            *({"id": f"c{i}", "kind": "company", "unavailable": draw.sample(names, 2)} for i in range(12)),
            *({"id": f"t{i}", "kind": "team", "unavailable": draw.sample(names, 1)} for i in range(40)),
        ],
        "meetings": [{"id": f"m{t}-{c}", "participants": [f"t{t}", f"c{c}"]} for t, c in pairs],
        "objective": ["placed", "team_breaks", "company_breaks"],
    }


class Late(Apart):
    """A process whose words arrive late: it is asked for two seconds in vain."""

    waits = 200

    def next(self, seconds: float) -> Any:
        self.waits -= 1
        if self.waits > 0:
            self._thread.join(0.01)
            return None
        return super().next(seconds)


class Brief(Annealer):
    """Annealing too short to find the best, so that hunt and proof decide."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.first = 400


@pytest.mark.parametrize("chain", [Annealer, Brief])
@pytest.mark.parametrize("seed", [2])
def test_the_slower_part_does_not_change_the_timetable(
    chain: type[Annealer], seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = camp(seed)
    data = json.dumps(given).encode()
    monkeypatch.setattr(search, "Annealer", chain)

    def answer(proof: type[Apart], hunt: type[Apart]) -> bytes:
        monkeypatch.setattr(race, "Apart", proof)
        monkeypatch.setattr(hunting, "Apart", hunt)
        return solve_bytes("schedule", data, Control(seed=3, workers=2, now=lambda: 0.0))

    first = answer(Apart, Apart)
    check(given, json.loads(first))
    assert json.loads(first)["status"] == "optimal"
    assert answer(Late, Apart) == first
    assert answer(Apart, Late) == first


@pytest.mark.parametrize("chain", [Annealer, Brief])
def test_one_worker_is_one_process_and_proves_the_same_values(
    chain: type[Annealer], monkeypatch: pytest.MonkeyPatch
) -> None:
    given = camp(2)
    data = json.dumps(given).encode()
    monkeypatch.setattr(search, "Annealer", chain)
    many = json.loads(solve_bytes("schedule", data, Control(seed=3, workers=2)))
    monkeypatch.setattr(subprocess, "Popen", lambda *_, **__: pytest.fail("a second process"))
    first = solve_bytes("schedule", data, Control(seed=3, workers=1, now=lambda: 0.0))
    check(given, json.loads(first))
    assert (json.loads(first)["status"], json.loads(first)["values"]) == ("optimal", many["values"])
    assert solve_bytes("schedule", data, Control(seed=3, workers=1, now=lambda: 0.0)) == first


def test_a_hunt_without_a_proof_betters_and_ends_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    given = camp(2)
    data = json.dumps(given).encode()
    monkeypatch.setattr(search, "TINY", 10)
    monkeypatch.setattr(search, "LARGEST", 10)
    monkeypatch.setattr(search, "Annealer", Brief)

    def answer() -> bytes:
        return solve_bytes("schedule", data, Control(seed=3, workers=2, now=lambda: 0.0))

    monkeypatch.setattr(race, "HUNT_WORK", -1)
    before = json.loads(answer())["values"]["company_breaks"]
    monkeypatch.setattr(race, "HUNT_WORK", 3_000)
    first = answer()
    check(given, json.loads(first))
    assert json.loads(first)["values"]["company_breaks"] < before
    assert answer() == first


def test_nothing_is_hunted_that_changes_of_table_come_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clauses of a hunt know no tables: it found the same again, to be refused without end."""
    given: Json = {
        "format": "campapp.schedule/1",
        "slots": [
            {"id": f"s{i}", "day": "2026-12-01", "start": f"{9 + i:02}:00", "end": f"{9 + i:02}:30"}
            for i in range(2)
        ],
        "tables": [{"id": f"T{i}"} for i in range(3)],
        "participants": [{"id": "c", "kind": "company"}],
        "meetings": [
            {"id": "m2", "participants": ["c"]},
            {"id": "m1", "participants": []},
            {"id": "m0", "participants": ["c"], "priority": 4, "after": ["m2"]},
        ],
        "previous": [
            {"meeting": "m1", "slot": "s1", "table": "T0"},
            {"meeting": "m2", "slot": "s1", "table": "T2"},
            {"meeting": "m0", "slot": "s1", "table": "T0"},
        ],
        "objective": ["table_changes", "team_breaks", "placed", "moves", "company_breaks"],
    }
    started: list[str | None] = []
    prove = race.Race._prove

    def counted(self: race.Race, proven: str | None = None) -> None:
        started.append(proven)
        assert len(started) < 10, "the same proof begun again and again"
        prove(self, proven)

    monkeypatch.setattr(race.Race, "_prove", counted)
    monkeypatch.setattr(search, "TINY", 0)
    answer = json.loads(solve_bytes("schedule", json.dumps(given).encode(), Control(workers=1)))
    check(given, answer)
    assert answer["status"] == "optimal"
    assert answer["values"]["placed"] == 6
