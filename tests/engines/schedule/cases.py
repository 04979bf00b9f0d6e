"""Small schedules for the tests: drawn by hypothesis, and solved by trying everything."""

from collections.abc import Iterator
from itertools import product
from typing import Any

from hypothesis import strategies as st

from tests.engines.checkers.schedule import Json, may_stand, value_of

Place = dict[str, tuple[str, str]]

LEVELS = ["placed", "moves", "team_breaks", "company_breaks", "table_changes"]


@st.composite
def schedules(draw: st.DrawFn, *, most_meetings: int = 4) -> Json:
    """Up to four slots on two days, two tables, a few meetings with every rule of the contract."""
    n_slots, n_tables = draw(st.integers(1, 4)), draw(st.integers(1, 2))
    slots = [
        {"id": f"s{i}", "day": f"2026-12-0{1 + (i >= 3)}", "start": f"{9 + i:02}:00", "end": f"{9 + i:02}:30"}
        for i in range(n_slots)
    ]
    slot_ids, table_ids = [s["id"] for s in slots], [f"T{i}" for i in range(n_tables)]
    some_slots = st.lists(st.sampled_from(slot_ids), unique=True, max_size=2)
    tables = [{"id": t, "unavailable": draw(some_slots) if draw(st.booleans()) else []} for t in table_ids]
    people = [_person(draw, i, some_slots, table_ids) for i in range(draw(st.integers(1, 4)))]
    n_meetings = draw(st.integers(0, most_meetings))
    meetings = [_meeting(draw, i, people, slot_ids, table_ids) for i in range(n_meetings)]
    was_slot, was_table = st.sampled_from([*slot_ids, "gone"]), st.sampled_from(table_ids)
    previous = [
        {"meeting": m["id"], "slot": draw(was_slot), "table": draw(was_table)}
        for m in meetings
        if draw(st.booleans())
    ]
    objective = draw(st.lists(st.sampled_from(LEVELS), unique=True))
    return {
        "format": "campapp.schedule/1",
        "slots": slots,
        "tables": tables,
        "participants": people,
        "meetings": meetings,
        "previous": previous,
        "objective": objective,
    }


def _person(draw: st.DrawFn, i: int, some_slots: st.SearchStrategy[list[str]], table_ids: list[str]) -> Json:
    person: Json = {"id": f"p{i}", "kind": draw(st.sampled_from(["team", "company", "other"]))}
    if draw(st.integers(0, 3)) == 0:
        person["unavailable"] = draw(some_slots)
    if draw(st.integers(0, 4)) == 0:
        person["parallel"] = 2
    if draw(st.integers(0, 4)) == 0:
        person["tables"] = draw(st.lists(st.sampled_from(table_ids), unique=True))
    return person


def _meeting(draw: st.DrawFn, i: int, people: list[Json], slot_ids: list[str], table_ids: list[str]) -> Json:
    names = [p["id"] for p in people]
    meeting: Json = {
        "id": f"m{i}",
        "participants": draw(st.lists(st.sampled_from(names), unique=True, max_size=3)),
    }
    if draw(st.integers(0, 6)) == 0:
        meeting["slot"] = draw(st.sampled_from(slot_ids))
    if draw(st.integers(0, 6)) == 0:
        meeting["table"] = draw(st.sampled_from(table_ids))
    if draw(st.integers(0, 6)) == 0:
        meeting["slots"] = draw(st.lists(st.sampled_from(slot_ids), unique=True))
    if draw(st.integers(0, 3)) == 0:
        meeting["priority"] = draw(st.integers(1, 3))
    if i and draw(st.integers(0, 4)) == 0:
        meeting["after"] = [f"m{draw(st.integers(0, i - 1))}"]
    return meeting


def timetables(given: Json, first: int = 0, place: Place | None = None) -> Iterator[Place]:
    """Every timetable that keeps the hard rules; a meeting comes only after ones earlier in the file."""
    place = place or {}
    if first == len(given["meetings"]):
        yield place
        return
    name, so_far = given["meetings"][first]["id"], given | {"meetings": given["meetings"][: first + 1]}
    spots = product([s["id"] for s in given["slots"]], [t["id"] for t in given["tables"]])
    for spot in (None, *spots):
        more = place if spot is None else place | {name: spot}
        if spot not in place.values() and may_stand(so_far, more):
            yield from timetables(given, first + 1, more)


def best_values(given: Json) -> dict[str, int] | None:
    """The lexicographic optimum by trying everything; None if nothing keeps the hard rules."""
    levels = given["objective"] if "placed" in given["objective"] else ["placed", *given["objective"]]
    best: list[int] | None = None
    for place in timetables(given):
        costs = [value_of(given, place, level) * (-1 if level == "placed" else 1) for level in levels]
        best = costs if best is None or costs < best else best
    if best is None:
        return None
    return {level: abs(cost) for level, cost in zip(levels, best, strict=True)}


def shuffled(given: Json, random: Any) -> Json:
    """The same schedule with tables, participants, meetings and previous places in another order."""
    keys = ("tables", "participants", "meetings", "previous")
    return given | {key: random.sample(given[key], len(given[key])) for key in keys if key in given}
