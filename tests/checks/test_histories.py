"""An action's event that no room tells is found; one that is told, by whichever room, passes."""

from pathlib import Path

from checks.code import Source
from checks.histories import events_without_words

ACTION = '@action("tent_pitched", rule=signed_in)\ndef pitch(act): ...\n'


def found(**files: str) -> list[str]:
    sources = [Source(Path(f"campapp/{room}/actions.py"), text) for room, text in files.items()]
    return [str(finding) for finding in events_without_words(sources)]


def test_an_event_that_nobody_tells_is_found() -> None:
    only = found(camp=ACTION, other='tell_as(tent_struck=_l("Tent struck"))')
    assert len(only) == 1 and only[0].startswith(
        "campapp/camp/actions.py:1: no words for the event 'tent_pitched'"
    )


def test_an_event_that_another_room_tells_passes() -> None:
    assert not found(camp=ACTION, other='tell_as(tent_pitched=_l("Tent pitched"))')
