"""What the worker does for matching now and then."""

from __future__ import annotations

from datetime import timedelta

from campapp.core import clock
from campapp.core.beats import every, for_each
from campapp.matching.actions.release import due_releases, end_silence


@every(timedelta(minutes=1))
def end_silences() -> None:
    """At a release's answer-by time, what silence means happens."""
    for_each(due_releases(clock.now()), end_silence)
