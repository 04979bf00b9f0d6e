"""Questions to CaDiCaL: whole, or in slices that leave the caller the word in between."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from typing import TypeVar

from pysat.solvers import Solver

from campapp.engines.schedule.cardinality import Clause

W = TypeVar("W")

SLICE = 300
"""Conflicts between two words: a tenth of a second or two."""


class Asking:
    """A solver; clauses go to it as they are made. `sliced`: whether `ask` pauses every SLICE conflicts."""

    def __init__(self, name: str, *, sliced: bool) -> None:
        self.sliced = sliced
        self.solver = Solver(name="cadical195" if sliced else name)  # 1.5.3 knows no number of conflicts
        if sliced:
            self.solver.configure({"inprocessing": 0})  # its tidying takes seconds at a time
        self.add: Callable[[Clause], None] = self.solver.add_clause

    def work(self) -> int:
        """Conflicts so far."""
        return int(self.solver.accum_stats()["conflicts"])

    def ask(self, assumptions: Sequence[int], word: Callable[[], W]) -> Generator[W, None, set[int] | None]:
        """The literals that are true in an answer, None if there is none; between slices, a word."""
        answer = None if self.sliced else self.solver.solve(assumptions=assumptions)
        while answer is None:
            self.solver.conf_budget(SLICE)
            answer = self.solver.solve_limited(assumptions=assumptions)
            if answer is None:
                yield word()
        return {v for v in self.solver.get_model() if v > 0} if answer else None
