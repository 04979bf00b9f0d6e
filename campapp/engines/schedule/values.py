"""What a timetable is worth at each level, counted from the placements alone."""

from __future__ import annotations

from itertools import pairwise

from campapp.engines.schedule.model import NOT_BEFORE, Model


def values(model: Model, slot: list[int], table: list[int]) -> dict[str, int]:
    """The value of each level; `slot[m]` is -1 for a meeting without a place."""
    count = {
        "placed": lambda: sum(n for n, s in zip(model.priority, slot, strict=True) if s >= 0),
        "moves": lambda: sum(w not in (NOT_BEFORE, s) for w, s in zip(model.was, slot, strict=True)),
        "team_breaks": lambda: _breaks(model, slot, "team_breaks"),
        "company_breaks": lambda: _breaks(model, slot, "company_breaks"),
        "table_changes": lambda: changes(model, slot, table),
    }
    return {level: count[level]() for level in model.levels}


def used(model: Model, slot: list[int], p: int) -> int:
    """The slots in which a participant meets somebody, as a mask."""
    mask = 0
    for m in model.meetings_of[p]:
        if slot[m] >= 0:
            mask |= 1 << slot[m]
    return mask


def breaks_in(model: Model, mask: int) -> int:
    """Separate runs of neighbouring slots, less one a day where there is any."""
    runs = (mask & ~(mask << 1 & model.has_left)).bit_count()
    return runs - sum(1 for day in model.days if mask & day)


def _breaks(model: Model, slot: list[int], level: str) -> int:
    return sum(breaks_in(model, used(model, slot, p)) for p in model.counted(level))


def changes(model: Model, slot: list[int], table: list[int]) -> int:
    """How often somebody with `parallel` 1 sits elsewhere than at their meeting before on that day."""
    total = 0
    for p, meetings in enumerate(model.meetings_of):
        if model.single[p]:
            walk = sorted((slot[m], table[m]) for m in meetings if slot[m] >= 0)
            total += sum(model.day[a] == model.day[b] and t != u for (a, t), (b, u) in pairwise(walk))
    return total
