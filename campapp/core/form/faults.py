"""What is wrong with a form document, and where: said to whoever composed it or brought it as a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from campapp.core.language import gettext as _


@dataclass(frozen=True)
class Problem:
    """A fault, its place in words, and for the builder the question's key and the box of its page."""

    where: str
    words: str
    key: str = ""
    box: str = ""

    def __str__(self) -> str:
        return _("%(where)s: %(what)s", where=self.where, what=self.words) if self.where else self.words


@dataclass(frozen=True)
class Place:
    """A part of a document that is being looked at."""

    where: str = ""
    key: str = ""

    def fault(self, words: str, box: str = "") -> Problem:
        """A problem here."""
        return Problem(self.where, words, self.key, box)

    def inside(self, words: str, key: str = "") -> Place:
        """A part of this part."""
        return Place(
            _("%(whole)s, %(part)s", whole=self.where, part=words) if self.where else words, key or self.key
        )


def named(said: Any) -> str:
    """Whatever stood in a document, as short as a sentence bears it, without what cannot be printed."""
    text = (
        said if isinstance(said, str) else type(said).__name__ if isinstance(said, dict | list) else str(said)
    )
    return "".join(c for c in text[:80] if c.isprintable())[:40]
