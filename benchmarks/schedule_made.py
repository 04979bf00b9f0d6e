"""Schedules made up in the shape of real ones, for sizes that no public file has."""

from random import Random
from typing import Any


def made(meetings: int, *, companies: int, teams: int, slots: int, days: int, tables: int, seed: int) -> Any:
    """Companies away for a slot or two, a sixth of the teams for half of the slots, as all could be placed.

    Who meets whom is drawn, a company up to seven eighths of the slots, a team up to six times.
    """
    draw = Random(seed)
    names = [f"d{1 + d}s{1 + s}" for d in range(days) for s in range(slots // days)]
    times = [f"{9 + k * 25 // 60:02}:{k * 25 % 60:02}" for k in range(slots // days + 1)]
    people = [
        {"id": f"c{i}", "kind": "company", "unavailable": sorted(draw.sample(names, draw.randint(0, 4)))}
        for i in range(companies)
    ]
    halves = [names[: slots // 2], names[slots // 2 :]]
    people += [
        {"id": f"t{i}", "kind": "team", "unavailable": draw.choice(halves) if draw.random() < 1 / 6 else []}
        for i in range(teams)
    ]
    most = {"c": slots * 7 // 8, "t": 6}
    load = dict.fromkeys((p["id"] for p in people), 0)
    pairs: dict[tuple[str, str], None] = {}
    while len(pairs) < meetings:
        pair = f"c{draw.randrange(companies)}", f"t{draw.randrange(teams)}"
        if pair not in pairs and all(load[who] < most[who[0]] for who in pair):
            pairs[pair] = None
            for who in pair:
                load[who] += 1
    return {
        "format": "campapp.schedule/1",
        "slots": [
            {"id": names[k], "day": f"2026-12-{1 + d:02}", "start": times[s], "end": times[s + 1]}
            for k, (d, s) in enumerate((d, s) for d in range(days) for s in range(slots // days))
        ],
        "tables": [{"id": f"T{1 + i}"} for i in range(tables)],
        "participants": people,
        "meetings": [{"id": f"{c}-{t}", "participants": [c, t]} for c, t in pairs],
        "objective": ["placed", "team_breaks", "company_breaks"],
    }
