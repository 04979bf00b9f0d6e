"""Kinds of entity, qualifications and countries in words."""

from __future__ import annotations

from functools import cache

from babel import Locale

from campapp.core.current import current
from campapp.core.language import lazy_gettext as _l
from campapp.core.text import pinyin

KINDS = {
    "company": _l("Company"), "public institution": _l("Public institution"), "university": _l("University"),
    "association": _l("Association or foundation"), "government": _l("Government body"), "other": _l("Other"),
}  # fmt: skip
QUALIFICATIONS = {
    "high-tech": _l("High and new technology enterprise"), "tech-sme": _l("Technology-based small enterprise"),
    "specialised": _l("Specialised and innovative enterprise"), "little giant": _l("“Little giant” enterprise"),
    "gazelle": _l("Gazelle enterprise"), "listed": _l("Listed"),
}  # fmt: skip
"""高新技术企业, 科技型中小企业, 专精特新, 小巨人, 瞪羚, 上市."""


def country_name(code: str) -> str:
    """A country or region in the reader's language."""
    return countries(current.locale).get(code, code)


@cache
def countries(locale: str) -> dict[str, str]:
    """Code → name, in the order of the alphabet or of pinyin."""
    names = dict(Locale.parse(locale).territories)
    if Locale.parse(locale).language == "zh":
        names["TW"] = "中国台湾"
    found = {
        code: name
        for code, name in names.items()
        if len(code) == 2 and code.isalpha() and code not in {"ZZ", "XA", "XB", "EU", "EZ", "UN", "QO"}
    }
    return dict(sorted(found.items(), key=lambda pair: pinyin.sort_key(pair[1])))


def qualifications_in_words(keys: list[str]) -> str:
    """As a reader sees them."""
    return "; ".join(str(QUALIFICATIONS.get(key, key)) for key in keys)
