"""Amounts of money: read in 元, 万元, 亿元 or words, held as a bounded Decimal, echoed in full."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

import cn2an
from babel.numbers import format_currency

from campapp.core.text.language import Unreadable, is_chinese, lazy_gettext, locale

MOST = Decimal(10) ** 14  # a hundred trillion: beyond any fund, within Numeric(16, 2)
CENT = Decimal("0.01")

UNITS = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
_SCALES = {"万亿": 12, "亿": 8, "千万": 7, "百万": 6, "十万": 5, "万": 4, "千": 3}
_ENGLISH = {"trillion": 12, "billion": 9, "bn": 9, "million": 6, "mn": 6, "m": 6, "thousand": 3, "k": 3}
_NUMBER = r"\d+(?:\.\d+)?|\.\d+"
_PART = re.compile(rf"(?P<number>{_NUMBER})\s*(?P<scale>万亿|千万|百万|十万|[万亿千])?")
_WORDS = re.compile("[零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟点]+")
_BEFORE = re.compile(r"^(?:人民币|RMB|CNY|CN¥|¥|￥)\s*", re.IGNORECASE)
_AFTER = re.compile(r"\s*(?:YUAN|元整|圆整|元|圆|整)$", re.IGNORECASE)
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)")


def amount(text: str, unit: str = "元") -> Decimal:
    """The amount in yuan of what was typed: "500万元", "5亿", "3,200 万", "伍佰万元整", "1.5 million".

    A bare number counts in the field's `unit` (元, 万元 or 亿元). Never negative, at most 10^14, to the cent.
    """
    typed = unicodedata.normalize("NFKC", text).strip()
    bare = _BEFORE.sub("", typed)
    if bare.startswith(("-", "−")):
        raise Unreadable(lazy_gettext("An amount of money cannot be negative."))
    bare = _AFTER.sub("", bare)
    named = bare != typed  # ¥, CNY or 元 stood there: whole yuan, whatever the field's unit
    bare = _GROUPED.sub(lambda found: found[0].replace(",", ""), bare.replace("，", ","))
    value = _value(bare)
    if value is None:
        raise Unreadable(
            lazy_gettext("“%(text)s” is no amount of money. Write for example 500万元.", text=typed[:40])
        )
    if not named and re.fullmatch(_NUMBER, bare):
        value *= UNITS[unit]
    return bounded(value)


def bounded(value: Decimal) -> Decimal:
    """The same amount to the cent; `Unreadable` below zero, from 10^14 on, for parts of a cent and NaN."""
    if not value.is_finite() or (value.is_signed() and value):
        raise Unreadable(lazy_gettext("An amount of money cannot be negative."))
    if value >= MOST:
        raise Unreadable(lazy_gettext("This amount is too large. Is the unit (元, 万元, 亿元) right?"))
    if value != (rounded := value.quantize(CENT)):
        raise Unreadable(lazy_gettext("An amount of money has at most two decimals of a yuan."))
    return abs(rounded)


def in_full(value: Decimal, currency: str = "CNY") -> str:
    """The echo under a field: `¥5,000,000（伍佰万元整）` for a Chinese reader, `¥5,000,000` for others."""
    figures = in_figures(value, currency)
    return f"{figures}（{capitals(value)}）" if currency == "CNY" and is_chinese() else figures


def in_figures(value: Decimal, currency: str = "CNY") -> str:
    """`¥5,000,000`, `¥5,000,000.50`, `US$300`: all figures, no decimals where there are none."""
    pattern = "¤#,##0.00" if value % 1 else "¤#,##0"
    shown = format_currency(value, currency, pattern, locale=locale(), currency_digits=False)
    return shown.replace("CN¥", "¥")


def in_short(value: Decimal, currency: str = "CNY") -> str:
    """`500万元`, `1.25亿元` for a Chinese reader, `¥5M`, `¥125M` for others; rounded to two decimals."""
    if not is_chinese():
        steps = [
            (Decimal(10) ** 12, "T"),
            (Decimal(10) ** 9, "B"),
            (Decimal(10) ** 6, "M"),
            (Decimal(10) ** 3, "K"),
        ]
        size, letter = next(((s, n) for s, n in steps if value >= s), (Decimal(1), ""))
        return in_figures(Decimal(1), currency).replace("1", _trimmed(value / size)) + letter
    size, word = next(((UNITS[w], w) for w in ("亿元", "万元") if value >= UNITS[w]), (Decimal(1), "元"))
    return _trimmed(value / size) + (word if currency == "CNY" else f"{word[:-1]} {currency}")


def capitals(value: Decimal) -> str:
    """The amount as it stands in contracts: 伍佰万元整."""
    return str(cn2an.an2cn(f"{value:f}", "rmb"))


def _trimmed(value: Decimal) -> str:
    shown = f"{value.quantize(CENT):,f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def _value(bare: str) -> Decimal | None:
    if len(bare) > 40:
        return None
    if english := re.fullmatch(rf"({_NUMBER})\s*([a-z]+)", bare.lower()):
        power = _ENGLISH.get(english[2])
        return None if power is None else Decimal(english[1]).scaleb(power)
    if _WORDS.fullmatch(bare):
        return _spoken(bare)
    return _parts(bare)


def _parts(bare: str) -> Decimal | None:
    """The sum of parts with falling scales: 3亿2000万."""
    total, last, at = Decimal(0), 99, 0
    bare = re.sub(r"\s+", "", bare)
    while at < len(bare):
        part = _PART.match(bare, at)
        power = _SCALES.get(part["scale"], 0) if part else 0
        if part is None or power >= last:
            return None
        total, last, at = total + Decimal(part["number"]).scaleb(power), power, part.end()
    return total if bare else None


def _spoken(words: str) -> Decimal | None:
    try:
        return Decimal(str(cn2an.cn2an(words, "smart")))
    except ValueError:
        return None
