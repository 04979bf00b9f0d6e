"""Names of files that every system takes: cut between stem and ending, never the same twice."""

from __future__ import annotations

import unicodedata

LONGEST = 200
JOINERS = "\u200c\u200d"
"""What holds one sign together: a family in an emoji, a word in Persian."""


def safe_name(name: str, longest: int = LONGEST) -> str:
    """A file name without a path, without controls, never empty."""
    base = name.replace("\\", "/").rsplit("/", 1)[-1]
    return shortened(plain(base), longest) or "file"


def plain(text: str) -> str:
    """Composed letters, any space as one, and nothing that is not seen."""
    composed = unicodedata.normalize("NFC", text)
    spaced = "".join(" " if unicodedata.category(c) == "Zs" else c for c in composed)
    return "".join(c for c in spaced if c.isprintable() or c in JOINERS).strip(" .")


def shortened(name: str, longest: int, most_bytes: int | None = None) -> str:
    """A name of so many characters, and bytes in UTF-8, at most, with its ending."""
    stem, dot, ending = name.rpartition(".")
    if not dot or not stem or len(ending) > 10:
        stem, dot, ending = name, "", ""
    room = longest - len(dot + ending)
    bytes_ = (most_bytes or 4 * longest) - len((dot + ending).encode())
    kept = stem[:room].encode()[:bytes_].decode(errors="ignore")
    return f"{kept.strip(' .' + JOINERS)}{dot}{ending}"


def distinct(name: str, taken: set[str]) -> str:
    """The name, or the first numbered one that is not taken, whatever the case of its letters; it is taken then."""
    stem, dot, ending = name.rpartition(".")
    split = dot and stem and "/" not in ending
    found, count = name, 1
    while found.casefold() in taken:
        count += 1
        found = f"{stem} ({count}).{ending}" if split else f"{name} ({count})"
    taken.add(found.casefold())
    return found
