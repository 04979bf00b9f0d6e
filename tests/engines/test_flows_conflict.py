"""A conflict of many members is found by few flows, for one that is needed tells of others."""

import json
from typing import Any

import pytest

from campapp.engines.flow import conflict, shortage
from campapp.engines.frame.control import Control
from campapp.engines.solving import solve_bytes

Json = dict[str, Any]


@pytest.mark.parametrize(("least", "room", "members"), [(1, 9, 91), (2, 19, 96), (3, 20, 67), (4, 39, 98)])
def test_a_conflict_of_many_is_found_by_few_flows(
    least: int, room: int, members: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    flows: list[int] = []

    def counted(*question: Any) -> Any:
        flows.append(1)
        return shortage.shortage(*question)

    monkeypatch.setattr(conflict, "shortage", counted)
    party: Json = {"ranks": [], "excludes": []}
    teams = [{"id": f"t{n}", "min": least, "max": least, **party} for n in range(100)]
    companies = [{"id": f"c{n}", "min": 0, "max": room, **party} for n in range(10)]
    pairs = [{"team": t["id"], "company": c["id"], "score": 1} for t in teams for c in companies]
    given: Json = {"format": "campapp.match/1", "objective": "total", "teams": teams, "companies": companies}
    given |= {"pairs": pairs, "pinned": [], "forbidden": []}
    answer = json.loads(solve_bytes("match", json.dumps(given).encode(), Control()))
    assert len(answer["conflict"]) == members
    assert len(flows) < 20
