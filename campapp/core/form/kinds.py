"""What each kind of field takes: typed text read into a value, and a kept value held against its field.

`static/js/rules.js` reads the same declarations by the same rules in the browser; a test holds the two together.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from campapp.core.text import codes, dates, lines, money
from campapp.core.text.language import Unreadable, lazy_gettext

Declared = dict[str, Any]
LINES = {"text": 200, "long": 2000}
"""Kinds of plain text, and how long they are unless the field says otherwise."""
LISTED = ("choice", "choices")
GIVEN = ("file", "letter")
"""Kinds that are answered by a file."""
KINDS = (
    "text", "long", "choice", "choices", "number", "money", "date", "link", "phone", "credit", "identity", "file",
    "table", "letter", "consent",
)  # fmt: skip
CELLS = ("text", "choice", "number", "money", "date", "link", "phone", "credit", "identity")
"""Kinds that a column of a table may have."""
COMPARED = ("number", "money", "date")
"""Kinds whose answers lie between bounds, also in a condition."""
MOST_ROWS = 50
_FIGURES = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
MOST_NUMBER = Decimal(10) ** 12


def longest(field: Declared) -> int:
    """How many characters a field of text takes."""
    return int(field.get("longest") or LINES.get(field["kind"], 200))


def kinds_of(field: Declared) -> list[str]:
    """The kinds of file that a field takes; empty: any."""
    return list(field.get("kinds", ["pdf"] if field["kind"] == "letter" else []))


def megabytes_of(field: Declared) -> int:
    """How large a file of a field may be."""
    return int(field.get("megabytes", 20))


def identity_columns(field: Declared) -> list[str]:
    """The keys of a table's columns that ask for identity numbers."""
    return [column["key"] for column in field.get("columns", []) if column["kind"] == "identity"]


def asks_identity(field: Declared) -> bool:
    """Whether it asks for identity numbers, alone or in a column."""
    return field["kind"] == "identity" or bool(identity_columns(field))


def read(field: Declared, typed: str) -> Any:
    """The value of what was typed into one control; else `Unreadable`."""
    value = READERS[field["kind"]](field, typed)
    check(field, value)
    return value


def _number(field: Declared, typed: str) -> Decimal:
    bare = re.sub(r"[,\s]", "", unicodedata.normalize("NFKC", lines.one_line(typed, 40)))
    if not _FIGURES.fullmatch(bare):
        raise Unreadable(lazy_gettext("This is not a number."))
    return Decimal(bare)


def read_link(typed: str) -> str:
    """A web address."""
    link = lines.one_line(typed, 500)
    if not link.startswith(("http://", "https://")) or re.search(r"\s", link) or len(link) < 11:
        raise Unreadable(lazy_gettext("A link begins with https://"))
    return link


READERS: dict[str, Callable[[Declared, str], Any]] = {
    "text": lambda field, typed: lines.one_line(typed, longest(field)),
    "long": lambda field, typed: lines.many_lines(typed, longest(field)),
    "number": _number,
    "money": lambda field, typed: money.amount(typed, field.get("unit") or "元"),
    "date": lambda _field, typed: dates.day(typed),
    "link": lambda _field, typed: read_link(typed),
    "phone": lambda _field, typed: codes.phone(typed),
    "credit": lambda _field, typed: codes.credit_code(typed),
    "identity": lambda _field, typed: codes.identity(typed),
}


def digest(field: Declared) -> str:
    """Which text a consent is given to: the answer of a consent, so that another text asks anew."""
    said = "\n".join((field.get("text_zh", ""), field.get("text_en", "")))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


# ------------------------------------------------------------------------------------------------ checks
def check(field: Declared, value: Any) -> None:
    """Hold a value, as read or as kept, against its field; `Unreadable` where it does not fit."""
    CHECKS.get(field["kind"], _anything)(field, value)


def complete(field: Declared, value: Any) -> None:
    """Hold a value against what only a submission needs: a draft may stop in the middle of a row. `Unreadable`."""
    COMPLETE.get(field["kind"], _anything)(field, value)


def fits(field: Declared, value: Any) -> bool:
    """Whether a kept answer still fits its field, perhaps of a newer form."""
    try:
        check(field, value)
    except (Unreadable, TypeError, ValueError, ArithmeticError):
        return False
    return True


def _anything(_field: Declared, _value: Any) -> None:
    return


def _length(field: Declared, value: Any) -> None:
    found = lines.length(value.strip())
    if found > longest(field):
        raise Unreadable(
            lazy_gettext(
                "%(found)d characters, at most %(longest)d are possible.",
                found=found,
                longest=longest(field),
            )
        )


def _listed(field: Declared, value: Any) -> None:
    values = {choice["value"] for choice in field["choices"]}
    chosen = value if field["kind"] == "choices" else [value]
    if not set(chosen) <= values:
        raise Unreadable(lazy_gettext("Choose from the list."))
    if field["kind"] == "choices" and field.get("most") and len(chosen) > int(field["most"]):
        raise Unreadable(lazy_gettext("Choose at most %(n)s.", n=field["most"]))


def _enough_chosen(field: Declared, value: Any) -> None:
    if len(value) < int(field.get("least") or 0):
        raise Unreadable(lazy_gettext("Choose at least %(n)s.", n=field["least"]))


def _bounds(field: Declared, value: Any) -> None:
    least = Decimal(str(field.get("least", 0 if field["kind"] == "money" else -MOST_NUMBER)))
    most = Decimal(str(field.get("most", money.MOST if field["kind"] == "money" else MOST_NUMBER)))
    found = Decimal(str(value))
    if not least <= found <= most:
        raise Unreadable(lazy_gettext("Give a number from %(least)s to %(most)s.", least=least, most=most))
    decimals = field.get("decimals")
    if decimals is not None and found != round(found, int(decimals)):
        raise Unreadable(
            lazy_gettext("This is not a whole number.")
            if int(decimals) == 0
            else lazy_gettext("At most %(n)s decimals are possible.", n=decimals)
        )


def _days(field: Declared, value: Any) -> None:
    found = value if isinstance(value, date) else date.fromisoformat(value)
    if field.get("least") and found < date.fromisoformat(field["least"]):
        raise Unreadable(lazy_gettext("Give a day from %(day)s on.", day=field["least"]))
    if field.get("most") and found > date.fromisoformat(field["most"]):
        raise Unreadable(lazy_gettext("Give a day until %(day)s.", day=field["most"]))


def _agreed(field: Declared, value: Any) -> None:
    if value != digest(field):
        raise Unreadable(lazy_gettext("The text has changed since. Read it and agree again."))


def _rows(field: Declared, value: Any) -> None:
    most = min(int(field.get("most") or MOST_ROWS), MOST_ROWS)
    if len(value) > most:
        raise Unreadable(lazy_gettext("%(n)s rows at most are possible.", n=most))
    for row in value:
        for column in field["columns"]:
            if column["key"] in row:
                check(column, row[column["key"]])


def _whole_rows(field: Declared, value: Any) -> None:
    if len(value) < int(field.get("least") or 0):
        raise Unreadable(lazy_gettext("Fill in %(n)s rows at least.", n=field["least"]))
    needed = [column["key"] for column in field["columns"] if column.get("required")]
    if any(key not in row for row in value for key in needed):
        raise Unreadable(lazy_gettext("A row is not complete yet."))


CHECKS: dict[str, Callable[[Declared, Any], None]] = {
    "text": _length, "long": _length, "choice": _listed, "choices": _listed, "number": _bounds, "money": _bounds,
    "date": _days, "consent": _agreed, "table": _rows,
}  # fmt: skip
COMPLETE: dict[str, Callable[[Declared, Any], None]] = {"choices": _enough_chosen, "table": _whole_rows}
