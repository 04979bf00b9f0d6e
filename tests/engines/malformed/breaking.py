"""Ways to break a good file."""

import json
from typing import Any

Json = dict[str, Any]


class Good:
    """A good file, from which broken ones are made."""

    def __init__(self, given: Json) -> None:
        self.given = given
        self.data = json.dumps(given).encode()

    def changed(self, *path: str | int, to: object) -> bytes:
        """With the value at a path replaced."""
        given, at = self._copy(path)
        at[path[-1]] = to
        return json.dumps(given).encode("utf-8", "surrogatepass")

    def without(self, *path: str | int) -> bytes:
        """Without the value at a path."""
        given, at = self._copy(path)
        del at[path[-1]]
        return json.dumps(given).encode()

    def text(self, old: str, new: str) -> bytes:
        """With the first `old` in the text replaced."""
        written = self.data.decode()
        assert old in written
        return written.replace(old, new, 1).encode("utf-8", "surrogatepass")

    def _copy(self, path: tuple[str | int, ...]) -> tuple[Json, Any]:
        given = at = json.loads(self.data)
        for step in path[:-1]:
            at = at[step]
        return given, at
