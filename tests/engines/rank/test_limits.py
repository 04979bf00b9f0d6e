"""Time, cancel, memory, and the same bytes twice."""

import json
import re
import time

import pytest

from benchmarks.rank_rounds import Round
from campapp.engines.frame import memory
from campapp.engines.frame.control import Control
from campapp.engines.frame.errors import BadInput, Cancelled
from campapp.engines.solving import solve_bytes
from tests.engines.checkers.rank import check
from tests.engines.rank.instances import asked, table

SMALL = json.dumps(asked(table({"a": [80, 90, 70], "b": [60, 100, 75], "c": [85, 85, 84]}))).encode()


@pytest.fixture(scope="module")
def large() -> bytes:
    one = Round(3, applications=6_000, judges=300)
    one.review_all(4)
    rows = [(own.application, own.judge, own.score) for own in one.reviews]
    return json.dumps(asked(rows, quota=600)).encode()


def test_the_same_file_and_seed_give_the_same_bytes_but_for_the_seconds() -> None:
    first, second = (solve_bytes("rank", SMALL, Control(seed=5)) for _ in range(2))
    assert re.sub(rb'"seconds":[^,]*', b"", first) == re.sub(rb'"seconds":[^,]*', b"", second)


def test_at_the_time_limit_what_is_known_is_answered(large: bytes) -> None:
    began = time.monotonic()
    answer = json.loads(solve_bytes("rank", large, Control(seconds=0.0)))
    assert time.monotonic() - began < 10  # decoding and one sweep, on a busy machine
    assert answer["status"] == "feasible"
    assert len(answer["ranking"]) == 6_000


def test_a_limit_within_the_sampling_is_kept_to_the_second(large: bytes) -> None:
    reached: list[float] = []
    clock = iter(float(tick) for tick in range(10**9))  # each look at the clock is a second later

    def now() -> float:
        reached.append(next(clock))
        return reached[-1]

    answer = json.loads(solve_bytes("rank", large, Control(seconds=30.0, now=now)))
    assert answer["status"] == "feasible"
    assert reached[-1] <= 33


def test_cancelling_ends_the_work_at_the_next_sweep(large: bytes) -> None:
    asked_for = 0

    def stop() -> bool:
        nonlocal asked_for
        asked_for += 1
        return asked_for > 3

    with pytest.raises(Cancelled):
        solve_bytes("rank", large, Control(stop=stop))
    assert asked_for == 4


def test_memory_is_refused_before_it_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "available", lambda: 20_000_000)
    with pytest.raises(BadInput, match=r"^\$: needs about \d+ MB of memory"):
        solve_bytes("rank", SMALL, Control())


def test_a_hurried_answer_keeps_the_contract() -> None:
    check(json.loads(SMALL), json.loads(solve_bytes("rank", SMALL, Control(seconds=0.0))))
