"""Who may see and do what: small named predicates, sights that rooms register, one door for every read."""

from __future__ import annotations

import inspect
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import abort
from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    false,
    or_,
    select,
    true,
)

from campapp.core.current import EVERYONE, Actor, current
from campapp.core.db import Base, db
from campapp.core.text import numbers

Row = TypeVar("Row", bound=Base)
Verdict = bool | str
Predicate = Callable[[Actor, Any], Verdict]


class Refused(Exception):
    """The rule said no. `reason` is for the person, empty where it should tell nothing."""

    def __init__(self, rule: str, reason: str = "") -> None:
        super().__init__(f"{rule}: {reason}" if reason else rule)
        self.rule, self.reason = rule, reason


@dataclass(frozen=True)
class Rule:
    """A named predicate over an actor and a row; `&`, `|`, `~` compose.

    A predicate answers True, False, or a sentence: refused, and this is why.
    """

    name: str
    predicate: Predicate
    says: str = ""
    on: type[Base] | None = None
    """The model whose row it needs; None: the actor is enough."""

    def refusal(self, actor: Actor, row: Any = None) -> str | None:
        """None when allowed, else the reason (perhaps empty)."""
        verdict = self.predicate(actor, row)
        if verdict is True:
            return None
        return "" if verdict is False else str(verdict)

    def __call__(self, actor: Actor, row: Any = None) -> bool:
        """Whether the actor may."""
        return self.refusal(actor, row) is None

    def check(self, actor: Actor, row: Any = None) -> None:
        """Raise Refused unless the actor may."""
        reason = self.refusal(actor, row)
        if reason is not None:
            raise Refused(self.name, reason)

    def __and__(self, other: Rule) -> Rule:
        """Both; the first refusal's reason is told."""

        def both(actor: Actor, row: Any) -> Verdict:
            first = self.predicate(actor, row)
            return other.predicate(actor, row) if first is True else first

        return Rule(f"{self.name} and {other.name}", both, on=self.on or other.on)

    def __or__(self, other: Rule) -> Rule:
        """Either; where neither, the longer reason is told."""

        def either(actor: Actor, row: Any) -> Verdict:
            first = self.predicate(actor, row)
            if first is True:
                return True
            second = other.predicate(actor, row)
            if second is True:
                return True
            return max((str(v) for v in (first, second) if v is not False), key=len, default="") or False

        return Rule(f"({self.name} or {other.name})", either, on=self.on or other.on)

    def __invert__(self) -> Rule:
        """The opposite."""
        return Rule(f"not {self.name}", lambda actor, row: not self(actor, row), on=self.on)


def rule(predicate: Predicate) -> Rule:
    """Make a predicate a rule. Its second parameter's annotation names the model it needs, if any."""
    signature = inspect.signature(predicate, eval_str=True)
    needed = [parameter.annotation for parameter in signature.parameters.values()][1]
    model = needed if isinstance(needed, type) and issubclass(needed, Base) else None
    return Rule(predicate.__name__, predicate, (predicate.__doc__ or "").strip(), model)


@rule
def anyone(actor: Actor, _row: object) -> Verdict:
    """Everybody, signed in or not."""
    return True


@rule
def signed_in(actor: Actor, _row: object) -> Verdict:
    """Everybody with an account."""
    return actor.is_authenticated


@rule
def park_administrator(actor: Actor, _row: object) -> Verdict:
    """The park's administrators, and the console."""
    return actor.role == "administrator" and actor.acting_for is None


@rule
def nobody(actor: Actor, _row: object) -> Verdict:
    """No person; the system itself acts."""
    return actor.role == "system"


# ---------------------------------------------------------------------------------------------- sight
Sight = Callable[[Actor], ColumnElement[bool]]
_sights: dict[type[Base], dict[str, list[Sight]]] = defaultdict(lambda: defaultdict(list))
_hides: dict[type[Base], list[Callable[[Actor, Any], Iterable[str]]]] = defaultdict(list)


def sees(model: type[Base], *roles: str) -> Callable[[Sight], Sight]:
    """Register what some roles see of a model's rows. No registration, no rows."""

    def register(sight: Sight) -> Sight:
        for role in roles or (EVERYONE,):
            if sight not in _sights[model][role]:
                _sights[model][role].append(sight)
        return sight

    return register


def sight_of(model: type[Base], actor: Actor) -> ColumnElement[bool]:
    """The condition under which the actor sees a row of this model."""
    if actor.role == "system":
        return true()
    found = [sight(actor) for role in actor.roles if role != actor.role for sight in _sights[model][role]]
    if own := [sight(actor) for sight in _sights[model][actor.role]]:
        found.append(and_(or_(*own), *_where_acting(model, actor)))
    return or_(*found) if found else false()


def _where_acting(model: type[Base], actor: Actor) -> Iterable[ColumnElement[bool]]:
    """Whoever acts for a side as a programme's organiser sees what the side sees in that programme, and no other."""
    if actor.acting_for is None or actor.membership.kind != "programme":
        return
    programme_id, columns = actor.membership.id, model.__table__.c
    if "programme_id" in columns:
        yield columns["programme_id"] == programme_id
        return
    for column in columns:
        for key in column.foreign_keys:
            parent = key.column.table
            if "programme_id" in parent.c:
                mine = select(parent.c.id).where(parent.c.programme_id == programme_id)
                yield or_(column.is_(None), column.in_(mine)) if column.nullable else column.in_(mine)


def visible(model: type[Row], actor: Actor | None = None) -> Select[Row]:
    """The rows that an actor sees: where lists, counts, search, files, feeds and exports begin."""
    return select(model).where(sight_of(model, actor or current.actor))


def find(model: type[Row], row_id: int | str, **equal: Any) -> Row:
    """The row that the actor sees, or 404, also for text that is no id. Asks the guard of the page, if it needs it."""
    key = numbers.key(row_id)
    if key is None:
        abort(404)
    statement = visible(model).where(model.id == key, *(getattr(model, k) == v for k, v in equal.items()))
    row = db.session.scalars(statement).unique().one_or_none()
    if row is None:
        abort(404)
    ask_guard(row)
    return row


def find_by(model: type[Row], **equal: Any) -> Row:
    """Like `find`, by other columns (a slug, a token's hash)."""
    statement = visible(model).where(*(getattr(model, k) == v for k, v in equal.items()))
    row = db.session.scalars(statement).unique().one_or_none()
    if row is None:
        abort(404)
    ask_guard(row)
    return row


def hides(
    model: type[Base],
) -> Callable[[Callable[[Actor, Any], Iterable[str]]], Callable[[Actor, Any], Iterable[str]]]:
    """Register which fields of a row an actor does not see (blind rounds, embargo, masked data)."""

    def register(hide: Callable[[Actor, Any], Iterable[str]]) -> Callable[[Actor, Any], Iterable[str]]:
        _hides[model].append(hide)
        return hide

    return register


def hidden_fields(actor: Actor, row: Base) -> frozenset[str]:
    """The fields of this row that the actor must not see."""
    return frozenset(name for hide in _hides[type(row)] for name in hide(actor, row))


# ---------------------------------------------------------------------------------------------- guards
def ask_guard(row: Any) -> None:
    """Ask the page's own rule about a row, when it is the row that the rule needs."""
    from flask import (  # why: core.access serves jobs and the command line without Flask's context
        g,
        has_request_context,
    )

    guard: Rule | None = g.get("guard") if has_request_context() else None
    if guard is not None and guard.on is not None and isinstance(row, guard.on):
        guard.check(current.actor, row)
        g.guard_asked = True


def sight_table() -> list[tuple[str, str, str]]:
    """(model, role, what) of every registered sight, for `campapp access`."""
    return sorted(
        (model.__name__, role, (sight.__doc__ or sight.__name__).strip())
        for model, by_role in _sights.items()
        for role, found in by_role.items()
        for sight in found
    )
