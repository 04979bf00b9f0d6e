"""What rooms want done now and then: one failure keeps nothing else waiting, and has its turn again soon."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from campapp import worker
from campapp.core import beats, clock
from tests.factories import BEFORE

DAY = timedelta(days=1)


@pytest.fixture
def ticks(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, beats.Tick]]:
    """No room's own tasks."""
    mine: dict[str, beats.Tick] = {}
    monkeypatch.setattr(beats, "ticks", mine)
    yield mine


def test_a_daily_task_that_failed_is_not_left_for_a_day_and_the_others_are_done(
    app: Flask, ticks: dict[str, beats.Tick]
) -> None:
    done: list[str] = []

    def fails() -> None:
        done.append("tried")
        raise ZeroDivisionError

    ticks["fails"] = beats.Tick("fails", DAY, fails)
    ticks["works"] = beats.Tick("works", DAY, lambda: done.append("done"))
    with clock.at(BEFORE) as hands:
        assert beats.tick() == 1
        assert done == ["tried", "done"]
        assert beats.tick() == 0
        hands.forward(beats.RETRY)
        beats.tick()
        assert done == ["tried", "done", "tried"]


def test_of_many_rows_one_that_fails_holds_up_no_other(app: Flask) -> None:
    done: list[int] = []

    def do(number: int) -> None:
        done.append(10 // number)

    with pytest.raises(ZeroDivisionError):
        beats.for_each([5, 0, 2], do)
    assert done == [2, 5]


def test_what_fails_in_a_rehearsal_does_not_rest_in_the_park(app: Flask) -> None:
    def fails() -> int:
        raise ZeroDivisionError

    rehearsal = Flask("rehearsal")
    assert worker._attempt(rehearsal, "mail", fails) == 0
    assert worker._attempt(rehearsal, "mail", lambda: 1) == 0
    assert worker._attempt(rehearsal, "jobs", lambda: 1) == 1
    assert worker._attempt(app, "mail", lambda: 1) == 1
