"""The one place that touches Flask-Babel: the reader's language and the words for it."""

from __future__ import annotations

from babel import Locale
from flask_babel import force_locale, get_locale, gettext, lazy_gettext, ngettext, npgettext, pgettext
from flask_babel.speaklater import LazyString

__all__ = [
    "LazyString",
    "Unreadable",
    "force_locale",
    "gettext",
    "is_chinese",
    "lazy_gettext",
    "locale",
    "ngettext",
    "npgettext",
    "pgettext",
]


class Unreadable(ValueError):  # read aloud: except Unreadable
    """Something typed or uploaded cannot be taken; `str()` says why, in the reader's language."""

    def __init__(self, reason: str | LazyString) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return str(self.reason)


def locale() -> Locale:
    """The reader's locale; English where nobody reads (command line, a job without a reader)."""
    return get_locale() or Locale.parse("en")


def is_chinese() -> bool:
    """Whether the reader reads Chinese."""
    return locale().language == "zh"
