"""Holds an answer of the schedule engine against formats.md; shares no code with the engine."""

from itertools import combinations, pairwise
from typing import Any

Json = dict[str, Any]


def check(given: Json, answer: Json) -> None:
    """Fail on anything that the contract does not allow."""
    if answer["status"] == "infeasible":
        assert answer["placements"] == []
        assert answer["conflict"]
        return
    place = {p["meeting"]: (p["slot"], p["table"]) for p in answer["placements"]}
    assert len(place) == len(answer["placements"])
    check_hard_rules(given, place)
    names = {m["id"] for m in given["meetings"]}
    assert {u["meeting"] for u in answer["unplaced"]} == names - set(place)
    assert len(answer["unplaced"]) == len(names) - len(place)
    check_reasons(given, answer, place)
    levels = given["objective"]
    levels = levels if "placed" in levels else ["placed", *levels]
    assert list(answer["values"]) == levels == list(answer["bounds"])
    assert answer["values"] == {level: value_of(given, place, level) for level in levels}
    for level in levels:
        value, bound = answer["values"][level], answer["bounds"][level]
        assert value <= bound if level == "placed" else value >= bound
        if answer["status"] == "optimal":
            assert value == bound
    assert answer["status"] == ("optimal" if answer["values"] == answer["bounds"] else "feasible")


def check_hard_rules(given: Json, place: dict[str, tuple[str, str]]) -> None:
    position = {s["id"]: i for i, s in enumerate(given["slots"])}
    tables = {t["id"]: t for t in given["tables"]}
    people = {p["id"]: p for p in given["participants"]}
    at: dict[tuple[str, str], int] = {}
    seat: dict[tuple[str, str], int] = {}
    for meeting in given["meetings"]:
        if meeting["id"] not in place:
            assert meeting.get("slot") is None, f"pinned {meeting['id']} is not placed"
            continue
        slot, table = place[meeting["id"]]
        assert meeting.get("slot") in (None, slot)
        assert meeting.get("table") in (None, table)
        assert meeting.get("slots") is None or slot in meeting["slots"]
        assert slot not in tables[table].get("unavailable", [])
        seat[slot, table] = seat.get((slot, table), 0) + 1
        for before in meeting.get("after", []):
            assert before in place
            assert position[place[before][0]] < position[slot]
        for name in meeting["participants"]:
            assert slot not in people[name].get("unavailable", [])
            assert table in people[name].get("tables", tables)
            at[name, slot] = at.get((name, slot), 0) + 1
    assert all(n == 1 for n in seat.values())
    assert all(n <= people[name].get("parallel", 1) for (name, _), n in at.items())


def value_of(given: Json, place: dict[str, tuple[str, str]], level: str) -> int:
    if level == "placed":
        return sum(m.get("priority", 1) for m in given["meetings"] if m["id"] in place)
    if level == "moves":
        return sum(
            place.get(p["meeting"], ("", ""))[0] != p["slot"] or p["meeting"] not in place
            for p in given.get("previous", [])
        )
    total = 0
    for person in given["participants"]:
        mine = [
            place[m["id"]]
            for m in given["meetings"]
            if person["id"] in m["participants"] and m["id"] in place
        ]
        for day in {s["day"] for s in given["slots"]}:
            today = [s["id"] for s in given["slots"] if s["day"] == day]
            if level == "table_changes":
                if person.get("parallel", 1) == 1:
                    walk = [t for s in today for slot, t in mine if slot == s]
                    total += sum(a != b for a, b in pairwise(walk))
            elif person["kind"] + "_breaks" == level:
                busy = "".join("x" if any(slot == s for slot, _ in mine) else " " for s in today)
                total += max(0, len(busy.split()) - 1)
    return total


def check_reasons(given: Json, answer: Json, place: dict[str, tuple[str, str]]) -> None:
    """No unplaced meeting fits anywhere, and the ids it is blocked by really block it."""
    meetings = {m["id"]: m for m in given["meetings"]}
    people = {p["id"]: p for p in given["participants"]}
    position = {s["id"]: i for i, s in enumerate(given["slots"])}
    for entry in answer["unplaced"]:
        meeting, blocking = meetings[entry["meeting"]], entry["blocking"]
        assert entry["because"]
        assert set(blocking) <= set(meetings) | set(people)
        if any(over_full(given, people[name]) for name in meeting["participants"] if name in blocking):
            continue
        if any(b in blocking and b not in place for b in meeting.get("after", [])):
            continue
        for slot in usable(given, meeting):
            here = {b for b in blocking if b in place and place[b][0] == slot}
            waits = [b for b in meeting.get("after", []) if b in place and b in blocking]
            late = any(position[place[b][0]] >= position[slot] for b in waits)
            assert here or late or worse(given, place, entry, slot), f"{entry['meeting']} could be in {slot}"


def worse(given: Json, place: dict[str, tuple[str, str]], entry: Json, slot: str) -> bool:
    """Whether the slot costs something that counts before placing, and one of its people is named."""
    levels = (
        given["objective"][: given["objective"].index("placed")] if "placed" in given["objective"] else []
    )
    if not set(entry["blocking"]) & {p["id"] for p in given["participants"]}:
        return False
    now = [value_of(given, place, level) for level in levels]
    for table in given["tables"]:
        more = place | {entry["meeting"]: (slot, table["id"])}
        if may_stand(given, more) and [value_of(given, more, level) for level in levels] <= now:
            return False
    return bool(levels)


def may_stand(given: Json, place: dict[str, tuple[str, str]]) -> bool:
    try:
        check_hard_rules(given, place)
    except AssertionError:
        return False
    return True


def usable(given: Json, meeting: Json) -> list[str]:
    people = {p["id"]: p for p in given["participants"]}
    group = [people[name] for name in meeting["participants"]]
    found = []
    for s in given["slots"]:
        if meeting.get("slots") is not None and s["id"] not in meeting["slots"]:
            continue
        if any(s["id"] in p.get("unavailable", []) for p in group):
            continue
        if any(
            may_sit(meeting, group, t) and s["id"] not in t.get("unavailable", []) for t in given["tables"]
        ):
            found.append(s["id"])
    return found


def may_sit(meeting: Json, group: list[Json], table: Json) -> bool:
    return meeting.get("table") in (None, table["id"]) and all(
        table["id"] in p.get("tables", [table["id"]]) for p in group
    )


def over_full(given: Json, person: Json) -> bool:
    """Whether some of the participant's meetings have fewer places than they are (Hall, by trying)."""
    mine = [set(usable(given, m)) for m in given["meetings"] if person["id"] in m["participants"]]
    union = set().union(*mine) if mine else set()
    if len(mine) > len(union) * person.get("parallel", 1):
        return True
    if len(mine) > 12:
        return any(len([u for u in mine if u <= v]) > len(v) * person.get("parallel", 1) for v in mine)
    return any(
        n > len(set().union(*group)) * person.get("parallel", 1)
        for n in range(1, len(mine) + 1)
        for group in combinations(mine, n)
    )
