"""The one place that touches Flask-Babel: the reader's language and the words for it."""

from __future__ import annotations

from gettext import NullTranslations
from typing import Any

from babel import Locale
from flask import g, has_app_context
from flask_babel import force_locale, get_domain, get_locale
from flask_babel.speaklater import LazyString

__all__ = [
    "LazyString",
    "Unreadable",
    "force_locale",
    "gettext",
    "is_chinese",
    "lazy_gettext",
    "lazy_pgettext",
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


def gettext(message: str, **values: Any) -> str:
    """A text in the reader's language, with values put in: `gettext("Hello %(name)s", name=…)`."""
    words = _catalogue().gettext(message)
    return words % values if values else words


def pgettext(context: str, message: str, **values: Any) -> str:
    """The same for a text that means different things in different places."""
    words = _catalogue().pgettext(context, message)
    return words % values if values else words


def ngettext(one: str, many: str, num: int, **values: Any) -> str:
    """The same for a number of things, which the text has as `%(num)s`."""
    return _catalogue().ngettext(one, many, num) % {"num": num, **values}


def npgettext(context: str, one: str, many: str, num: int, **values: Any) -> str:
    """The same in a context."""
    return _catalogue().npgettext(context, one, many, num) % {"num": num, **values}


def lazy_gettext(message: str, **values: Any) -> LazyString:
    """A text that is put into the reader's language when it is read."""
    return LazyString(gettext, message, **values)


def lazy_pgettext(context: str, message: str, **values: Any) -> LazyString:
    """The same in a context."""
    return LazyString(pgettext, context, message, **values)


def _catalogue() -> NullTranslations:
    """The words of the reader's language, kept beside the locale: a page asks for hundreds."""
    if not has_app_context():
        return NullTranslations()
    here = getattr(g, "_flask_babel", None)
    if here is not None:
        held = getattr(here, "catalogue", None)
        if held is not None and held[0] is getattr(here, "babel_locale", None):
            return held[1]  # type: ignore[no-any-return]
    found = get_domain().get_translations()
    g._flask_babel.catalogue = (get_locale(), found)
    return found


def locale() -> Locale:
    """The reader's locale; English where nobody reads (command line, a job without a reader)."""
    return get_locale() or Locale.parse("en")


def is_chinese() -> bool:
    """Whether the reader reads Chinese."""
    return locale().language == "zh"
