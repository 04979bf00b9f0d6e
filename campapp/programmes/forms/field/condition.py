"""Shown only if another answer is …: one of these, or from … to …, or anything at all."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from campapp.core.form import fields, kinds
from campapp.core.form.answers import plain
from campapp.core.form.asked import all_fields, by_key, choice_words, words
from campapp.core.form.base import Form
from campapp.core.language import gettext as _
from campapp.core.language import lazy_gettext as _l
from campapp.core.text import money
from campapp.core.text.language import Unreadable

Declared = dict[str, Any]
BOUNDS = {"when_least": "least", "when_most": "most"}
"""The boxes of the bounds, and what the condition calls them."""


class ConditionedForm(Form):
    """The set-up form of a question at its place in a document."""

    document: Declared

    def validate(self, extra_validators: Any = None) -> bool:
        """The bounds of the condition can be read as answers to the question that they are of."""
        good = super().validate(extra_validators)
        found: Declared = {}
        for name, kept in BOUNDS.items():
            if name in self and self[name].data:
                try:
                    found[kept] = _read(self.other, self[name].data)
                except Unreadable as problem:
                    self.blame(name, problem)
                    good = False
        if len(found) == 2 and found["least"] > found["most"]:
            self.blame("when_most", _("The least is more than the most."))
            return False
        return self._answers_fit() and good

    def _answers_fit(self) -> bool:
        """The ticks are answers to the question that was chosen, and one that offers answers has some."""
        key, ticked = self["when_key"].data or "", (self["when_is"].data or []) if "when_is" in self else []
        bounded = any(name in self and self[name].data for name in BOUNDS)
        if not key and (ticked or bounded):
            self.blame("when_key", _("Choose the question that this hangs on."))
            return False
        if any(one.partition("=")[0] != key for one in ticked):
            self.blame("when_is", _("Tick answers to the question chosen above only."))
            return False
        if self.other.get("kind") in kinds.LISTED and not ticked:
            self.blame("when_is", _("Tick the answers with which this is asked."))
            return False
        return True

    @property
    def other(self) -> Declared:
        """The question that the condition is about; empty where there is none."""
        return by_key(self.document).get(self["when_key"].data or "", {})


def _read(other: Declared, typed: str) -> Any:
    """A bound as the document keeps it: read like an answer to the other question, but not held to its limits."""
    if other.get("kind") not in kinds.COMPARED:
        raise Unreadable(
            _l("Only a number, an amount of money or a day can be at least or at most something.")
        )
    return plain(kinds.READERS[other["kind"]](other, typed))


def _shown(other: Declared, bound: Any) -> str:
    """A kept bound as it is typed."""
    if bound is None or other.get("kind") not in kinds.COMPARED:
        return ""
    return money.in_figures(Decimal(str(bound))) if other["kind"] == "money" else str(bound)


def boxes(document: Declared, key: str) -> dict[str, Any]:
    """The boxes that a question's place allows: a condition looks back only."""
    before = earlier(document, key)
    answers = [
        (f"{field['key']}={choice['value']}", f"{words(field, 'label')}: {choice_words(choice)}")
        for field in before
        for choice in field.get("choices", [])
    ]
    found: dict[str, Any] = {
        "when_key": fields.select(_l("Shown only if"), [(f["key"], words(f, "label")) for f in before])
    }
    if answers:
        found["when_is"] = fields.several(_l("… is"), answers)
    if compared(document, key):
        found["when_least"] = fields.line(
            _l("… is at least"), 60, description=_l("A number, an amount or a day, as it would be answered.")
        )
        found["when_most"] = fields.line(_l("… is at most"), 60)
    return found


def earlier(document: Declared, key: str) -> list[Declared]:
    """The questions on which this one may hang."""
    found: list[Declared] = []
    for field in all_fields(document):
        if field["key"] == key:
            break
        if field["kind"] not in {*kinds.GIVEN, "table"}:
            found.append(field)
    return found


def compared(document: Declared, key: str) -> list[str]:
    """The keys of those among them that have bounds."""
    return [field["key"] for field in earlier(document, key) if field["kind"] in kinds.COMPARED]


def typed(when: Declared, document: Declared) -> dict[str, Any]:
    """A declared condition as the values of its boxes."""
    other = by_key(document).get(when.get("key", ""), {})
    return {
        "when_key": when.get("key", ""),
        "when_is": [f"{when['key']}={one}" for one in when.get("is", [])],
        **{name: _shown(other, when.get(kept)) for name, kept in BOUNDS.items()},
    }


def declared(form: ConditionedForm) -> Declared | None:
    """The condition as the document keeps it; None where the question is always asked."""
    values, key = form.values, form["when_key"].data
    if not key:
        return None
    wanted = [one.partition("=")[2] for one in values.get("when_is") or [] if one.partition("=")[0] == key]
    if wanted:
        return {"key": key, "is": wanted}
    found: Declared = {}
    for name, kept in BOUNDS.items():
        if values.get(name) and not form[name].errors:
            found[kept] = _read(form.other, values[name])
    return {"key": key, **found} if found else {"key": key, "answered": True}


def chain(document: Declared, field: Declared) -> list[Declared]:
    """The questions on which this one hangs, the first of them first: what a preview needs to play it."""
    found: list[Declared] = []
    fields_, one = by_key(document), field
    while one.get("when") and one["when"]["key"] in fields_ and len(found) < len(fields_):
        one = fields_[one["when"]["key"]]
        found.insert(0, one)
    return found
