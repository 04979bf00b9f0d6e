"""Every text has its Chinese, and only one: of two, the catalogue would show whichever comes first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from checks.finding import Finding

PARTS = Path("campapp/translations/parts")
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None, "_l": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2), "_n": (1, 2),
    "lazy_ngettext": (1, 2), "pgettext": ((1, "c"), 2), "_p": ((1, "c"), 2), "lazy_pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip
JINJA = {"trimmed": "true", "extensions": "jinja2.ext.do,jinja2.ext.loopcontrols"}
SOURCES: tuple[tuple[str, list[tuple[str, str]], dict[str, dict[str, str]]], ...] = (
    ("campapp", [("**.py", "python")], {}),
    ("templates", [("**.html", "jinja2"), ("**.txt", "jinja2")], {"**": JINJA}),
)
Key = tuple[str, str]
"""Context (empty for none) and English words."""


def broken_rules(root: Path) -> Iterator[Finding]:
    """Texts without Chinese, and texts with two."""
    chinese = _chinese(root)
    for (_context, words), said in chinese.items():
        if len(set(said.values())) > 1:
            parts = ", ".join(f"{part}: {text}" for part, text in said.items())
            yield Finding(
                PARTS / f"{min(said)}.po", 1, f"“{words}” has two translations ({parts}); give one a context"
            )
    seen: set[Key] = set()
    for path, line, key in _asked(root):
        if key not in chinese and key not in seen:
            seen.add(key)
            yield Finding(path, line, f"no Chinese for “{key[1]}”")


def _asked(root: Path) -> Iterator[tuple[Path, int, Key]]:
    for folder, methods, options in SOURCES:
        found = extract_from_dir(
            root / folder,
            method_map=methods,
            options_map=options,
            keywords=KEYWORDS,
            directory_filter=lambda _: True,
        )
        for name, line, words, _, context in found:
            yield Path(folder) / name, line, (context or "", _first(words))


def _chinese(root: Path) -> dict[Key, dict[str, str]]:
    """By text: which part says what."""
    said: dict[Key, dict[str, str]] = defaultdict(dict)
    for po in sorted((root / PARTS).glob("*.po")):
        with po.open("rb") as source:
            for message in read_po(source, locale="zh_CN"):
                words, text = _first(message.id), _first(message.string)
                if words and text:
                    said[message.context or "", words][po.stem] = text
    return said


def _first(words: str | tuple[str, ...] | list[str] | None) -> str:
    """The singular, where there are more forms."""
    return words if isinstance(words, str) else words[0] if words else ""
