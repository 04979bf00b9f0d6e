"""Who may do what with a programme: its staff by level, and the companies that take part."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, literal, select

from campapp.core.access import Rule, Verdict, rule
from campapp.core.current import ADMINISTRATOR, ORGANISER, REPRESENTATIVE, Actor
from campapp.core.language import lazy_gettext as _l
from campapp.core.memberships import AccountId, memberships_from
from campapp.programmes.models import (
    Participation,
    Programme,
    Staff,
)  # fmt: skip

LEVELS = ("owner", "manager", "helper", "read-only")


@memberships_from
def membership(account_id: AccountId) -> Select[str, str, int, str, str]:
    """A programme that the account organises."""
    title = func.coalesce(func.nullif(Programme.title_zh, ""), Programme.title_en)
    return (
        select(literal(ORGANISER), literal("programme"), Programme.id, Staff.level, title)
        .join(Programme, Programme.id == Staff.programme_id)
        .where(Staff.account_id == account_id, Staff.left_at.is_(None))
    )


def level_in(actor: Actor, programme_id: int) -> str:
    """The actor's level in a programme: `owner` for the park's administrators, empty for others."""
    if actor.role == ADMINISTRATOR:
        return "owner"
    return actor.scope.level if actor.role == ORGANISER and actor.programme_id == programme_id else ""


def _level(actor: Actor, programme_id: int, *levels: str) -> Verdict:
    mine = level_in(actor, programme_id)
    if mine in levels:
        return True
    return str(_l("Your level in this programme does not allow this. Ask an owner.")) if mine else False


def organised_by(*levels: str, name: str, says: str, on: Any = Programme) -> Rule:
    """A rule over a programme, or over any row with a `programme_id`, for some levels of its staff."""

    def predicate(actor: Actor, row: Any) -> Verdict:
        return _level(actor, row.id if isinstance(row, Programme) else row.programme_id, *levels)

    return Rule(name, predicate, says, on)


reads = organised_by(*LEVELS, name="reads", says="Anybody of the programme's staff.")
helps = organised_by(
    "owner", "manager", "helper", name="helps", says="Owner, manager or helper of the programme."
)
manages = organised_by("owner", "manager", name="manages", says="Owner or manager of the programme.")
owns = organised_by("owner", name="owns", says="Owner of the programme.")


@rule
def meets(_actor: Actor, programme: Programme) -> Verdict:
    """Of a camp, to which companies come."""
    return programme.meets or str(_l("A competition has no companies, tables or meetings."))


reads_camp, helps_camp, manages_camp = reads & meets, helps & meets, manages & meets


def manages_row(model: Any) -> Rule:
    """Like `manages`, over a row that belongs to a programme."""
    return organised_by("owner", "manager", name="manages", says=manages.says, on=model)


def helps_with(model: Any) -> Rule:
    """Like `helps`, over a row that belongs to a programme."""
    return organised_by("owner", "manager", "helper", name="helps", says=helps.says, on=model)


def reads_row(model: Any) -> Rule:
    """Like `reads`, over a row that belongs to a programme."""
    return organised_by(*LEVELS, name="reads", says=reads.says, on=model)


@rule
def may_create_programme(actor: Actor, _row: object) -> Verdict:
    """Administrators, and whoever owns or manages a programme already."""
    return actor.role == ADMINISTRATOR or (
        actor.role == ORGANISER and actor.scope.level in {"owner", "manager"}
    )


@rule
def takes_part(actor: Actor, row: Participation) -> Verdict:
    """A representative of the company that takes part."""
    return actor.role == REPRESENTATIVE and actor.company_id == row.company_id
