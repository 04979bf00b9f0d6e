"""What the answer says of what cannot be, and of who is in the way."""

import json
from itertools import combinations, pairwise
from typing import Any

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from campapp.engines.frame.control import Control
from campapp.engines.schedule import engine
from campapp.engines.solving import solve_bytes
from tests.engines.checkers.schedule import Json, check
from tests.engines.schedule.cases import schedules, timetables


def solved(instance: Json, **control: Any) -> Json:
    answer: Json = json.loads(solve_bytes("schedule", json.dumps(instance).encode(), Control(**control)))
    check(instance, answer)
    return answer


def day(slots: int, tables: int, **more: Any) -> Json:
    return {
        "format": "campapp.schedule/1",
        "slots": [
            {"id": f"s{i}", "day": "2026-12-01", "start": f"{9 + i:02}:00", "end": f"{9 + i:02}:25"}
            for i in range(slots)
        ],
        "tables": [{"id": f"T{i}"} for i in range(tables)],
        "objective": ["placed"],
        **more,
    }


def relaxed(instance: Json, members: list[Json]) -> Json:
    """The hard part with these pins and absences only."""
    pins = {m["meeting"] for m in members if m["kind"] == "pin"}
    away = {(m.get("participant"), m.get("table"), m["slot"]) for m in members if m["kind"] == "absence"}
    people = [
        p | {"unavailable": [s for s in p.get("unavailable", []) if (p["id"], None, s) in away]}
        for p in instance["participants"]
    ]
    tables = [
        t | {"unavailable": [s for s in t.get("unavailable", []) if (None, t["id"], s) in away]}
        for t in instance["tables"]
    ]
    meetings = [m if m["id"] in pins else m | {"slot": None} for m in instance["meetings"]]
    return instance | {"participants": people, "tables": tables, "meetings": meetings}


@settings(max_examples=60, deadline=None)
@drawn(schedules(), st.data())
def test_a_conflict_cannot_hold_and_without_any_member_it_can(instance: Json, data: Any) -> None:
    for meeting in instance["meetings"]:
        if data.draw(st.booleans()):
            meeting["slot"] = data.draw(st.sampled_from([s["id"] for s in instance["slots"]]))
    answer = solved(instance)
    if answer["status"] != "infeasible":
        return
    conflict = [{k: v for k, v in member.items() if k != "text"} for member in answer["conflict"]]
    assert next(timetables(relaxed(instance, conflict)), None) is None
    for fewer in combinations(conflict, len(conflict) - 1):
        assert next(timetables(relaxed(instance, list(fewer))), None) is not None


def test_a_company_with_more_meetings_than_slots_is_full() -> None:
    teams = [{"id": f"t{i}", "kind": "team"} for i in range(5)]
    meetings = [{"id": f"m{i}", "participants": ["c1", f"t{i}"]} for i in range(5)]
    company = {"id": "c1", "kind": "company", "unavailable": ["s0"]}
    answer = solved(day(4, 9, participants=[company, *teams], meetings=meetings))
    assert [u["because"] for u in answer["unplaced"]] == ["company c1 full: 5 meetings for 3 free slots"] * 2
    assert [u["blocking"] for u in answer["unplaced"]] == [["c1"]] * 2


def test_who_has_free_slots_is_not_called_full() -> None:
    meetings = [{"id": f"m{i}", "participants": ["c1"], "slots": ["s0"]} for i in range(2)]
    meetings.append({"id": "m2", "participants": ["c1"]})
    answer = solved(day(6, 3, participants=[{"id": "c1", "kind": "company"}], meetings=meetings))
    (entry,) = answer["unplaced"]
    assert entry["because"] == "of the 1 slots it could use none is free: c1 is busy in 1 of them"
    assert {entry["meeting"], *entry["blocking"]} == {"m0", "m1"}


def test_full_says_which_slots_and_how_many_at_a_time_are_meant() -> None:
    people = [{"id": "c1", "kind": "company"}, {"id": "c2", "kind": "company", "parallel": 2}]
    meetings = [{"id": f"m{i}", "participants": ["c1"], "slots": ["s0"]} for i in range(2)]
    meetings += [{"id": f"n{i}", "participants": ["c2"]} for i in range(5)]
    answer = solved(day(2, 9, participants=people, meetings=meetings))
    assert [u["because"] for u in answer["unplaced"]] == [
        "company c1 full: 2 meetings for 1 slot that they can use",
        "company c2 full: 5 meetings for 2 free slots, 2 at a time",
    ]


def test_a_meeting_that_only_costs_a_break_is_not_blamed_on_a_full_company() -> None:
    people = [{"id": "c1", "kind": "company", "unavailable": ["s1"]}]
    meetings = [{"id": f"m{i}", "participants": ["c1"]} for i in range(3)]
    answer = solved(day(3, 1, participants=people, meetings=meetings, objective=["company_breaks", "placed"]))
    assert answer["values"] == {"company_breaks": 0, "placed": 1}
    assert all("1 would cost more" in u["because"] for u in answer["unplaced"])


def test_a_chain_of_a_thousand_meetings_is_counted_through() -> None:
    slots: list[Json] = []
    hours = [f"{h:02}:{m:02}" for h in range(24) for m in range(60)]
    for start, end in pairwise(hours[:1202]):
        slots.append({"id": f"s{len(slots)}", "day": "2026-12-01", "start": start, "end": end})
    meetings = [{"id": f"m{i}", "participants": ["c1"], "slots": [f"s{i}", f"s{i + 1}"]} for i in range(1200)]
    meetings.append({"id": "last", "participants": ["c1"], "slots": ["s0"]})
    people = [{"id": "c1", "kind": "company"}]
    answer = solved(day(1, 1, participants=people, meetings=meetings) | {"slots": slots})
    assert (answer["status"], answer["values"]) == ("optimal", {"placed": 1201})


def test_two_pins_of_one_team_in_one_slot_contradict_each_other() -> None:
    people = [{"id": "t1", "kind": "team"}, {"id": "c1", "kind": "company"}, {"id": "c2", "kind": "company"}]
    meetings = [{"id": f"m{i}", "participants": ["t1", f"c{i}"], "slot": "s0"} for i in (1, 2)]
    answer = solved(day(2, 2, participants=people, meetings=meetings))
    assert (answer["status"], answer["placements"]) == ("infeasible", [])
    assert [m["meeting"] for m in answer["conflict"]] == ["m1", "m2"]


def test_a_meeting_waits_for_what_it_comes_after() -> None:
    people = [{"id": "t1", "kind": "team"}]
    meetings = [
        {"id": "m1", "participants": ["t1"], "slots": []},
        {"id": "m2", "participants": ["t1"], "after": ["m1"]},
    ]
    answer = solved(day(3, 1, participants=people, meetings=meetings))
    assert answer["unplaced"][1]["blocking"] == ["m1"]


def test_a_large_priority_outweighs_many_small_ones() -> None:
    people = [{"id": "t1", "kind": "team"}]
    meetings = [{"id": f"m{i}", "participants": ["t1"], "priority": 1} for i in range(6)]
    meetings.append({"id": "vip", "participants": ["t1"], "priority": 1_000_000_000})
    answer = solved(day(2, 1, participants=people, meetings=meetings))
    assert answer["values"] == {"placed": 1_000_000_001}
    assert answer["status"] == "optimal"


def test_repair_moves_only_what_must() -> None:
    people = [{"id": f"c{i}", "kind": "company"} for i in range(4)] + [
        {"id": f"t{i}", "kind": "team"} for i in range(4)
    ]
    meetings = [{"id": f"m{i}{j}", "participants": [f"c{i}", f"t{j}"]} for i in range(4) for j in range(4)]
    first = solved(day(6, 4, participants=people, meetings=meetings))
    closed = day(6, 4, participants=people, meetings=meetings, objective=["placed", "moves"])
    closed["tables"] = [t | {"unavailable": ["s0"]} for t in closed["tables"]]
    again = solved(closed | {"previous": first["placements"]})
    assert again["status"] == "optimal"
    assert again["values"]["moves"] == sum(p["slot"] == "s0" for p in first["placements"])


@pytest.mark.parametrize("away", range(6))
def test_whoever_lost_their_slot_is_left_out_before_those_who_can_stay(
    away: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Six meetings of one company, away in one of their slots: one goes, and nobody else need move."""
    monkeypatch.setattr(engine, "improve", lambda best: None)
    people = [{"id": "c1", "kind": "company", "unavailable": [f"s{away}"]}]
    meetings = [{"id": f"m{i}", "participants": ["c1"]} for i in range(6)]
    before = [{"meeting": f"m{i}", "slot": f"s{i}", "table": "T0"} for i in range(6)]
    levels = ["placed", "moves"]
    answer = solved(day(6, 1, participants=people, meetings=meetings, previous=before, objective=levels))
    assert (answer["status"], answer["values"]) == ("optimal", {"placed": 5, "moves": 1})


def test_one_full_company_hides_no_break_of_another(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is left out is all of the full company's, so the other's hole is there in any timetable."""
    monkeypatch.setattr(engine, "improve", lambda best: None)
    people = [{"id": "full", "kind": "company"}, {"id": "away", "kind": "company", "unavailable": ["s1"]}]
    meetings = [{"id": f"m{i}", "participants": ["full"]} for i in range(4)]
    meetings += [{"id": f"n{i}", "participants": ["away"]} for i in range(2)]
    levels = ["placed", "company_breaks"]
    answer = solved(day(3, 9, participants=people, meetings=meetings, objective=levels))
    assert (answer["status"], answer["values"]) == ("optimal", {"placed": 5, "company_breaks": 1})


def test_a_slot_left_free_to_spare_a_break_names_who_would_have_it() -> None:
    people = [{"id": "t1", "kind": "team", "unavailable": ["s1"]}]
    meetings = [
        {"id": "m1", "participants": ["t1"], "slot": "s0"},
        {"id": "m2", "participants": ["t1"]},
    ]
    answer = solved(day(3, 2, participants=people, meetings=meetings, objective=["team_breaks", "placed"]))
    assert answer["unplaced"] == [
        {
            "meeting": "m2",
            "because": "of the 2 slots it could use none would do: t1 is busy in 1 of them, "
            "1 would cost more of what counts before placing (team_breaks)",
            "blocking": ["t1", "m1"],
        }
    ]
