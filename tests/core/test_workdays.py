"""Working days (practice row 45)."""

from datetime import date

import pytest

from campapp.core.db import db
from campapp.core.workdays import (
    NotAnnounced,
    SpecialDay,
    add_working_days,
    calendar_of,
    seed,
    the_calendar,
    working_days_between,
)

CALENDAR = calendar_of(seed())


def test_five_working_days_after_the_national_day_count_the_worked_weekend():
    assert add_working_days(date(2026, 9, 30), 3, CALENDAR) == date(2026, 10, 10)
    assert CALENDAR.works(date(2026, 10, 10))  # a Saturday worked in exchange
    assert not CALENDAR.works(date(2026, 10, 1))


def test_working_days_are_counted_backwards_too():
    assert add_working_days(date(2026, 10, 8), -1, CALENDAR) == date(2026, 9, 30)
    assert add_working_days(date(2026, 10, 3), 0, CALENDAR) == date(2026, 10, 3)


def test_working_days_between_two_days():
    assert working_days_between(date(2026, 11, 23), date(2026, 11, 29), CALENDAR) == 5


def test_a_holiday_is_named_in_both_languages():
    holiday = CALENDAR.holiday(date(2026, 10, 1))
    assert holiday is not None
    assert (holiday.name_zh, holiday.name_en, holiday.works) == ("国庆节", "National Day", False)


def test_what_is_not_announced_is_not_guessed():
    with pytest.raises(NotAnnounced, match="2027"):
        add_working_days(date(2026, 12, 30), 5, CALENDAR)


def test_what_the_park_writes_goes_before_what_is_announced(app):
    assert not the_calendar().works(date(2026, 10, 1))
    db.session.add(SpecialDay(day=date(2026, 10, 1), works=True, name_zh="值班", name_en="On duty"))
    db.session.add(SpecialDay(day=date(2027, 1, 1), works=False, name_zh="元旦", name_en="New Year’s Day"))
    db.session.commit()
    assert the_calendar().works(date(2026, 10, 1))
    assert not the_calendar().works(date(2027, 1, 1))
