"""Tables as clauses: `z[m, s, t]`, meeting m is in slot s at table t; and who sits elsewhere than before."""

from __future__ import annotations

from campapp.engines.schedule.encode import Encoding
from campapp.engines.schedule.model import Model, bits

LARGEST = 300_000
"""Triples of meeting, slot and table, above which clauses are too many to help."""


def fits(model: Model) -> bool:
    """Whether tables can be put into clauses."""
    return (
        sum(len(bits(mask)) * model.seats[m].bit_count() for m, mask in enumerate(model.allowed)) <= LARGEST
    )


class Seats:
    """The tables of an encoding, and the literals of `table_changes`."""

    def __init__(self, encoding: Encoding) -> None:
        self.encoding = encoding
        self.z: dict[tuple[int, int, int], int] = {}
        self._sit()

    def _sit(self) -> None:
        encoding, model, cnf = self.encoding, self.encoding.model, self.encoding.cnf
        at: dict[tuple[int, int], list[int]] = {}
        for (m, s), x in encoding.x.items():
            row = []
            for t in bits(model.seats[m] & model.table_free[s]):
                z = self.z[m, s, t] = cnf.new()
                cnf.add([-z, x])
                row.append(z)
                at.setdefault((s, t), []).append(z)
            cnf.add([-x, *row])
            cnf.at_most_one(row)
        for literals in at.values():
            cnf.at_most_one(literals)

    def changes(self) -> list[int]:
        """A literal for each slot in which somebody sits elsewhere than at their meeting before."""
        model, moved = self.encoding.model, []
        for p, meetings in enumerate(model.meetings_of):
            if model.single[p] and len(meetings) > 1:
                for day in model.days:
                    moved += self._walk(p, meetings, bits(day))
        return moved

    def _walk(self, p: int, meetings: list[int], slots: list[int]) -> list[int]:
        cnf, moved = self.encoding.cnf, []
        last: dict[int, int] = {}
        for s in slots:
            used = self.encoding.used.get((p, s))
            if used is None:
                continue
            sits: dict[int, list[int]] = {}
            for m in meetings:
                for t in bits(self.encoding.model.seats[m]):
                    if (m, s, t) in self.z:
                        sits.setdefault(t, []).append(self.z[m, s, t])
            here = {t: cnf.either(literals) for t, literals in sits.items()}
            if last:
                change = cnf.new()
                moved.append(change)
                for t, before in last.items():
                    cnf.add([-before, -used, change] + ([here[t]] if t in here else []))
            last = self._carry(last, here, used)
        return moved

    def _carry(self, last: dict[int, int], here: dict[int, int], used: int) -> dict[int, int]:
        """By table, whether it is where the participant's latest meeting sat."""
        cnf, now = self.encoding.cnf, {}
        for t in sorted({*last, *here}):
            now[t] = cnf.new()
            if t in here:
                cnf.add([-here[t], now[t]])
            if t in last:
                cnf.add([-last[t], used, now[t]])
        return now

    def tables(self, true: set[int]) -> list[int]:
        """The table of each meeting in a satisfying assignment."""
        table = [-1] * self.encoding.model.n_meetings
        for (m, _, t), literal in self.z.items():
            if literal in true:
                table[m] = t
        return table
