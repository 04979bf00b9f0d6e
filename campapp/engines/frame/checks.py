"""Checks that every contract needs and types cannot say: ids unique, references known."""

from collections.abc import Iterable, Mapping
from json import dumps

from campapp.engines.frame.errors import BadInput


def positions(ids: Iterable[str], place: str, key: str = "id") -> dict[str, int]:
    """Each id with its position in the list at `place`; BadInput where one stands twice."""
    found: dict[str, int] = {}
    for number, name in enumerate(ids):
        if found.setdefault(name, number) != number:
            raise BadInput(f"{place}[{number}].{key}", f"{quoted(name)} stands twice")
    return found


def known(name: str, names: Mapping[str, int], place: str, what: str) -> int:
    """The position of `name`; BadInput at `place` when there is no such one."""
    number = names.get(name)
    if number is None:
        raise BadInput(place, f"no {what} {quoted(name)}")
    return number


def quoted(name: str) -> str:
    """An id as it stands in the file, on one line."""
    return dumps(name, ensure_ascii=False)
