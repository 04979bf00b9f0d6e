"""Do the pins hold together, and if not, which of them and which absences contradict each other.

Every pinned meeting and all that must come before it are asked for, in clauses that each pin and each
absence can switch off; a core of those switches is shrunk until none of it can go (deletion filter).
"""

from __future__ import annotations

from dataclasses import replace

from pysat.solvers import Solver

from campapp.engines.frame.control import Control
from campapp.engines.schedule.board import Board
from campapp.engines.schedule.cardinality import Clause, Clauses
from campapp.engines.schedule.model import Model, bits
from campapp.engines.schedule.seating import seated, tight_sets

Member = dict[str, str]


def pinned_board(model: Model, control: Control) -> Board | list[Member]:
    """A board with the pins and what they need in place, or the irreducible conflict."""
    board = Board(model)
    pinned = sorted((s, m) for m, s in enumerate(model.pin) if s >= 0)
    if len(model.required) == len(pinned) and all(_put(board, m, s) for s, m in pinned):
        return board
    question = _Question(model)
    slot = question.answer(control)
    if slot is None:
        return question.conflict(control)
    board = Board(model)
    table, _ = seated(model, slot)
    board.load(slot, table)
    return board


def _put(board: Board, m: int, s: int) -> bool:
    return bool(board.open_slots(m) >> s & 1) and board.place(m, s)


class _Question:
    def __init__(self, model: Model) -> None:
        self.model = model
        self.solver = Solver(name="cadical195")
        self.cnf = Clauses(self._add)
        self.switch: dict[int, Member] = {}
        self.absent: dict[tuple[str, int, int], int] = {}
        self.x: dict[tuple[int, int], int] = {}
        self.meetings = sorted(model.required)
        self.limits: list[int] = []
        self._ask()

    def _add(self, clause: Clause) -> None:
        self.solver.add_clause(clause)

    def _ask(self) -> None:
        model = self.model
        needed = {b for m in self.meetings for b in model.before[m]}
        for m in self.meetings:
            row = []
            for s in bits(model.wished[m] if m in needed else model.wished[m] & 1 << model.pin[m]):
                self.x[m, s] = self.cnf.new()
                row.append(self.x[m, s])
                for p in model.people[m]:
                    if not model.present[p] >> s & 1:
                        self._add([-self._absence("participant", p, s), -self.x[m, s]])
            self.cnf.at_most_one(row)
            if model.pin[m] >= 0:
                self._pin(m)
        for m in sorted(needed):
            self._need(m)
        self._people()
        for tables in tight_sets(model):
            self._limit(tables)

    def _pin(self, m: int) -> None:
        pin = self.cnf.new()
        self.switch[pin] = {"kind": "pin", "meeting": self.model.instance.meetings[m].id}
        here = self.x.get((m, self.model.pin[m]))
        self._add([-pin] + ([here] if here else []))

    def _need(self, m: int) -> None:
        """What comes after `m` is placed only in a slot later than `m`'s."""
        earlier: list[list[int]] = [[]]
        for s in range(self.model.n_slots):
            if (m, s) in self.x:
                begun = self.cnf.new()
                self._add([-begun, self.x[m, s], *earlier[-1]])
                earlier.append([begun])
            else:
                earlier.append(earlier[-1])
        for a in self.model.later[m]:
            for s in range(self.model.n_slots):
                if (a, s) in self.x:
                    self._add([-self.x[a, s], *earlier[s]])

    def _people(self) -> None:
        here: dict[tuple[int, int], list[int]] = {}
        for (m, s), literal in self.x.items():
            for p in self.model.people[m]:
                here.setdefault((p, s), []).append(literal)
        for (p, _), literals in here.items():
            self.cnf.at_most(literals, self.model.parallel[p])

    def _limit(self, tables: int) -> None:
        """In no slot are more meetings confined to `tables` than there are tables less absent ones."""
        model = self.model
        self.limits.append(tables)
        for s in range(model.n_slots):
            here = [self.x[m, s] for m in self.meetings if (m, s) in self.x and not model.seats[m] & ~tables]
            if here:
                absent = [self._absence("table", t, s) for t in bits(tables & ~model.table_free[s])]
                self.cnf.at_most(here + absent, tables.bit_count())

    def _absence(self, kind: str, i: int, s: int) -> int:
        key = (kind, i, s)
        if key not in self.absent:
            self.absent[key] = self.cnf.new()
            things = self.model.instance.tables if kind == "table" else self.model.instance.participants
            slot = self.model.instance.slots[s].id
            self.switch[self.absent[key]] = {"kind": "absence", kind: things[i].id, "slot": slot}
        return self.absent[key]

    def _holds(self, switches: list[int]) -> list[int] | None:
        """The slots under these switches, or None; sets of tables that ran short are limited as found."""
        while self.solver.solve(assumptions=switches):
            true = {v for v in self.solver.get_model() if v > 0}
            slot = [-1] * self.model.n_meetings
            for (m, s), literal in self.x.items():
                if literal in true:
                    slot[m] = s
            on = set(switches)
            away = {(i, s) for (kind, i, s), v in self.absent.items() if kind == "table" and v in on}
            _, short = seated(self._with_tables(away), slot)
            if not short or short in self.limits:
                return slot
            self._limit(short)
        return None

    def _with_tables(self, away: set[tuple[int, int]]) -> Model:
        every = (1 << self.model.n_tables) - 1
        free = [every] * self.model.n_slots
        for t, s in away:
            free[s] &= ~(1 << t)
        return replace(self.model, table_free=free)

    def answer(self, control: Control) -> list[int] | None:
        control.check()
        return self._holds(sorted(self.switch))

    def conflict(self, control: Control) -> list[Member]:
        """A core, and then every member tried without the others that are left."""
        core = sorted(self.switch)
        if not self.solver.solve(assumptions=core):
            core = sorted(self.solver.get_core() or [])
        tried: list[int] = []
        while core:
            control.check()
            one = core.pop()
            if self._holds(tried + core) is None:
                found = self.solver.get_core() or []
                core = [v for v in core if v in found]
            else:
                tried.append(one)
        return [self.switch[v] | {"text": self._text(self.switch[v])} for v in sorted(tried)]

    def _text(self, member: Member) -> str:
        instance = self.model.instance
        if member["kind"] == "pin":
            slot = next(m.slot for m in instance.meetings if m.id == member["meeting"])
            return f"meeting {member['meeting']} is pinned to slot {slot}"
        who = (
            f"participant {member['participant']}" if "participant" in member else f"table {member['table']}"
        )
        return f"{who} is not available in slot {member['slot']}"
