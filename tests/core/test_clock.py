"""One clock for the house (case 18)."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from campapp.core import clock

DEADLINE = datetime(2026, 11, 28, 15, 59, 59, tzinfo=UTC)


def test_the_clock_stands_where_a_test_puts_it_and_goes_back():
    with clock.at(DEADLINE) as hands:
        assert clock.now() == DEADLINE
        hands.forward(timedelta(seconds=1))
        assert clock.now() == DEADLINE + timedelta(seconds=1)
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1)


def test_the_moment_handed_out_is_utc():
    with clock.at(datetime(2026, 11, 28, 23, 59, 59, tzinfo=timezone(timedelta(hours=8)))):
        assert clock.now().isoformat() == "2026-11-28T15:59:59+00:00"


def test_a_naive_moment_sets_no_clock():
    with pytest.raises(ValueError, match="aware"), clock.at(datetime(2026, 1, 1)):  # noqa: DTZ001
        pass


def test_a_rehearsal_sets_the_clock_of_every_thread():
    with clock.everywhere(lambda: DEADLINE):
        assert clock.now() == DEADLINE
    assert clock.now() != DEADLINE


@pytest.mark.parametrize(
    ("moment", "passed"),
    [
        (DEADLINE, False),
        (DEADLINE + timedelta(microseconds=999_999), False),
        (DEADLINE + timedelta(seconds=1), True),
    ],
)
def test_a_deadline_holds_to_the_end_of_its_second(moment, passed):
    assert clock.has_passed(DEADLINE, moment) is passed


@pytest.mark.parametrize(
    ("zone", "day"), [("Asia/Shanghai", 29), ("America/Los_Angeles", 28), (clock.ANYWHERE, 28)]
)
def test_a_day_is_the_one_that_the_clocks_of_its_zone_show(zone, day):
    with clock.at(datetime(2026, 11, 28, 22, 0, tzinfo=UTC)):
        assert clock.today(zone).day == day
