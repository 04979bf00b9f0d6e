"""The peer: one CP-SAT model of the whole timetable, as one would write it first."""

from collections import defaultdict
from typing import Any

from ortools.sat.python import cp_model


def peer(given: dict[str, Any], level: str, seconds: float, workers: int = 2) -> tuple[int | None, float]:
    """The value that CP-SAT reaches at a level of breaks with every meeting placed, and its bound."""
    model = cp_model.CpModel()
    slots = [s["id"] for s in given["slots"]]
    people = {p["id"]: p for p in given["participants"]}
    x: dict[tuple[str, str], Any] = {}
    for meeting in given["meetings"]:
        wished = meeting["slots"] if meeting.get("slots") is not None else slots
        wished = [meeting["slot"]] if meeting.get("slot") else wished
        away = {s for p in meeting["participants"] for s in people[p].get("unavailable", [])}
        row = [x.setdefault((meeting["id"], s), model.new_bool_var("")) for s in wished if s not in away]
        model.add_exactly_one(row)
    for s in slots:
        tables = sum(s not in t.get("unavailable", []) for t in given["tables"])
        model.add(sum(x[m["id"], s] for m in given["meetings"] if (m["id"], s) in x) <= tables)
    used: dict[tuple[str, str], Any] = {}
    for p in people:
        for s in slots:
            here = [x[m["id"], s] for m in given["meetings"] if p in m["participants"] and (m["id"], s) in x]
            used[p, s] = model.new_bool_var("")
            model.add(sum(here) == used[p, s])
    for meeting in given["meetings"]:
        order = {s: i for i, s in enumerate(slots)}
        for before in meeting.get("after", []):
            late = sum(order[s] * x[meeting["id"], s] for s in slots if (meeting["id"], s) in x)
            model.add(sum(order[s] * x[before, s] for s in slots if (before, s) in x) < late)
    model.minimize(
        sum(_breaks(model, given, used, p) for p in people if people[p]["kind"] + "_breaks" == level)
    )
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = workers
    status = solver.solve(model)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    return (round(solver.objective_value) if found else None), solver.best_objective_bound


def _breaks(model: cp_model.CpModel, given: dict[str, Any], used: dict[tuple[str, str], Any], p: str) -> Any:
    days: dict[str, list[str]] = defaultdict(list)
    for s in given["slots"]:
        days[s["day"]].append(s["id"])
    total: Any = 0
    for today in days.values():
        some = model.new_bool_var("")
        for before, s in zip([None, *today], today, strict=False):
            start = model.new_bool_var("")
            model.add(start >= used[p, s] - (used[p, before] if before else 0))
            model.add(some >= used[p, s])
            total += start
        model.add(sum(used[p, s] for s in today) >= some)
        total -= some
    return total
