"""Slots and tables searched together: legal, repeatable, better than seating alone, and bounded by counting."""

import json
import random
from typing import Any

import msgspec
import pytest
from hypothesis import example, settings
from hypothesis import given as drawn
from hypothesis import strategies as st

from campapp.engines.frame.control import Control
from campapp.engines.schedule import search
from campapp.engines.schedule.annealer import Annealer
from campapp.engines.schedule.bounds import changes_bound
from campapp.engines.schedule.contract import Instance
from campapp.engines.schedule.model import Model, build
from campapp.engines.schedule.values import values
from campapp.engines.solving import solve_bytes
from tests.engines.checkers.schedule import Json, check
from tests.engines.schedule.cases import best_values, schedules

BREAKS = ["team_breaks", "company_breaks"]


def camp(seed: int, objective: list[str], *, rules: bool = False) -> Json:
    """Ten companies, twenty teams, sixty meetings in two days of six slots at seven tables; with `rules` every kind of
    restriction beside."""
    draw = random.Random(seed)
    pairs = draw.sample([(t, c) for t in range(20) for c in range(10)], 60)
    people: list[Json] = [{"id": f"t{t}", "kind": "team"} for t in range(20)]
    people += [{"id": f"c{c}", "kind": "company"} for c in range(10)]
    meetings: list[Json] = [{"id": f"m{t}-{c}", "participants": [f"t{t}", f"c{c}"]} for t, c in pairs]
    tables: list[Json] = [{"id": f"T{i}"} for i in range(7)]
    if rules:
        people[0]["unavailable"], people[21]["parallel"] = ["s3"], 2
        people[22]["tables"] = ["T1", "T2", "T3"]
        meetings[0]["slot"], meetings[1]["table"], meetings[2]["slots"] = "s2", "T4", ["s5", "s9"]
        meetings[3]["after"], meetings[4]["participants"] = [meetings[5]["id"]], ["t19", "c9", "t18"]
        tables[6]["unavailable"] = ["s0", "s11"]
    return {
        "format": "campapp.schedule/1",
        "slots": [
            {"id": f"s{i}", "day": f"2026-12-0{1 + i // 6}", "start": f"{9 + i % 6:02}:00", "end": f"{9 + i % 6:02}:30"}
            for i in range(12)
        ],
        "tables": tables,
        "participants": people,
        "meetings": meetings,
        "objective": objective,
    }  # fmt: skip


def model_of(given: Json) -> Model:
    return build(msgspec.json.decode(json.dumps(given), type=Instance))


class Short(Annealer):
    """Annealing of fewer moves than for a camp of hundreds."""

    moves = 30_000

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.first = self.moves


class Brief(Short):
    """The same for instances of a few meetings."""

    moves = 2_000


@pytest.fixture
def by_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a proof, so that annealing alone decides."""
    for limit in ("TINY", "ALONE", "LARGEST", "HUNTABLE"):
        monkeypatch.setattr(search, limit, 0)
    monkeypatch.setattr(search, "Annealer", Short)


def solved(given: Json, **control: Any) -> Json:
    answer: Json = json.loads(solve_bytes("schedule", json.dumps(given).encode(), Control(**control)))
    check(given, answer)
    return answer


@pytest.mark.parametrize("rules", [False, True])
@pytest.mark.parametrize("seed", range(2))
def test_whoever_counts_changes_first_gets_far_fewer_than_by_seating_alone(
    seed: int, rules: bool, by_search: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = camp(seed, ["placed", "table_changes", *BREAKS], rules=rules)
    found = solved(given, now=lambda: 0.0)
    monkeypatch.setattr(search, "_chains", lambda *_, **__: [])
    before = solved(given, now=lambda: 0.0)
    assert found["values"]["placed"] == before["values"]["placed"]
    assert found["values"]["table_changes"] <= 0.75 * before["values"]["table_changes"]


def test_what_counts_before_changes_of_table_is_kept(by_search: None) -> None:
    last = solved(camp(1, ["placed", *BREAKS, "table_changes"], rules=True), now=lambda: 0.0)
    middle = solved(
        camp(1, ["placed", "team_breaks", "table_changes", "company_breaks"], rules=True), now=lambda: 0.0
    )
    alone = solved(camp(1, ["placed", *BREAKS], rules=True), now=lambda: 0.0)
    assert [last["values"][level] for level in BREAKS] == [alone["values"][level] for level in BREAKS]
    assert middle["values"]["team_breaks"] == alone["values"]["team_breaks"]
    assert middle["values"]["table_changes"] <= last["values"]["table_changes"]


@pytest.mark.parametrize("workers", [1, 2])
def test_the_same_file_gives_the_same_tables(workers: int, by_search: None) -> None:
    data = json.dumps(camp(3, ["table_changes"], rules=True)).encode()
    first, second = (
        solve_bytes("schedule", data, Control(seed=5, workers=workers, now=lambda: 0.0)) for _ in range(2)
    )
    assert first == second


def test_a_search_counts_as_the_contract_does() -> None:
    model = model_of(camp(2, ["placed", "table_changes", *BREAKS], rules=True))
    slot, table = [-1] * model.n_meetings, [-1] * model.n_meetings
    answer = solved(camp(2, ["placed", *BREAKS], rules=True), seconds=5)
    at = {meeting.id: m for m, meeting in enumerate(model.instance.meetings)}
    for place in answer["placements"]:
        slot[at[place["meeting"]]] = int(place["slot"][1:])
        table[at[place["meeting"]]] = int(place["table"][1:])
    chain = Annealer(model, slot, 1, lambda: 1e9, table)
    chain.first = 30_000
    chain.run()
    assert chain.best() != (slot, table)
    counted = values(model, *chain.best())
    assert counted["table_changes"] < values(model, slot, table)["table_changes"]
    assert [counted[level] for level in ("table_changes", *BREAKS)] == [
        chain.costs()[level] for level in ("table_changes", *BREAKS)
    ]


@settings(max_examples=60, deadline=None)
@drawn(schedules())
def test_a_small_schedule_is_the_best_of_all_by_search_and_proof_as_well(given: Json) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "TINY", 0)
        patch.setattr(search, "Annealer", Brief)
        answer, best = solved(given), best_values(given)
    if best is None:
        assert answer["status"] == "infeasible"
    else:
        assert (answer["status"], answer["values"]) == ("optimal", best)


def small(
    pairs: str, *, days: list[int], tables: int, away: dict[str, str] | None = None, other: str = ""
) -> Json:
    """Meetings of teams (u, v, w) with companies (x, y, z) in so many slots a day, without further rules."""
    slots = [(d, i) for d, number in enumerate(days) for i in range(number)]
    return {
        "format": "campapp.schedule/1",
        "slots": [
            {"id": f"s{n}", "day": f"2026-12-0{1 + d}", "start": f"{9 + i:02}:00", "end": f"{9 + i:02}:30"}
            for n, (d, i) in enumerate(slots)
        ],
        "tables": [{"id": f"T{i}"} for i in range(tables)],
        "participants": [
            {
                "id": p,
                "kind": "company" if p in "xyz" else "other" if p == other else "team",
                "unavailable": [away[p]] if away and p in away else [],
            }
            for p in sorted(set(pairs) - {" "})
        ],
        "meetings": [{"id": pair, "participants": list(pair)} for pair in pairs.split()],
    }


@st.composite
def smalls(draw: st.DrawFn) -> Json:
    pairs = draw(
        st.lists(st.sampled_from([t + c for t in "uvw" for c in "xyz"]), unique=True, min_size=3, max_size=4)
    )
    days = draw(st.sampled_from([[2], [3], [4], [2, 2], [1, 2], [3, 1]]))
    return small(" ".join(pairs), days=days, tables=2, other=draw(st.sampled_from(["", *"uvw"])))


A_LINK_OVER_A_GAP = small("vz wy uz wz vy", days=[4], tables=2)
A_BREAK_THAT_KEEPS = small("uy ux vx vy", days=[5], tables=1, away={"v": "s0", "x": "s3", "y": "s2"})


@settings(max_examples=60, deadline=None)
@drawn(smalls() | schedules(), st.permutations(["placed", *BREAKS, "table_changes"]))
@example(A_LINK_OVER_A_GAP, ["placed", "company_breaks", "table_changes", "team_breaks"])
@example(A_BREAK_THAT_KEEPS, ["placed", *BREAKS, "table_changes"])
def test_no_timetable_has_fewer_changes_than_are_counted(given: Json, order: list[str]) -> None:
    levels = order[: order.index("table_changes") + 1]
    best = best_values(given | {"objective": levels})
    model = model_of(given | {"objective": levels})
    if best and "placed" in levels and best["placed"] == sum(model.priority):
        breaks = {level: best[level] for level in levels if level in BREAKS}
        assert changes_bound(model, breaks) <= best["table_changes"]
