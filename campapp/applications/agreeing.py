"""What each member of a team agrees to for themselves: who answered, who is named to companies, who is still asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, and_, func, select

from campapp.applications.models import Application, Consent
from campapp.applications.rules import agrees_to, member_in_person
from campapp.applications.states import NOT_TAKEN
from campapp.core import clock
from campapp.core.access import visible
from campapp.core.current import REPRESENTATIVE, current
from campapp.core.db import db
from campapp.programmes.models import Programme
from campapp.teams.models import Member

OVER = ("ineligible", *NOT_TAKEN, "withdrawn")


@dataclass
class Answers:
    """One member's own answers in an application."""

    member: Member
    said: dict[str, str] = field(default_factory=dict)
    """Purpose → `yes`, `no` (said so, or took it back), missing: not answered."""
    rows: dict[str, Consent] = field(default_factory=dict)
    """Purpose → what stands."""

    @property
    def answered(self) -> bool:
        """Whether they said anything at all."""
        return bool(self.said)


def members_read(condition: Any, *columns: Any) -> Select[Any]:
    """The members of these applications' teams whom the reader may be told of: a company, of each application by
    itself, for what somebody agrees to in one programme names them in no other. Columns of Member, else the rows."""
    rows = visible(Member).join(Application, Application.team_id == Member.team_id)
    rows = rows.where(condition, Member.left_at.is_(None)).order_by(Member.id)
    if current.actor.role == REPRESENTATIVE:
        rows = rows.where(agrees_to("companies"))
    return rows.with_only_columns(*columns) if columns else rows


def answers_of_members(application: Application) -> list[Answers]:
    """Each member's answers, as far as the reader sees them: their own; the captain and the staff all."""
    members = visible(Member).where(Member.team_id == application.team_id, Member.left_at.is_(None))
    found = {row.id: Answers(row) for row in db.session.scalars(members.order_by(Member.id))}
    rows = visible(Consent).where(Consent.application_id == application.id, Consent.member_id.in_(found))
    for row in db.session.scalars(rows.order_by(Consent.id)):
        one = found[row.member_id or 0]
        one.said[row.purpose] = "no" if row.withdrawn_at else "yes"
        if row.withdrawn_at is None:
            one.rows[row.purpose] = row
    return list(found.values())


def my_answers(application: Application) -> Answers | None:
    """The reader's own; None for whoever is not in the team in person."""
    member = member_in_person(current.actor, application)
    if member is None:
        return None
    mine = Answers(member)
    rows = select(Consent).where(Consent.application_id == application.id, Consent.member_id == member.id)
    for row in db.session.scalars(rows.order_by(Consent.id)):
        mine.said[row.purpose] = "no" if row.withdrawn_at else "yes"
        if row.withdrawn_at is None:
            mine.rows[row.purpose] = row
    return mine


def own_said(application: Application) -> bool:
    """Whether the reader has answered for themselves; whoever acts for the team is not asked."""
    actor = current.actor
    if actor.acting_for is not None:
        return True
    rows = (
        select(Consent.id)
        .join(Member, Member.id == Consent.member_id)
        .where(Consent.application_id == application.id, Member.account_id == actor.account_id)
        .where(Member.left_at.is_(None))
    )
    return db.session.scalars(rows.limit(1)).first() is not None


def entries_that_ask_me() -> list[tuple[Application, Programme]]:
    """The entries of one's teams, still running, in which one has not said yet what one agrees to."""
    actor = current.actor
    said = select(Consent.id).where(Consent.application_id == Application.id, Consent.member_id == Member.id)
    rows = db.session.execute(
        select(Application, Programme)
        .join(Programme, Programme.id == Application.programme_id)
        .join(Member, Member.team_id == Application.team_id)
        .where(Application.state.not_in(OVER))
        .where(Programme.last_day >= clock.today(clock.ANYWHERE))
        .where(Member.account_id == actor.account_id, Member.left_at.is_(None))
        .where(~said.correlate(Application, Member).exists())
        .order_by(Application.id)
    )
    return [] if actor.acting_for else [(row[0], row[1]) for row in rows]


@dataclass(frozen=True)
class Unnamed:
    """A member whom a company is not told of: they did not agree, or have not answered."""

    application_id: int
    team_name: str
    name: str
    account_id: int | None
    answered: bool


def unnamed_in(condition: Any) -> list[Unnamed]:
    """Members of these applications who do not agree to being named to companies."""
    answer = select(func.count(Consent.id)).where(
        Consent.application_id == Application.id,
        Consent.member_id == Member.id,
        Consent.purpose == "companies",
    )
    rows = db.session.execute(
        select(Application.id, Application.team_name, Member.name, Member.account_id,
               answer.correlate(Application, Member).scalar_subquery())
        .join(Member, and_(Member.team_id == Application.team_id, Member.left_at.is_(None)))
        .where(condition, ~agrees_to("companies"))
        .order_by(Application.team_sort, Application.id, Member.id)
    )  # fmt: skip
    return [Unnamed(row[0], row[1], row[2], row[3], bool(row[4])) for row in rows]


def to_ask(people: Iterable[Unnamed], applications: dict[int, Application]) -> dict[int, Application]:
    """Those of them who can be asked: they have an account and have not answered. Account → one of their entries."""
    return {
        one.account_id: applications[one.application_id]
        for one in people
        if one.account_id is not None and not one.answered and one.application_id in applications
    }


def unnamed_count(application: Application) -> int:
    """How many of a team its company reader is not told of."""
    rows = (
        select(func.count(Member.id))
        .select_from(Application)
        .join(Member, and_(Member.team_id == Application.team_id, Member.left_at.is_(None)))
        .where(Application.id == application.id, ~agrees_to("companies"))
    )
    return int(db.session.scalar(rows) or 0)
