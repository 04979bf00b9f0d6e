"""Counting in clauses: at most one by commanders, sums by totalizers (Bailleux & Boufkhad 2003)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

Clause = list[int]


class Clauses:
    """A growing set of clauses and the next free variable."""

    def __init__(self, emit: Callable[[Clause], None]) -> None:
        self.top = 0
        self.add = emit

    def new(self) -> int:
        self.top += 1
        return self.top

    def either(self, literals: Sequence[int]) -> int:
        """A literal that is true exactly where one of `literals` is."""
        if len(literals) == 1:
            return literals[0]
        whole = self.new()
        for one in literals:
            self.add([-one, whole])
        self.add([-whole, *literals])
        return whole

    def at_most_one(self, literals: Sequence[int]) -> None:
        """Pairwise up to five, above that in groups of three under a commander each."""
        if len(literals) <= 5:
            for i, a in enumerate(literals):
                for b in literals[:i]:
                    self.add([-a, -b])
            return
        heads = []
        for i in range(0, len(literals), 3):
            group = literals[i : i + 3]
            self.at_most_one(group)
            heads.append(self.either(group))
        self.at_most_one(heads)

    def at_most(self, literals: Sequence[int], most: int) -> None:
        """No more than `most` of the literals are true."""
        if most >= len(literals):
            return
        if most == 0:
            for one in literals:
                self.add([-one])
        elif most == 1:
            self.at_most_one(literals)
        else:
            self.add([-self.sums(literals, most + 1)[most]])

    def sums(self, literals: Sequence[int], cap: int, *, exact: bool = False) -> list[int]:
        """Literals, the j-th true where more than j inputs are; up to `cap` of them.

        With `exact` also only where (down to the cap), else a literal may be true without need.
        """
        if len(literals) <= 1:
            return list(literals)[:cap]
        half = len(literals) // 2
        a = self.sums(literals[:half], cap, exact=exact)
        b = self.sums(literals[half:], cap, exact=exact)
        return self._merge(a, b, cap, exact=exact)

    def _merge(self, a: list[int], b: list[int], cap: int, *, exact: bool) -> list[int]:
        width = min(cap, len(a) + len(b))
        out = [self.new() for _ in range(width)]
        for i in range(len(a) + 1):
            for j in range(len(b) + 1):
                k = i + j
                if 1 <= k <= width or (k > width and i <= width and j <= width):
                    head = out[min(k, width) - 1]
                    self.add([-x for x in (a[i - 1 : i] + b[j - 1 : j])] + [head])
                if exact and k < width:
                    rest = [x[n] for x, n in ((a, i), (b, j)) if n < len(x)]
                    self.add([*rest, -out[k]])
        for i in range(width - 1):
            self.add([-out[i + 1], out[i]])
        return out
