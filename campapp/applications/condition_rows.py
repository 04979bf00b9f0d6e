"""Conditions of a group as the organiser types them, row by row, and as data; what is wrong stands beside its box."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from wtforms import Form as PlainForm
from wtforms import FormField

from campapp.applications.facts import Fact
from campapp.core.form import fields
from campapp.core.form.answers import plain
from campapp.core.form.asked import choice_words
from campapp.core.form.base import Form
from campapp.core.form.declared import TableField
from campapp.core.form.kinds import read
from campapp.core.language import gettext as _
from campapp.core.text import dates
from campapp.core.text.language import Unreadable
from campapp.core.text.money import in_figures
from campapp.programmes.models import Group

Declared = dict[str, Any]
MOST_NAMED = 12
"""So many of a fact's choices stand in the words that ask for one of them: of countries there are 250."""
BOUNDS = ("least", "most")


class Misplaced(Unreadable):
    """What is wrong, and in which box of the row."""

    def __init__(self, box: str, words: Any) -> None:
        super().__init__(words)
        self.box = box


def form_for(facts: dict[str, Fact], row: Group | None = None, sent: Any = None) -> Form:
    """Name and conditions; a condition is a fact and its bounds, or the answers that it takes."""
    gone = [one["fact"] for one in row.conditions if one["fact"] not in facts] if row else []
    pairs = [(key, f"{one.label}") for key, one in facts.items()]
    pairs += [(key, f"{key} ({_('no longer asked')})") for key in dict.fromkeys(gone)]
    columns = {
        "fact": fields.select(_("Fact"), pairs), "least": fields.line(_("At least, not before"), 40),
        "most": fields.line(_("At most, not after"), 40),
        "chosen": fields.line(_("Is one of (split by ;)"), 400),
    }  # fmt: skip
    title = fields.both(_("Name"), 200, required=True)  # made first, so that it stands first
    rows = TableField(FormField(type("ConditionRow", (PlainForm,), columns)), _("Conditions, all of which hold"),
                      min_entries=1, max_entries=20)  # fmt: skip
    made: Any = type("GroupForm", (Form,), {"title": title, "conditions": rows})
    given = {"conditions": [_typed(one, facts.get(one["fact"])) for one in row.conditions]} if row else {}
    form: Form = made.of(row, sent, **given)
    return form


def _typed(condition: Declared, fact: Fact | None) -> Declared:
    names = {choice["value"]: _name(choice) for choice in (fact.choices if fact else ())}
    said = "; ".join(names.get(one, str(one)) for one in condition.get("is", []))
    return {
        "fact": condition["fact"],
        **{name: _shown(condition[name], fact) for name in BOUNDS if name in condition},
        "chosen": said,
    }


def _shown(bound: Any, fact: Fact | None) -> str:
    """A kept bound as it is typed: an amount in figures that can be read."""
    return in_figures(Decimal(str(bound))) if fact and fact.money else str(bound)


def _name(choice: Declared) -> str:
    """A choice by its words; by its value where its words could not be told from two."""
    words = choice_words(choice)
    return str(choice["value"]) if ";" in words or "；" in words else words


def conditions_in(form: Form, facts: dict[str, Fact]) -> list[Declared]:
    """What was typed, as data; what is wrong in a row stands beside its box, and the form has errors."""
    found: list[Declared] = []
    rows: Any = form["conditions"]
    for entry in rows.entries:
        values = entry.form.data
        if entry.form.errors or not any(values.values()):
            continue
        try:
            one = _condition(values, facts)
            _refuse_never(one, [*found, one], facts[one["fact"]])
            found.append(one)
        except Misplaced as problem:
            entry.form[problem.box].errors = [str(problem)]
            rows.errors = [_("A condition cannot be read.")]
    return found


def _condition(values: Declared, facts: dict[str, Fact]) -> Declared:
    if not values["fact"]:
        raise Misplaced("fact", _("Choose the fact that this is about."))
    fact = facts.get(values["fact"])
    if fact is None:
        raise Misplaced("fact", _("The form no longer asks this. Take the condition out."))
    if fact.kind in {"choice", "text"}:
        return _chosen(values, fact)
    if values["chosen"]:
        raise Misplaced("chosen", _("This fact has no answers to choose from: give bounds."))
    found: Declared = {"fact": fact.key}
    for name in BOUNDS:
        if values[name]:
            found[name] = _bound(name, values[name], fact)
    if len(found) == 1:
        raise Misplaced("least", _("Give a bound."))
    return found


def _chosen(values: Declared, fact: Fact) -> Declared:
    for name in BOUNDS:
        if values[name]:
            raise Misplaced(name, _("This fact has no bounds: name the answers that are taken."))
    names = {choice[said]: choice["value"] for said in ("zh", "en", "value") for choice in fact.choices
             if choice.get(said)}  # fmt: skip
    typed = (values["chosen"] or "").replace("；", ";").split(";")
    wanted = [part.strip() for part in typed if part.strip()]
    unknown = [one for one in wanted if fact.choices and one not in names]
    if not wanted or unknown:
        offered = "; ".join(map(_name, fact.choices[:MOST_NAMED]))
        offered += " …" if len(fact.choices) > MOST_NAMED else ""
        asks = _("Name one of: %(choices)s", choices=offered)
        said = _("“%(word)s” is none of the answers.", word=unknown[0]) + " " if unknown else ""
        raise Misplaced("chosen", f"{said}{asks}")
    return {"fact": fact.key, "is": list(dict.fromkeys(names.get(one, one) for one in wanted))}


def _bound(name: str, typed: str, fact: Fact) -> Any:
    try:
        if fact.kind == "date":
            return dates.day(typed).isoformat()
        return plain(read({"kind": "money" if fact.money else "number", "key": ""}, typed))
    except Unreadable as problem:
        raise Misplaced(name, problem) from None


def _refuse_never(last: Declared, so_far: list[Declared], fact: Fact) -> None:
    """Refuse bounds that nothing lies between, and answers that exclude each other, also over several rows."""
    same = [one for one in so_far if one["fact"] == fact.key]
    if "is" in last:
        common = set.intersection(*(set(one["is"]) for one in same))
        if not common and fact.kind == "choice" and not fact.several:
            raise Misplaced("chosen", _("No entry could meet this and the condition above."))
        return
    measure: Any = str if fact.kind == "date" else lambda bound: Decimal(str(bound))
    least = [measure(one["least"]) for one in same if "least" in one]
    most = [measure(one["most"]) for one in same if "most" in one]
    if least and most and max(least) > min(most):
        if {"least", "most"} <= set(last) and measure(last["least"]) > measure(last["most"]):
            raise Misplaced("most", _("The least is more than the most."))
        raise Misplaced(
            "most" if "most" in last else "least", _("No entry could meet this and the condition above.")
        )
    if most and fact.floor is not None and min(most) < fact.floor:
        raise Misplaced("most", _("This is never less than %(floor)s.", floor=fact.floor))
