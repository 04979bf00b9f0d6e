"""The action: the only writer. One transaction, decided under the lock, with one event and its messages."""

from __future__ import annotations

import functools
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from sqlalchemy.exc import IntegrityError, OperationalError

from campapp.core import clock, events
from campapp.core.access import Rule
from campapp.core.current import SYSTEM, current
from campapp.core.db import LOCK, Base, db, write_transaction
from campapp.core.events import Transaction, running

Act = events.Act
Stale = events.Stale
P = ParamSpec("P")
R = TypeVar("R")
RETRIES = 2


class Gone(Exception):
    """The row was deleted while somebody looked at it."""


guards: dict[Callable[..., Any], Rule] = {}
"""Each action's rule, so that a page is guarded by its action's own."""


@contextmanager
def transaction(batch: str = "", *, wait: bool = True) -> Iterator[Transaction]:
    """One writing transaction; an inner one joins it. A batch id marks bulk and import.

    Without `wait` it raises OperationalError at once where another writer is in the way.
    """
    outer = running.get()
    if outer is not None:
        yield outer
        return
    if db.session.new or db.session.dirty or db.session.deleted:
        raise RuntimeError("the session holds unsaved changes; only actions write")
    db.session.rollback()  # ends the reading snapshot
    mine = Transaction(batch=batch)
    token = running.set(mine)
    try:
        with write_transaction(wait=wait):
            yield mine
            db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
    finally:
        running.reset(token)


def bulk() -> Any:
    """One transaction for many actions, their events tied by a batch id."""
    return transaction(batch=uuid.uuid4().hex)


@dataclass(frozen=True)
class _Kind:
    """What an action is declared with."""

    event: str
    rule: Rule
    first: Callable[[Any], Base | None]
    function: Any


def _nothing(_row: Any) -> None:
    return None


def action(
    event: str, *, rule: Rule, first: Callable[[Any], Base | None] = _nothing
) -> Callable[[Callable[Concatenate[Act, P], R]], Callable[P, R]]:
    """Make a function a business action on its first argument; it gets the running `Act` before that.

    The row is read again and locked, the rule asked under the lock, one Event written, the reactions run, all in one
    transaction. An action inside an action joins it; its Event names the outer one as its cause. `first` gives a row
    that is locked before it: what stands above is always locked before what hangs on it, or two acts that begin at
    either end wait for each other for ever.

    Raises:
        Refused: the rule says no.  Gone: the row is no more.  Stale: `act.expect(version)` found another.
    """

    def decorate(function: Callable[Concatenate[Act, P], R]) -> Callable[P, R]:
        kind = _Kind(event, rule, first, function)

        @functools.wraps(function)
        def perform(*args: P.args, **kwargs: P.kwargs) -> R:
            if running.get() is not None:
                return cast(R, _perform(kind, args, kwargs))
            return cast(R, whole(lambda: _perform(kind, args, kwargs)))

        guards[perform] = rule
        return perform

    return decorate


def whole(do: Callable[[], R]) -> R:
    """Do it in one writing transaction; all of it once more where the database was busy or somebody was faster.

    Whoever looks for a name, a code or a place and then writes may find it free while another has just written it:
    the constraint then refuses, and the second look finds the other's row and says what is to be said of it.
    """
    for attempt in range(RETRIES):
        try:
            with transaction():
                return do()
        except (OperationalError, IntegrityError):
            if attempt == RETRIES - 1:
                raise
    raise AssertionError("unreachable")


def _perform(kind: _Kind, args: Any, kwargs: Any) -> Any:
    outer = cast(Transaction, running.get())
    by = current.actor
    row = args[0] if args else None
    if isinstance(row, Base):
        above = kind.first(row)
        if above is not None:
            _locked(above)
        row = _locked(row)
        args = (row, *args[1:])
    at = clock.now()  # before the rule is asked, so that what a deadline let in is not dated after it
    if by.role != "system":  # a reaction: whoever began it was asked
        kind.rule.check(by, row)
    act = events.begin(kind.event, row, by, at, outer)
    if isinstance(row, Base):
        act.about(row)
    outer.open.append(act)
    try:
        act.result = kind.function(act, *args, **kwargs)
        _complete(act)
    finally:
        outer.open.pop()
    return act.result


def _complete(act: Act) -> None:
    if isinstance(act.row, Base):
        changed = events.changes(act.row)
        if changed:
            act.personal.setdefault("changes", changed)
    db.session.flush()
    if isinstance(act.result, Base) and act.result is not act.row:
        act.about(act.result)
    events.record(act)
    with current.set(actor=SYSTEM):
        events.react(act)
    db.session.flush()


def _locked(row: Base) -> Base:
    """The row as it is now, locked until the transaction ends (SQLite holds the whole database already)."""
    fresh = db.session.get(type(row), row.id, with_for_update=LOCK, populate_existing=True)
    if fresh is None:
        raise Gone(events.kind_of(row))
    return fresh


def may(act: Callable[..., Any], row: Any = None) -> bool:
    """Whether the current actor may do this to this row: what buttons ask."""
    return guards[act](current.actor, row)
