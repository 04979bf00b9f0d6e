"""Which fields of a form document are asked, given the answers so far: shown only if another answer is …"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from campapp.core.form.kinds import GIVEN
from campapp.core.language import gettext as _
from campapp.core.language import say
from campapp.core.text import money

Declared = dict[str, Any]


class Words:
    """A declared thing's words, so that `say` finds them."""

    def __init__(self, declared: Declared, name: str, zh: str = "", en: str = "") -> None:
        setattr(self, f"{name}_zh", declared.get(zh or f"{name}_zh", ""))
        setattr(self, f"{name}_en", declared.get(en or f"{name}_en", ""))


def words(declared: Declared, name: str, locale: str | None = None) -> str:
    """A declared label, title, help or text in the reader's language."""
    return say(Words(declared, name), name, locale)


def choice_words(choice: Declared, locale: str | None = None) -> str:
    """A choice in the reader's language."""
    return say(Words(choice, "label", "zh", "en"), "label", locale) or str(choice["value"])


def all_fields(document: Declared) -> Iterator[Declared]:
    """Every field of a form document, in order."""
    for section in document.get("sections", []):
        yield from section.get("fields", [])


def by_key(document: Declared) -> dict[str, Declared]:
    """Its fields by their keys."""
    return {field["key"]: field for field in all_fields(document)}


def names_in(field: Declared) -> str:
    """The column by which the rows of a table name people; empty: they are no people.

    A table says so itself (`people`); one that does not is taken for people where it has a column of names.
    """
    if field["kind"] != "table" or field.get("people") is False:
        return ""
    columns = field.get("columns", [])
    for column in columns:
        if column["key"] == "name" or str(column.get("label_zh", "")).startswith("姓名"):
            return str(column["key"])
    texts = [column["key"] for column in columns if column["kind"] == "text"]
    return str(texts[0]) if field.get("people") and texts else ""


def asked(document: Declared, answers: dict[str, Any]) -> set[str]:
    """The keys of the fields that are asked. A field that hangs on one that is not asked is not asked either."""
    found: set[str] = set()
    for field in all_fields(document):
        when = field.get("when")
        if not when or (when["key"] in found and holds(when, answers.get(when["key"]))):
            found.add(field["key"])
    return found


def holds(when: Declared, value: Any) -> bool:
    """Whether an answer is what a condition wants."""
    if value in (None, "", []):
        return False
    if "is" in when:
        return bool(set(when["is"]) & set(value if isinstance(value, list) else [value]))
    least, most = when.get("least"), when.get("most")
    if isinstance(value, str) and not (least is None and most is None):  # a day; its digits compare as text
        return (least is None or value >= least) and (most is None or value <= most)
    if isinstance(value, bool | str | list | dict):
        return bool(when.get("answered"))
    number = Decimal(str(value))
    return (least is None or number >= Decimal(str(least))) and (most is None or number <= Decimal(str(most)))


def condition_words(document: Declared, field: Declared, locale: str | None = None) -> str:
    """`Only if “Entity” is Enterprise`, or empty: for pages without a script, and for the builder."""
    when, fields = field.get("when"), by_key(document)
    if not when or when["key"] not in fields:
        return ""
    other = fields[when["key"]]
    label = words(other, "label", locale)
    if "is" in when:
        names = {choice["value"]: choice_words(choice, locale) for choice in other.get("choices", [])}
        chosen = _(" or ").join(names.get(one, one) for one in when["is"])
        return _("Only if “%(label)s” is %(answer)s", label=label, answer=chosen)
    least, most = (_bound(other, when.get(name)) for name in ("least", "most"))
    if least and most:
        return _("Only if “%(label)s” is from %(least)s to %(most)s", label=label, least=least, most=most)
    if other["kind"] == "date" and (least or most):
        later = _("Only if “%(label)s” is %(day)s or later", label=label, day=least)
        return later if least else _("Only if “%(label)s” is %(day)s or earlier", label=label, day=most)
    if least:
        return _("Only if “%(label)s” is at least %(bound)s", label=label, bound=least)
    if most:
        return _("Only if “%(label)s” is at most %(bound)s", label=label, bound=most)
    return _("Only if “%(label)s” is answered", label=label)


def _bound(other: Declared, bound: Any) -> str:
    """A bound as it reads beside the question that it is of; empty where there is none."""
    if bound is None:
        return ""
    if other["kind"] == "money":
        return money.in_figures(Decimal(str(bound)))
    return f"{bound} {other.get('unit', '')}".strip()


def kept(document: Declared, answers: dict[str, Any]) -> dict[str, Any]:
    """The answers that a submission keeps: those of fields that are asked. Files are kept apart."""
    live = asked(document, answers)
    wanted = {f["key"] for f in all_fields(document) if f["key"] in live and f["kind"] not in GIVEN}
    return {key: value for key, value in answers.items() if key in wanted}
