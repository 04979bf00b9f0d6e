"""Bettering and proving: a small schedule by clauses alone, any other by a race of search and proof."""

from __future__ import annotations

from contextlib import ExitStack

from campapp.engines.frame.memory import available
from campapp.engines.schedule.annealer import Annealer
from campapp.engines.schedule.arrays import OF_SLOTS
from campapp.engines.schedule.best import Best
from campapp.engines.schedule.bounds import changes_bound
from campapp.engines.schedule.climb import climb
from campapp.engines.schedule.links import Links
from campapp.engines.schedule.model import Model
from campapp.engines.schedule.race import SPARE, Race, Use
from campapp.engines.schedule.tables import Seating

TINY, ALONE, LARGEST, HUNTABLE = 1_500, 10_000, 60_000, 150_000
"""Meetings times their slots: up to TINY clauses alone will do, above LARGEST they are too many to prove.

Above ALONE too many for one process that must also hear of limit and cancel, above HUNTABLE for a hunt."""

BYTES = 8_000
"""Memory that the clauses of a meeting's slot take."""

COUNTED = 20_000
"""Sum of priorities up to which those left out are counted one by one in clauses."""


def size(model: Model) -> int:
    return sum(mask.bit_count() for mask in model.allowed)


def winding_up(model: Model) -> float:
    """Seconds that seating once, explaining and writing take."""
    return SPARE + 2e-4 * model.n_meetings


def clauses(best: Best) -> Use:
    """In what clauses can take part, by their number and by what must be counted in them."""
    model, many = best.model, size(best.model)
    all_placed = model.levels[0] == "placed" and best.costs["placed"] == 0
    if not all_placed and sum(model.priority) > COUNTED:
        return Use.NOTHING
    if many <= (ALONE if best.control.workers == 1 else LARGEST):
        return Use.PROOF
    able = best.control.workers > 1 and many <= HUNTABLE and available() > BYTES * many
    return Use.HUNT if able else Use.NOTHING


def improve(best: Best) -> None:
    """Better and prove until every level is proven, the work is done, or the time is up."""
    if best.unproven() is None:
        return
    role = clauses(best)
    tiny = size(best.model) <= TINY and role is Use.PROOF
    if tiny and not best.control.hurried():
        for step in climb(best.model, (best.slot, best.table), best.bounds):
            best.control.check()
            if step.found is not None:
                best.offer(*step.found)
            best.raise_bound(step.level, step.bound)
        return
    levels = best.model.levels
    if "table_changes" in levels and not tiny:
        before = levels[: levels.index("table_changes")]
        if best.unproven() in before:
            _race(best, role, min(10.0, 0.2 * max(0.0, best.control.left())), until="table_changes")
            seat(best)
        if best.unproven() in before:
            role = Use.NOTHING
        elif "placed" in before and best.costs["placed"] == 0:
            breaks = {level: best.costs[level] for level in before if level.endswith("_breaks")}
            best.raise_bound("table_changes", changes_bound(best.model, breaks))
    if best.unproven():
        _race(best, role, tiny=tiny)


def _race(best: Best, role: Use, spare: float = 0.0, *, until: str | None = None, tiny: bool = False) -> None:
    spare += winding_up(best.model)
    with ExitStack() as stack:
        seated = "table_changes" in best.model.levels and not until
        chains = [] if tiny else _chains(best, spare, proving=role is Use.PROOF, seated=seated)
        Race(best, stack, chains, spare=spare, clauses=role, until=until).run()


def _chains(best: Best, spare: float, *, proving: bool, seated: bool) -> list[Annealer]:
    """Annealing with a seed each, over slots alone or, where `seated`, over tables, too."""
    model, control = best.model, best.control
    searched = any(best.bounds[v] < best.costs[v] for v in model.levels if seated or v in OF_SLOTS)
    free = any(mask and model.pin[m] < 0 for m, mask in enumerate(model.allowed))
    if not searched or not free:
        return []
    number = max(1, control.workers - proving)
    seeds = [number * control.seed + k for k in range(number)]
    share = 0.5 if control.workers == 1 and proving else 1.0
    table = best.table if seated else None
    return [
        Annealer(model, best.slot, seed, lambda: share * (control.left() - spare), table) for seed in seeds
    ]


def seat(best: Best) -> None:
    """Change tables less, the slots standing as they are, if there is the time."""
    if "table_changes" not in best.model.levels or best.control.left() < winding_up(best.model):
        return
    if best.bounds["table_changes"] == best.costs["table_changes"]:
        return
    links = Links(best.model, best.slot)
    if table := links.tables():
        best.offer(best.slot, table)
    if best.costs["table_changes"] > links.least():
        table = Seating(best.model, best.slot, best.table).better(best.control, SPARE, links.least())
        best.offer(best.slot, table)
