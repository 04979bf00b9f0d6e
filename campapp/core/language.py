"""In which language something is said: gettext, the two sides of bilingual content, words for one reader."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from campapp.core.current import current
from campapp.core.text.language import (
    force_locale,
    gettext,
    lazy_gettext,
    lazy_pgettext,
    ngettext,
    npgettext,
    pgettext,
)

LOCALES = ("zh_CN", "en")
NAMES = {"zh_CN": "中文", "en": "English"}

__all__ = [
    "LOCALES",
    "NAMES",
    "gettext",
    "lazy_gettext",
    "lazy_pgettext",
    "ngettext",
    "npgettext",
    "pgettext",
    "say",
    "speaking",
    "tag",
]


def tag(locale: str) -> str:
    """The `lang` attribute of a locale."""
    return "zh-CN" if locale.startswith("zh") else "en"


def say(row: Any, name: str, locale: str | None = None) -> str:
    """A bilingual field in the reader's language, else in the other: `say(programme, "title")`.

    Its columns are `title_zh` and `title_en`, or `title` in the row's own `locale` and `title_other`.
    """
    wanted = locale or current.locale
    if hasattr(row, f"{name}_other"):
        foreign = row.locale[:2] != wanted[:2]
        return str((foreign and getattr(row, f"{name}_other")) or getattr(row, name))
    short = "zh" if wanted.startswith("zh") else "en"
    spare = "en" if short == "zh" else "zh"
    return str(getattr(row, f"{name}_{short}") or getattr(row, f"{name}_{spare}") or "")


@contextmanager
def speaking(locale: str, zone: str | None = None) -> Iterator[None]:
    """Speak a reader's language (and zone) for the block: one mail, one export, one document."""
    with current.set(locale=locale, zone=zone or current.zone), force_locale(locale):
        yield
