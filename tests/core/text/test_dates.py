"""Days and times as they are typed and shown (cases 5, 18, 38; practice row 15)."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from campapp.core import clock
from campapp.core.text import dates, moments
from campapp.core.text.language import Unreadable

BEIJING = ZoneInfo("Asia/Shanghai")
LOS_ANGELES = ZoneInfo("America/Los_Angeles")
HONOLULU = ZoneInfo("Pacific/Honolulu")
DEADLINE = datetime(2026, 11, 28, 15, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    "typed",
    [
        "2026-06-30",
        "2026年6月30日",
        "2026/6/30",
        "2026.6.30",
        "20260630",
        "30 June 2026",
        "June 30, 2026",
        "30th Jun 2026",
        "２０２６年６月３０日",
        "2026年06月30日(周二)",
        " 2026 年 6 月 30 日 ",
    ],
)
def test_the_thirtieth_of_june_is_read_in_every_writing(typed):
    assert dates.day(typed) == date(2026, 6, 30)


@pytest.mark.parametrize(
    "typed", ["06/07/2026", "30/6/26", "2026-02-30", "43102", "tomorrow", "", "2026-06", "0026-01-01"]
)
def test_a_day_that_can_mean_two_or_none_is_refused(typed):
    with pytest.raises(Unreadable):
        dates.day(typed)


@pytest.mark.parametrize(
    ("typed", "utc"),
    [
        ("2026-06-30 18:00", "2026-06-30T10:00:00Z"),
        ("2026-06-30T18:00:05", "2026-06-30T10:00:05Z"),
        ("2026/6/30 24:00", "2026-06-30T15:59:59Z"),
        ("2026年5月31日24点", "2026-05-31T15:59:59Z"),
        ("2026年5月31日 24:00", "2026-05-31T15:59:59Z"),
        ("2026年5月31日下午3点半", "2026-05-31T07:30:00Z"),
        ("2026年5月31日18时30分", "2026-05-31T10:30:00Z"),
        ("30 June 2026, 3:30 pm", "2026-06-30T07:30:00Z"),
        ("2026-06-30 12 am", "2026-06-29T16:00:00Z"),
        ("2026-06-30 12 pm", "2026-06-30T04:00:00Z"),
        ("2026年6月30日中午12点", "2026-06-30T04:00:00Z"),
    ],
)
def test_a_moment_is_read_in_the_zone_of_its_programme(typed, utc):
    assert moments.machine_readable(dates.moment(typed, BEIJING)) == utc


@pytest.mark.parametrize(
    "typed", ["2026-06-30", "2026-06-30 25:00", "2026-06-30 24:01", "2026-06-30 13 pm", "18:00"]
)
def test_a_moment_without_a_right_time_is_refused(typed):
    with pytest.raises(Unreadable):
        dates.moment(typed, BEIJING)


def test_a_bare_day_can_mean_its_end():
    typed = dates.moment("2026-11-28", BEIJING, without_time=dates.END_OF_DAY)
    assert typed == DEADLINE == dates.end_of(date(2026, 11, 28), BEIJING)


def test_a_time_that_summer_time_leaves_out_is_refused():
    with pytest.raises(Unreadable, match="does not exist on 2027-03-14"):
        dates.moment("2027-03-14 02:30", LOS_ANGELES)
    assert dates.in_zone(date(2027, 3, 14), time(3, 30), LOS_ANGELES) == datetime(
        2027, 3, 14, 10, 30, tzinfo=UTC
    )


def test_a_time_that_comes_twice_is_its_first():
    assert dates.in_zone(date(2026, 11, 1), time(1, 30), LOS_ANGELES) == datetime(
        2026, 11, 1, 8, 30, tzinfo=UTC
    )


def test_the_last_second_of_a_day_reads_as_24_in_chinese(reading):
    with reading("zh_CN"):
        assert moments.deadline_shown(DEADLINE, BEIJING) == "2026年11月28日 24:00（北京时间）"
    with reading("en"):
        assert moments.deadline_shown(DEADLINE, BEIJING) == "28 November 2026, 23:59:59 (Beijing time)"
        assert (
            moments.deadline_shown(DEADLINE, HONOLULU) == "28 November 2026, 05:59:59 (Honolulu time, UTC−10)"
        )


@pytest.mark.parametrize(
    "zone", ["Asia/Shanghai", "America/Chicago", "Europe/London", "America/Los_Angeles", "Asia/Kolkata"]
)
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_no_zone_is_ever_abbreviated(zone, language, reading):
    with reading(language):
        shown = moments.moment_shown(DEADLINE, ZoneInfo(zone))
    assert not any(word in shown for word in ("CST", "GMT", "PST", "BST", "IST"))


def test_a_meeting_in_april_says_eleven_before_and_after_summer_time_begins(reading):
    meeting = dates.moment("2027-04-05 11:00", LOS_ANGELES)
    assert meeting == datetime(2027, 4, 5, 18, tzinfo=UTC)
    shown = set()
    for today in (datetime(2027, 3, 8, tzinfo=UTC), datetime(2027, 3, 20, tzinfo=UTC)):
        with clock.at(today), reading("en"):
            shown.add(moments.moment_shown(meeting, LOS_ANGELES))
    assert shown == {"5 April 2027, 11:00 (Los Angeles time, UTC−7)"}
