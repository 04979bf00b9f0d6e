"""Who stays at their table where the slots are given: proven by counting, and reached."""

import json
import random
from typing import Any

import pytest

from campapp.engines.frame.control import Control
from campapp.engines.schedule import search
from campapp.engines.solving import solve_bytes
from tests.engines.checkers.schedule import Json, check
from tests.engines.schedule.cases import best_values


def evening(seed: int, side: int, **more: Any) -> Json:
    """Everybody of one side meets everybody of the other, in slots that a drawn Latin square says."""
    draw = random.Random(seed)
    shift, people = draw.sample(range(side), side), draw.sample(range(side), side)
    return {
        "format": "campapp.schedule/1",
        "slots": [
            {"id": f"s{i}", "day": "2026-12-01", "start": f"{9 + i:02}:00", "end": f"{9 + i:02}:25"}
            for i in range(side)
        ],
        "tables": [{"id": f"T{i}"} for i in range(side)],
        "participants": [{"id": f"{k[0]}{i}", "kind": k} for k in ("company", "team") for i in range(side)],
        "meetings": [
            {
                "id": f"m{i}-{j}",
                "participants": [f"c{i}", f"t{j}"],
                "slot": f"s{shift[(people[i] + j) % side]}",
            }
            for i in range(side)
            for j in range(side)
        ],
        "objective": ["placed", "table_changes"],
        **more,
    }


def solved(given: Json) -> Json:
    answer: Json = json.loads(solve_bytes("schedule", json.dumps(given).encode(), Control(seconds=20)))
    check(given, answer)
    return answer


@pytest.mark.parametrize("seed", range(3))
def test_where_all_meet_in_every_slot_one_side_can_stay_and_no_more(seed: int) -> None:
    answer = solved(evening(seed, 9))
    assert (answer["status"], answer["values"]["table_changes"]) == ("optimal", 9 * 8)


def test_pauses_and_closed_tables_leave_a_true_bound() -> None:
    draw = random.Random(1)
    for seed in range(12):
        given = evening(seed, 3)
        given["meetings"] = draw.sample(given["meetings"], 6)
        given["tables"][0]["unavailable"] = ["s1"]
        given["participants"][draw.randrange(6)]["tables"] = ["T1", "T2"]
        best = best_values(given)
        answer = solved(given)
        if best is None:
            assert answer["status"] == "infeasible"
        else:
            assert (answer["status"], answer["values"]) == ("optimal", best)


def test_tables_wait_where_the_time_only_does_for_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "Links", lambda *_: pytest.fail("begun with too little time left"))
    given = evening(1, 4)
    given["meetings"] = [meeting | {"slot": None} for meeting in given["meetings"]]
    data = json.dumps(given).encode()
    answer = json.loads(solve_bytes("schedule", data, Control(seconds=0.3, now=lambda: 0.0)))
    check(given, answer)
    assert answer["status"] == "feasible"
