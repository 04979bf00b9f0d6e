"""Why a meeting has no place: in words, with the ids that make it so."""

from __future__ import annotations

from campapp.engines.schedule.board import Board
from campapp.engines.schedule.model import Model, bits


def unplaced(model: Model, slot: list[int], table: list[int], *, proven: bool) -> list[dict[str, object]]:
    """An entry for each meeting without a slot, in the order of the file.

    `proven`: no more can be placed without harm to what counts before placing.
    """
    board = Board(model)
    board.load(slot, table)
    entries: list[dict[str, object]] = []
    for m, s in enumerate(slot):
        if s < 0:
            because, blocking = _reason(model, board, m, proven=proven)
            entries.append(
                {"meeting": model.instance.meetings[m].id, "because": because, "blocking": blocking}
            )
    return entries


def _reason(model: Model, board: Board, m: int, *, proven: bool) -> tuple[str, list[str]]:
    instance = model.instance
    waits = [b for b in model.before[m] if board.slot[b] < 0]
    if waits:
        names = [instance.meetings[b].id for b in waits]
        return f"comes after {', '.join(names)}, which has no place", names
    if not model.able[m]:
        return _never(model, m)
    if not board.open_slots(m):
        for p in model.people[m]:
            if words := _full(model, p):
                return words, [instance.participants[p].id]
    return _taken(model, board, m, proven=proven)


def _full(model: Model, p: int) -> str:
    """That `p` has more meetings than slots to have them in, in words; empty if that is not so."""
    meetings, able = 0, 0
    for m in model.meetings_of[p]:
        meetings += bool(model.able[m])
        able |= model.able[m]
    who, most = model.instance.participants[p], model.parallel[p]
    free = model.present[p].bit_count()
    if meetings > free * most:
        where = "free slot" if free == 1 else "free slots"
    elif meetings > able.bit_count() * most:
        free = able.bit_count()
        where = "slot that they can use" if free == 1 else "slots that they can use"
    else:
        return ""
    at_a_time = f", {most} at a time" if most > 1 else ""
    return f"{who.kind} {who.id} full: {meetings} meetings for {free} {where}{at_a_time}"


def _never(model: Model, m: int) -> tuple[str, list[str]]:
    """No slot would do even if there were no other meeting."""
    instance = model.instance
    people = [instance.participants[p].id for p in model.people[m]]
    wished = model.wished[m]
    if not wished:
        return "its list of slots allows none", []
    together = wished
    for p in model.people[m]:
        together &= model.present[p]
    if not together:
        return f"{' and '.join(people)} are never available together in a slot it may use", people
    return "no table that it may use is available when its participants are", people


def _taken(model: Model, board: Board, m: int, *, proven: bool) -> tuple[str, list[str]]:
    """Each slot it could use is taken: by meetings of its participants, or at the tables it may use.

    Where something counts more than placing, a slot may stay free for its sake; its people are named.
    """
    instance = model.instance
    busy: dict[int, int] = {}
    short, dear, early = 0, 0, set[int]()
    people: dict[int, None] = {}
    blocking: dict[int, None] = {}
    order = board.in_order(m)
    for s in bits(model.able[m]):
        if not order >> s & 1:
            early.update(b for b in model.before[m] if board.slot[b] >= s)
            continue
        full = [p for p in model.people[m] if board.full[p] >> s & 1]
        for p in full:
            busy[p] = busy.get(p, 0) + 1
            blocking.update((b, None) for b in model.meetings_of[p] if board.slot[b] == s)
        if not full and board.seat(m, s) is None:
            short += 1
            blocking.update((b, None) for b in board.at[s].values())
        elif not full:
            dear += 1
            people.update((p, None) for p in model.people[m])
            blocking.update((b, None) for b in board.at[s].values() if not model.people[m])
    blocking.update((b, None) for b in sorted(early))
    words = [f"{instance.participants[p].id} is busy in {n} of them" for p, n in busy.items()]
    if short:
        words.append(f"all tables it may use are taken in {short}")
    if dear:
        words.append(_worse(model, dear, proven=proven))
    if early:
        words.append(
            f"the rest are no later than {', '.join(instance.meetings[b].id for b in sorted(early))}"
        )
    total = model.able[m].bit_count()
    none = "none would do" if dear else "none is free"
    text = f"of the {total} slots it could use {none}: {', '.join(words)}"
    named = [instance.participants[p].id for p in people]
    return text, named + [instance.meetings[b].id for b in blocking]


def _worse(model: Model, slots: int, *, proven: bool) -> str:
    first = ", ".join(model.levels[: model.levels.index("placed")])
    if not first:
        return f"{slots} were not tried in the time there was"
    worse = f"{slots} would cost more of what counts before placing ({first})"
    return worse if proven else f"{worse}, or were not tried in the time there was"
