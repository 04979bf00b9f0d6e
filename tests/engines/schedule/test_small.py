"""Against trying everything: each level, in any order, with every rule of the contract."""

import json
from typing import Any

from hypothesis import example, settings
from hypothesis import given as drawn
from hypothesis import strategies as st

from campapp.engines.frame.control import Control
from campapp.engines.solving import solve_bytes
from tests.engines.checkers.schedule import Json, check
from tests.engines.schedule.cases import best_values, schedules, shuffled

A_BREAK_FOR_A_PLACE: Json = {
    "format": "campapp.schedule/1",
    "slots": [
        {"id": f"s{i}", "day": "2026-12-01", "start": f"{9 + i:02}:00", "end": f"{9 + i:02}:30"}
        for i in range(3)
    ],
    "tables": [{"id": "T0", "unavailable": []}, {"id": "T1", "unavailable": []}],
    "participants": [{"id": "p0", "kind": "team", "unavailable": ["s1"], "parallel": 2}],
    "meetings": [
        {"id": "m0", "participants": ["p0"], "slot": "s0", "table": "T0"},
        {"id": "m1", "participants": [], "slots": []},
        {"id": "m2", "participants": ["p0"], "after": ["m0"]},
    ],
    "previous": [],
    "objective": ["team_breaks", "placed"],
}
"""The third meeting could be placed, for a break; and breaks count first."""


def solved(instance: Json, **control: Any) -> Json:
    answer = json.loads(solve_bytes("schedule", json.dumps(instance).encode(), Control(**control)))
    check(instance, answer)
    assert isinstance(answer, dict)
    return answer


@settings(max_examples=150, deadline=None)
@drawn(schedules())
@example(A_BREAK_FOR_A_PLACE)
def test_a_small_schedule_is_as_good_as_the_best_of_all(instance: Json) -> None:
    answer, best = solved(instance), best_values(instance)
    if best is None:
        assert answer["status"] == "infeasible"
    else:
        assert (answer["status"], answer["values"]) == ("optimal", best)


@settings(max_examples=40, deadline=None)
@drawn(schedules(most_meetings=7), st.randoms(use_true_random=False))
def test_another_order_of_the_file_changes_no_value(instance: Json, random: Any) -> None:
    answer, again = solved(instance), solved(shuffled(instance, random))
    assert (answer["status"], answer["values"]) == (again["status"], again["values"])
