"""States and, once, the table of what may follow what. A room's `states.py` imports only this."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Stateful(Protocol):
    """A row with a state and the time since when it stands."""

    state: str
    state_at: datetime


class NotAllowed(Exception):
    """This state cannot follow that one."""

    def __init__(self, kind: str, before: str, after: str) -> None:
        super().__init__(f"{kind}: {before} > {after}")
        self.kind, self.before, self.after = kind, before, after


class States:
    """A table of allowed transitions, read from lines such as `draft > submitted withdrawn`."""

    def __init__(self, kind: str, table: str) -> None:
        self.kind = kind
        self.after: dict[str, frozenset[str]] = {}
        for line in table.strip().splitlines():
            before, _, following = line.partition(">")
            names = frozenset(part.strip() for part in following.split(",") if part.strip())
            self.after[before.strip()] = names
        for names in list(self.after.values()):
            for name in names:
                self.after.setdefault(name, frozenset())

    @property
    def names(self) -> list[str]:
        """All states, in the order of the table."""
        return list(self.after)

    def allows(self, before: str, after: str) -> bool:
        """Whether the one may follow the other."""
        return after in self.after.get(before, frozenset())

    def move(self, row: Stateful, after: str, *, at: datetime) -> None:
        """Put the row into a state that may follow its own.

        Raises:
            NotAllowed: the table has no such move.
        """
        if not self.allows(row.state, after):
            raise NotAllowed(self.kind, row.state, after)
        row.state, row.state_at = after, at
