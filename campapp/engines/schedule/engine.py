"""From a schedule file to its answer: pins, placing, bettering, proving, seating, explaining."""

from __future__ import annotations

from campapp.engines.frame.control import Control
from campapp.engines.frame.engine import Engine, Result
from campapp.engines.schedule.best import Best
from campapp.engines.schedule.board import Board
from campapp.engines.schedule.bounds import breaks_bound, moves_bound
from campapp.engines.schedule.capacity import Loss, loss
from campapp.engines.schedule.contract import Instance, check
from campapp.engines.schedule.insertion import Insertion
from campapp.engines.schedule.links import Links
from campapp.engines.schedule.model import Model, build
from campapp.engines.schedule.pins import Member, pinned_board
from campapp.engines.schedule.reasons import unplaced
from campapp.engines.schedule.search import BYTES, LARGEST, improve, seat
from campapp.engines.schedule.windows import Windows, carriers


def memory(instance: Instance) -> int:
    """Bytes the search takes at most: positions, masks, and clauses where there are few enough for them."""
    slots, tables = len(instance.slots), len(instance.tables)
    people, meetings = len(instance.participants), len(instance.meetings)
    named = sum(len(m.participants) + len(m.after) for m in instance.meetings)
    wished = sum(1 if m.slot else slots if m.slots is None else len(m.slots) for m in instance.meetings)
    clauses = BYTES * wished if wished <= LARGEST else 0
    seats = 20 * meetings * tables if "table_changes" in instance.objective else 0
    return (
        64 * (1 << 20)
        + 40 * slots * (meetings + people + tables)
        + 400 * (meetings + people + named)
        + clauses
        + seats
    )


def solve(instance: Instance, control: Control) -> Result:
    """The best timetable that can be found and proven in the time there is."""
    model = build(instance)
    board = pinned_board(model, control)
    if isinstance(board, list):
        return _infeasible(model, board)
    lost = loss(model)
    _construct(model, board, lost, control)
    best = Best(model, control, board.slot, board.table)
    _bound(best, lost)
    seat(best)
    best.report()
    improve(best)
    seat(best)
    return _answer(model, best)


def _construct(model: Model, board: Board, lost: Loss, control: Control) -> None:
    if "moves" in model.levels:
        _stay(model, board)
    elif chosen := carriers(model):
        Windows(board, chosen, lost.meetings).run(control)
    Insertion(board, lost.meetings).run(control)


def _stay(model: Model, board: Board) -> None:
    """Begin with what can stay where it was."""
    for m in sorted(range(model.n_meetings), key=lambda m: (model.was[m], m)):
        if board.slot[m] < 0 <= model.was[m] and board.open_slots(m) >> model.was[m] & 1:
            board.place(m, model.was[m])


def _bound(best: Best, lost: Loss) -> None:
    """What can be said by counting; breaks only where no more can be placed, and that comes first.

    For whoever loses as little as can be leaves out none but those at risk: without another the rest would
    still be a loss that suffices, and less.
    """
    best.raise_bound("placed", lost.priority)
    placed = best.model.levels[0] == "placed" and best.proven("placed")
    for level in best.model.levels:
        if level == "moves":
            best.raise_bound(level, moves_bound(best.model))
        elif level.endswith("_breaks") and placed:
            best.raise_bound(level, breaks_bound(best.model, level, lost.at_risk))
        elif level == "table_changes" and best.costs["placed"] == 0 and _fixed(best.model):
            best.raise_bound(level, Links(best.model, best.slot).least())


def _fixed(model: Model) -> bool:
    """Whether no meeting has a choice of slots."""
    return all(mask.bit_count() == 1 for mask in model.allowed)


def _infeasible(model: Model, conflict: list[Member]) -> Result:
    nothing = dict.fromkeys(model.levels)
    return {
        "status": "infeasible",
        "placements": [],
        "unplaced": [],
        "values": nothing,
        "bounds": nothing,
        "conflict": conflict,
    }


def _answer(model: Model, best: Best) -> Result:
    instance = model.instance
    return {
        "status": "feasible" if best.unproven() else "optimal",
        "placements": [
            {"meeting": m.id, "slot": instance.slots[s].id, "table": instance.tables[t].id}
            for m, s, t in zip(instance.meetings, best.slot, best.table, strict=True)
            if s >= 0
        ],
        "unplaced": unplaced(model, best.slot, best.table, proven=best.proven("placed")),
        "values": best.values(),
        "bounds": best.value_bounds(),
    }


ENGINE = Engine("schedule", Instance, check, memory, solve)
