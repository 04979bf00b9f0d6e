"""Against trying everything: each level, in any order, with every rule of the contract."""

import json
from typing import Any

from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from campapp.engines.frame.control import Control
from campapp.engines.solving import solve_bytes
from tests.engines.checkers.schedule import Json, check
from tests.engines.schedule.cases import best_values, schedules, shuffled


def solved(instance: Json, **control: Any) -> Json:
    answer = json.loads(solve_bytes("schedule", json.dumps(instance).encode(), Control(**control)))
    check(instance, answer)
    assert isinstance(answer, dict)
    return answer


@settings(max_examples=150, deadline=None)
@drawn(schedules())
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
