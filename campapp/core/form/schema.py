"""What a form document may hold, held against a document that somebody composed or brought as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from campapp.core.form import kinds, limits
from campapp.core.form.base import Form
from campapp.core.form.faults import Place, Problem, named
from campapp.core.form.wording import OWN, PAIR, TITLE, UNIT, says, texts
from campapp.core.language import gettext as _
from campapp.core.text import dates
from campapp.core.text.language import Unreadable

Declared = dict[str, Any]
KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
MOST_SECTIONS, MOST_FIELDS, MOST_COLUMNS, MOST_PROBLEMS = 50, 200, 12, 100
READERS = ("companies", "judges")
"""Who else sees an answer than the team and the staff, unless its field says otherwise."""
FILE_KINDS = ("pdf", "png", "jpg", "zip", "office", "video")
PROFILES = (
    "summary", "sector", "trl", "link", "stage", "team.name", "organisation.name", "organisation.credit_code",
    "organisation.registered_on", "organisation.district",
)  # fmt: skip
"""Columns of the project (bare), the team or its organisation that an answer is filled from."""
_COMMON = {"key", "kind", *PAIR, "required", "when", "due", "freeze", "seen_by", "confidential", "filter", "profile",
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
_CELL = {"key", "kind", *PAIR, "required", "sum", "longest", "choices", "least", "most", "decimals", "unit"}
_TICKS = {"required", "confidential", "filter", "again", "sum", "badges", "recommender", "people"}
FILTERED = ("text", "choice", "choices", "number", "money", "date")
"""Kinds by whose answers a list is filtered."""

RESERVED = frozenset(vars(Form()).keys() | set(dir(Form)) | {"csrf_token", "nonce", "version"})
"""What a form calls things of its own, and what a page sends along: no question can be called so."""


def problems(document: Any, zone: str = "UTC") -> list[Problem]:
    """What is wrong with a document, the first hundred faults; empty when it can be used. `zone`: of its dates."""
    return list(islice(_problems(document, zone), MOST_PROBLEMS))


def _problems(document: Any, zone: str) -> Iterator[Problem]:
    if not isinstance(document, dict) or not isinstance(document.get("sections"), list):
        yield Problem("", _("This is no form: it has no list of sections."))
        return
    sections = document["sections"]
    sizes = [len(s["fields"]) for s in sections if isinstance(s, dict) and isinstance(s.get("fields"), list)]
    if len(sections) > MOST_SECTIONS or sum(sizes) > MOST_FIELDS:
        words = _("A form has %(n)s sections and %(m)s fields at most.", n=MOST_SECTIONS, m=MOST_FIELDS)
        yield Problem("", words)
        return
    yield from _unknown(document, {"sections"}, Place())
    seen: dict[str, Declared] = {}
    titles: list[Any] = []
    for number, section in enumerate(sections, start=1):
        at = Place(_("section %(n)s", n=number))
        if not isinstance(section, dict) or not isinstance(section.get("fields"), list):
            yield at.fault(_("A section is a title and a list of fields."))
            continue
        yield from _unknown(section, {"key", *TITLE, "fields"}, at)
        yield from texts(section, TITLE, at)
        yield from _key(section, at, titles)
        titles.append(section.get("key"))
        for place, field in enumerate(section["fields"], start=1):
            yield from _field(field, seen, at.inside(_("question %(n)s", n=place)), zone)


def _unknown(given: Declared, known: Iterable[str], at: Place) -> Iterator[Problem]:
    for name in sorted(set(given) - set(known)):
        yield at.fault(_("“%(name)s” is not known here.", name=named(name)))


def _key(given: Declared, at: Place, taken: Iterable[Any]) -> Iterator[Problem]:
    key = given.get("key")
    if not isinstance(key, str) or not KEY.fullmatch(key):
        yield at.fault(_("A key is a small letter, then letters, figures and _."))
    elif key in RESERVED:
        yield at.fault(_("The key “%(key)s” is one of the page's own; take another.", key=key))
    elif key in taken:
        yield at.fault(_("The key “%(key)s” is there twice.", key=key))


def _ticks(given: Declared, at: Place) -> Iterator[Problem]:
    for name in sorted(_TICKS & set(given)):
        if not isinstance(given[name], bool):
            yield at.fault(_("“%(name)s” is true or false.", name=name), name)


def _field(field: Any, seen: dict[str, Declared], unnamed: Place, zone: str) -> Iterator[Problem]:
    if not isinstance(field, dict) or field.get("kind") not in kinds.KINDS:
        yield unnamed.fault(_("There is no kind of field “%(kind)s”.", kind=_kind(field)))
        return
    at = place_of(field, unnamed)
    yield from _unknown(field, _COMMON | _OWN[field["kind"]], at)
    yield from _key(field, at, seen)
    if not says(field, "label"):
        yield at.fault(_("A field needs a label in one language at least."), "label")
    yield from texts(field, {**PAIR, **OWN}, at)
    yield from _ticks(field, at)
    yield from limits.limits(field, at)
    yield from _condition(field, seen, at)
    yield from _moments(field, at, zone)
    yield from _readers(field, at)
    if field["kind"] in {"letter", "consent"} and not says(field, "text"):
        yield at.fault(_("Say what is promised or agreed to, in one language at least."), "text")
    if field["kind"] == "table":
        yield from _columns(field, at)
    yield from _identities(field, at)
    if isinstance(field.get("key"), str):
        seen[field["key"]] = field


def place_of(field: Declared, unnamed: Place) -> Place:
    """A question's place: by its own words where it has some."""
    label = next(
        (one for one in (field.get("label_zh"), field.get("label_en")) if isinstance(one, str) and one), ""
    )
    key = field["key"] if isinstance(field.get("key"), str) else ""
    return Place(named(label).strip() or unnamed.where, key)


def _identities(field: Declared, at: Place) -> Iterator[Problem]:
    """Identity numbers: never without the rule that needs them, and nowhere but in the entry itself."""
    columns = field.get("columns") if isinstance(field.get("columns"), list) else []
    if "identity" not in {field["kind"], *(_kind(column) for column in columns or [])}:
        return
    if not says(field, "because"):
        yield at.fault(_("An identity number is asked for only where a rule needs it: say which."), "because")
    if field["kind"] == "identity" and (field.get("filter") or field.get("profile") or field.get("again")):
        yield at.fault(_("No list is filtered by an identity number, and none is filled in from elsewhere."))


def _kind(field: Any) -> str:
    return named(field.get("kind") if isinstance(field, dict) else field)


def _condition(field: Declared, seen: dict[str, Declared], at: Place) -> Iterator[Problem]:
    if "when" not in field:
        return
    when = field["when"]
    key = when.get("key") if isinstance(when, dict) else None
    other = seen.get(key) if isinstance(key, str) else None
    if other is None or other["kind"] in {*kinds.GIVEN, "table"}:
        words = _("“Shown only if” names a question that stands before, and is no file or table.")
        yield at.fault(words, "when_key")
        return
    yield from _unknown(when, {"key", "is", "answered", "least", "most"}, at)
    bounded = other["kind"] in kinds.COMPARED
    misfit = at.fault(_("“Shown only if” does not fit the other question."), "when_key")
    if other["kind"] in kinds.LISTED:
        wanted = when.get("is")
        if not _strings(wanted) or not wanted or not set(wanted) <= _values(other):
            yield at.fault(_("“Shown only if” names answers that the other question offers."), "when_is")
    elif "is" in when or not (when.get("answered") or (bounded and {"least", "most"} & set(when))):
        yield misfit
    if not isinstance(when.get("answered", True), bool):
        yield misfit
    if {"least", "most"} & set(when):
        yield from limits.bounds(when, other["kind"], at, "when_most") if bounded else [misfit]


def _values(other: Declared) -> set[str]:
    listed = other["choices"] if isinstance(other.get("choices"), list) else []
    return {one["value"] for one in listed if isinstance(one, dict) and isinstance(one.get("value"), str)}


def _strings(given: Any) -> bool:
    return isinstance(given, list) and all(isinstance(one, str) for one in given)


def _moments(field: Declared, at: Place, zone: str) -> Iterator[Problem]:
    found = []
    for name in ("due", "freeze"):
        if isinstance(field.get(name), str) and field[name]:
            try:
                found.append(instant(field[name], zone))
            except Unreadable:
                yield at.fault(_("“%(name)s” is no day and time.", name=name), name)
    if len(found) == 2 and found[0] > found[1]:
        yield at.fault(_("A field is frozen before it is due."), "freeze")


def instant(said: str, zone: str) -> Any:
    """The instant of a due or freeze date, which stands in the document as the programme's clock shows it."""
    return dates.moment(said, ZoneInfo(zone), without_time=dates.END_OF_DAY)


def _readers(field: Declared, at: Place) -> Iterator[Problem]:
    seen_by, profile, taken = field.get("seen_by", [*READERS]), field.get("profile"), field.get("kinds", [])
    profile = profile if isinstance(profile, str) else ""
    if not _strings(seen_by) or not set(seen_by) <= set(READERS):
        seen_by = [*READERS]
        yield at.fault(_("An answer is seen by companies and judges, or one of them, or none."), "seen_by")
    if profile and profile not in PROFILES:
        yield at.fault(_("There is nothing in the pool called “%(name)s”.", name=named(profile)), "profile")
    elif profile and "." not in profile and "companies" not in seen_by:
        words = _(
            "What stands in the pool is seen by companies. Take the pool away from it, or let them see it."
        )
        yield at.fault(words, "seen_by")
    if not _strings(taken) or not set(taken) <= set(FILE_KINDS):
        yield at.fault(_("A kind of file is one of %(kinds)s.", kinds=", ".join(FILE_KINDS)), "kinds")
    if field.get("filter") is True and field["kind"] not in FILTERED:
        yield at.fault(_("No list is filtered by this kind of answer."), "filter")


def _columns(field: Declared, at: Place) -> Iterator[Problem]:
    columns = field.get("columns")
    if not isinstance(columns, list) or not 1 <= len(columns) <= MOST_COLUMNS:
        yield at.fault(_("A table has one to %(n)s columns.", n=MOST_COLUMNS), "columns")
        return
    taken: list[Any] = []
    for number, column in enumerate(columns, start=1):
        here = at.inside(_("column %(n)s", n=number))
        for problem in _column(column, taken, here):
            yield Problem(problem.where, problem.words, problem.key, "columns")
        taken.append(column.get("key") if isinstance(column, dict) else None)


def _column(column: Any, taken: list[Any], at: Place) -> Iterator[Problem]:
    if not isinstance(column, dict) or column.get("kind") not in kinds.CELLS:
        yield at.fault(_("A column cannot be of the kind “%(kind)s”.", kind=_kind(column)))
        return
    yield from _unknown(column, _CELL, at)
    yield from _key(column, at, taken)
    yield from texts(column, {**PAIR, "unit": UNIT}, at)
    yield from _ticks(column, at)
    yield from limits.limits(column, at)
    if column.get("sum") and column["kind"] not in {"number", "money"}:
        yield at.fault(_("Only numbers and amounts have a sum."))
    if not says(column, "label"):
        yield at.fault(_("A column needs a label in one language at least."))
