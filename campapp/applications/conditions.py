"""Conditions of groups as data: what is wanted of each fact, and whether an entry meets it.

A condition: `{"fact": "organisation.registered_on", "least"?, "most"?, "is"?: […]}`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from campapp.applications.facts import Case, Fact, facts_for
from campapp.core.form.answers import shown
from campapp.core.form.asked import Declared, by_key, choice_words
from campapp.core.language import gettext as _
from campapp.core.text.moments import day_shown
from campapp.core.text.money import in_figures


@dataclass(frozen=True)
class Finding:
    """One condition held against one entry: `fits`, `excludes`, or `open` while the fact is not known."""

    state: str
    label: str
    found: str
    wanted: str
    fact: str

    @property
    def words(self) -> str:
        """The whole of it in a sentence."""
        if self.state == "open":
            return _("%(fact)s: not given yet; wanted: %(wanted)s", fact=self.label, wanted=self.wanted)
        return _(
            "%(fact)s: %(found)s; wanted: %(wanted)s", fact=self.label, found=self.found, wanted=self.wanted
        )


def judge(conditions: list[Declared], case: Case) -> list[Finding]:
    """Every condition of a group held against an entry."""
    known = facts_for(case.document)
    return [_judged(one, known.get(one["fact"]), case) for one in conditions]


def _judged(condition: Declared, fact: Fact | None, case: Case) -> Finding:
    if fact is None:  # the form no longer asks it: somebody must look
        return Finding("open", condition["fact"], "", "", condition["fact"])
    label, wanted = str(fact.label), wanted_words(condition, fact)
    if fact.hidden and not case.staff:
        return Finding("fits", label, _("checked by the organiser"), wanted, fact.key)
    value = fact.read(case)
    if value in (None, "", []):
        return Finding("open", label, "", wanted, fact.key)
    state = "fits" if _meets(condition, fact, value) else "excludes"
    return Finding(state, label, _said(fact, value, case.document), wanted, fact.key)


def _meets(condition: Declared, fact: Fact, value: Any) -> bool:
    if fact.kind in {"choice", "text"}:
        given = value if isinstance(value, list) else [value]
        return bool(set(map(str, given)) & set(map(str, condition.get("is", []))))
    measured = str(value) if fact.kind == "date" else Decimal(str(value))
    read = str if fact.kind == "date" else lambda bound: Decimal(str(bound))
    least, most = condition.get("least"), condition.get("most")
    return (least is None or measured >= read(least)) and (most is None or measured <= read(most))  # type: ignore[operator]


def wanted_words(condition: Declared, fact: Fact) -> str:
    """What a condition wants, in words."""
    if fact.kind in {"choice", "text"}:
        names = {choice["value"]: choice_words(choice) for choice in fact.choices}
        return _(" or ").join(names.get(one, str(one)) for one in condition.get("is", []))
    bounds = (condition.get("least"), condition.get("most"))
    least, most = ("" if bound is None else _figure(fact, bound) for bound in bounds)
    if least and most:
        return _("from %(least)s to %(most)s", least=least, most=most)
    if fact.kind == "date":
        return _("on %(day)s or later", day=least) if least else _("on %(day)s or earlier", day=most)
    return _("%(least)s or more", least=least) if least else _("%(most)s or less", most=most)


def _figure(fact: Fact, bound: Any) -> str:
    if fact.money:
        return in_figures(Decimal(str(bound)))
    if fact.kind == "date":
        return _day(bound)
    return f"{bound:,}" if isinstance(bound, int | float) else str(bound)


def _said(fact: Fact, value: Any, document: Declared) -> str:
    field = by_key(document).get(fact.key.removeprefix("answer."))
    if fact.key.startswith("answer.") and field is not None:
        return shown(field, value)
    if fact.kind == "date":
        return _day(value)
    names = {choice["value"]: choice_words(choice) for choice in fact.choices}
    return names.get(str(value), str(value))


def _day(value: Any) -> str:
    return day_shown(date.fromisoformat(str(value)))
