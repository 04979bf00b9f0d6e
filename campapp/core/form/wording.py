"""The words of a form document: that each is a text, no longer than its page takes, and without broken characters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from campapp.core.form.faults import Place, Problem
from campapp.core.language import gettext as _
from campapp.core.text import lines
from campapp.core.text.language import Unreadable

Declared = dict[str, Any]
LABEL, HELP, BECAUSE, BODY, UNIT = 200, 1000, 300, 20_000, 20
PAIR = {"label_zh": LABEL, "label_en": LABEL, "help_zh": HELP, "help_en": HELP}
OWN = {
    "text_zh": BODY, "text_en": BODY, "because_zh": BECAUSE, "because_en": BECAUSE, "unit": UNIT, "due": 60,
    "freeze": 60, "profile": 60,
}  # fmt: skip
TITLE = {"title_zh": LABEL, "title_en": LABEL}
CHOICE = {"zh": LABEL, "en": LABEL}
_SEVERAL_LINES = ("help_zh", "help_en", "text_zh", "text_en")
_BOXES = {"label": "label", "help": "help", "text": "text", "because": "because"}


def texts(given: Declared, known: Mapping[str, int], at: Place) -> Iterator[Problem]:
    """Each of these names that is there is a sound text of at most so many characters."""
    for name, longest in known.items():
        if name not in given:
            continue
        said, box = given[name], _BOXES.get(name.rpartition("_")[0], name)
        if not isinstance(said, str):
            yield at.fault(_("“%(name)s” is no text.", name=name), box)
            continue
        read = lines.many_lines if name in _SEVERAL_LINES else lines.one_line
        try:
            read(said, longest)
        except Unreadable as problem:
            yield at.fault(_("%(where)s: %(what)s", where=name, what=problem), box)


def says(given: Declared, name: str) -> bool:
    """Whether there are words in one language at least."""
    return any(
        isinstance(one, str) and one.strip() for one in (given.get(f"{name}_zh"), given.get(f"{name}_en"))
    )
