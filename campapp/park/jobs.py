"""What the park wants done now and then."""

from __future__ import annotations

from datetime import timedelta

from campapp.core.beats import every, for_each
from campapp.park.actions.retention import apply_retention, due


@every(timedelta(hours=1))
def forget_what_was_kept_long_enough() -> None:
    """Each programme's personal data, as soon as the day that it said begins where it is."""
    for_each(due(), apply_retention)
