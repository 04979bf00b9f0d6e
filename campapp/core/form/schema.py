"""What a form document may hold, held against a document that somebody composed or brought as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

from campapp.core.form import kinds, limits
from campapp.core.form.base import Form
from campapp.core.form.limits import Problem
from campapp.core.language import gettext as _
from campapp.core.text import dates
from campapp.core.text.language import Unreadable

Declared = dict[str, Any]
KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
MOST_FIELDS, MOST_COLUMNS = 200, 12
READERS = ("companies", "judges")
"""Who else sees an answer than the team and the staff, unless its field says otherwise."""
FILE_KINDS = ("pdf", "png", "jpg", "zip", "office", "video")
PROFILES = (
    "summary", "sector", "trl", "link", "stage", "team.name", "organisation.name", "organisation.credit_code",
    "organisation.registered_on", "organisation.district",
)  # fmt: skip
"""Columns of the project (bare), the team or its organisation that an answer is filled from."""
_PAIRS = ("label_zh", "label_en", "help_zh", "help_en")
_COMMON = {"key", "kind", *_PAIRS, "required", "when", "due", "freeze", "seen_by", "confidential", "filter", "profile",
           "again"}  # fmt: skip
_OWN: dict[str, set[str]] = {
    "text": {"longest"}, "long": {"longest"}, "choice": {"choices", "recommender"},
    "choices": {"choices", "least", "most"},
    "number": {"least", "most", "decimals", "unit"}, "money": {"least", "most", "unit"}, "date": {"least", "most"},
    "link": set(), "phone": set(), "credit": set(), "identity": {"because_zh", "because_en"},
    "file": {"kinds", "megabytes", "count"},
    "table": {"columns", "least", "most", "because_zh", "because_en", "badges", "people"},
    "letter": {"text_zh", "text_en", "megabytes"},
    "consent": {"text_zh", "text_en"},
}  # fmt: skip
_CELL = {"key", "kind", *_PAIRS, "required", "sum", "longest", "choices", "least", "most", "decimals", "unit"}
_WORDS = {
    *_PAIRS,
    "text_zh",
    "text_en",
    "because_zh",
    "because_en",
    "unit",
    "due",
    "freeze",
    "title_zh",
    "title_en",
}
_TICKS = {"required", "confidential", "filter", "again", "sum", "badges", "recommender", "people"}

RESERVED = frozenset(vars(Form()).keys() | set(dir(Form)) | {"csrf_token", "nonce", "version"})
"""What a form calls things of its own, and what a page sends along: no question can be called so."""


def problems(document: Any) -> list[Problem]:
    """All that is wrong with a document; empty when it can be used."""
    if not isinstance(document, dict) or not isinstance(document.get("sections"), list):
        return [Problem("", _("This is no form: it has no list of sections."))]
    found = list(_unknown(document, {"sections"}, ""))
    seen: dict[str, Declared] = {}
    for number, section in enumerate(document["sections"], start=1):
        where = _("section %(n)s", n=number)
        if not isinstance(section, dict) or not isinstance(section.get("fields"), list):
            found.append(Problem(where, _("A section is a title and a list of fields.")))
            continue
        found += [
            *_unknown(section, {"key", "title_zh", "title_en", "fields"}, where),
            *_words(section, where),
        ]
        found += _key(
            section, where, [s.get("key") for s in document["sections"][: number - 1] if isinstance(s, dict)]
        )
        for field in section["fields"]:
            found += _field(field, seen, where)
    if len(seen) > MOST_FIELDS:
        found.append(Problem("", _("A form has %(n)s fields at most.", n=MOST_FIELDS)))
    return found


def _unknown(given: Declared, known: Iterable[str], where: str) -> Iterator[Problem]:
    for name in sorted(set(given) - set(known)):
        yield Problem(where, _("“%(name)s” is not known here.", name=name))


def _key(given: Declared, where: str, taken: Iterable[Any]) -> Iterator[Problem]:
    key = given.get("key")
    if not isinstance(key, str) or not KEY.fullmatch(key):
        yield Problem(where, _("A key is a small letter, then letters, figures and _."))
    elif key in RESERVED:
        yield Problem(where, _("The key “%(key)s” is one of the page's own; take another.", key=key))
    elif key in taken:
        yield Problem(where, _("The key “%(key)s” is there twice.", key=key))


def _words(given: Declared, where: str) -> Iterator[Problem]:
    for name in _WORDS & set(given):
        if not isinstance(given[name], str) or len(given[name]) > 20_000:
            yield Problem(where, _("“%(name)s” is no text.", name=name))
    for name in _TICKS & set(given):
        if not isinstance(given[name], bool):
            yield Problem(where, _("“%(name)s” is true or false.", name=name))


def _field(field: Any, seen: dict[str, Declared], where: str) -> Iterator[Problem]:
    if not isinstance(field, dict) or field.get("kind") not in kinds.KINDS:
        yield Problem(where, _("There is no kind of field “%(kind)s”.", kind=_kind(field)))
        return
    here = str(field.get("label_zh") or field.get("label_en") or field.get("key"))
    yield from _unknown(field, _COMMON | _OWN[field["kind"]], here)
    yield from _key(field, here, seen)
    if not (field.get("label_zh") or field.get("label_en")):
        yield Problem(here, _("A field needs a label in one language at least."))
    yield from _words(field, here)
    yield from limits.limits(field, here)
    yield from _condition(field, seen, here)
    yield from _moments(field, here)
    yield from _readers(field, here)
    if field["kind"] == "table":
        yield from _columns(field, here)
    yield from _identities(field, here)
    if isinstance(field.get("key"), str):
        seen[field["key"]] = field


def _identities(field: Declared, where: str) -> Iterator[Problem]:
    """Identity numbers: never without the rule that needs them, and nowhere but in the entry itself."""
    columns = field.get("columns") if isinstance(field.get("columns"), list) else []
    if "identity" not in {field["kind"], *(_kind(column) for column in columns or [])}:
        return
    if not (field.get("because_zh") or field.get("because_en")):
        yield Problem(where, _("An identity number is asked for only where a rule needs it: say which."))
    if field["kind"] == "identity" and (field.get("filter") or field.get("profile") or field.get("again")):
        yield Problem(
            where, _("No list is filtered by an identity number, and none is filled in from elsewhere.")
        )


def _kind(field: Any) -> str:
    return str(field.get("kind")) if isinstance(field, dict) else str(field)[:40]


def _condition(field: Declared, seen: dict[str, Declared], where: str) -> Iterator[Problem]:
    when = field.get("when")
    if when is None:
        return
    other = seen.get(str(when.get("key"))) if isinstance(when, dict) else None
    if other is None or other["kind"] in {*kinds.GIVEN, "table"}:
        yield Problem(
            where, _("“Shown only if” names a question that stands before, and is no file or table.")
        )
        return
    yield from _unknown(when, {"key", "is", "answered", "least", "most"}, where)
    bounded = other["kind"] in kinds.COMPARED
    if other["kind"] in kinds.LISTED:
        values = {one.get("value") for one in other.get("choices", []) if isinstance(one, dict)}
        wanted = when.get("is")
        if not isinstance(wanted, list) or not wanted or not set(map(str, wanted)) <= values:
            yield Problem(where, _("“Shown only if” names answers that the other question offers."))
    elif "is" in when or not (when.get("answered") or bounded):
        yield Problem(where, _("“Shown only if” does not fit the other question."))
    if {"least", "most"} & set(when):
        yield from (
            limits.bounds(when, other["kind"], where)
            if bounded
            else [Problem(where, _("“Shown only if” does not fit the other question."))]
        )


def _moments(field: Declared, where: str) -> Iterator[Problem]:
    found = []
    for name in ("due", "freeze"):
        if field.get(name):
            try:
                found.append(instant(field[name], "UTC"))
            except (Unreadable, TypeError):
                yield Problem(where, _("“%(name)s” is no day and time.", name=name))
    if len(found) == 2 and found[0] > found[1]:
        yield Problem(where, _("A field is frozen before it is due."))


def instant(said: str, zone: str) -> Any:
    """The instant of a due or freeze date, which stands in the document as the programme's clock shows it."""
    return dates.moment(said, ZoneInfo(zone), without_time=dates.END_OF_DAY)


def _readers(field: Declared, where: str) -> Iterator[Problem]:
    seen_by = field.get("seen_by", [])
    if not isinstance(seen_by, list) or not set(map(str, seen_by)) <= set(READERS):
        yield Problem(where, _("An answer is seen by companies and judges, or one of them, or none."))
    profile = field.get("profile")
    if profile and profile not in PROFILES:
        yield Problem(where, _("There is nothing in the pool called “%(name)s”.", name=str(profile)))
    elif profile and "." not in profile and "companies" not in field.get("seen_by", READERS):
        yield Problem(
            where,
            _(
                "What stands in the pool is seen by companies. Take the pool away from it, or let them see it."
            ),
        )
    if not isinstance(field.get("kinds", []), list) or not set(map(str, field.get("kinds", []))) <= set(
        FILE_KINDS
    ):
        yield Problem(where, _("A kind of file is one of %(kinds)s.", kinds=", ".join(FILE_KINDS)))


def _columns(field: Declared, where: str) -> Iterator[Problem]:
    columns = field.get("columns")
    if not isinstance(columns, list) or not 1 <= len(columns) <= MOST_COLUMNS:
        yield Problem(where, _("A table has one to %(n)s columns.", n=MOST_COLUMNS))
        return
    taken: list[Any] = []
    for column in columns:
        if not isinstance(column, dict) or column.get("kind") not in kinds.CELLS:
            yield Problem(where, _("A column cannot be of the kind “%(kind)s”.", kind=_kind(column)))
            continue
        yield from _unknown(column, _CELL, where)
        yield from _key(column, where, taken)
        yield from _words(column, where)
        yield from limits.limits(column, where)
        if column.get("sum") and column["kind"] not in {"number", "money"}:
            yield Problem(where, _("Only numbers and amounts have a sum."))
        if not (column.get("label_zh") or column.get("label_en")):
            yield Problem(where, _("A column needs a label in one language at least."))
        taken.append(column.get("key"))
