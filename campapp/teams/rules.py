"""Who may do what with a team, and what its members see."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, case, literal, select, true

from campapp.accounts.rules import corrects_people
from campapp.core.access import Verdict, rule, sees, visible
from campapp.core.current import ADMINISTRATOR, MEMBER, Actor
from campapp.core.db import db
from campapp.core.memberships import AccountId, memberships_from
from campapp.teams.models import Member, Team


@memberships_from
def membership(account_id: AccountId) -> Select[str, str, int, str, str]:
    """A team that the account has joined and not left."""
    level = case((Member.captain.is_(True), "captain"), else_="member")
    return (
        select(literal(MEMBER), literal("team"), Team.id, level, Team.name)
        .join(Team, Team.id == Member.team_id)
        .where(Member.account_id == account_id, Member.joined_at.is_not(None), Member.left_at.is_(None))
        .where(Team.dissolved_at.is_(None))
    )


def _is_member(actor: Actor, team_id: int) -> Verdict:
    return actor.role == MEMBER and actor.team_id == team_id


@rule
def in_team(actor: Actor, team: Team) -> Verdict:
    """A member of this team, or an organiser who acts for it."""
    return _is_member(actor, team.id)


@rule
def captain_of(actor: Actor, team: Team) -> Verdict:
    """The captain of this team, or an organiser who acts for it."""
    return _is_member(actor, team.id) and actor.scope.level == "captain"


@rule
def in_team_of_member(actor: Actor, member: Member) -> Verdict:
    """A member of the team that this member belongs to."""
    return _is_member(actor, member.team_id)


@rule
def captain_of_member(actor: Actor, member: Member) -> Verdict:
    """The captain of the team that this member belongs to."""
    return _is_member(actor, member.team_id) and actor.scope.level == "captain"


@sees(Team, MEMBER)
def own_team(actor: Actor) -> ColumnElement[bool]:
    """The team itself."""
    return Team.id == actor.team_id


@rule
def corrects_member(actor: Actor, member: Member) -> Verdict:
    """Owners and managers of a programme whose team it is, and administrators."""
    if not corrects_people(actor):
        return False
    mine = visible(Member, actor).with_only_columns(Member.id).where(Member.id == member.id)
    return db.session.scalar(mine) is not None


@sees(Member, MEMBER)
def members_of_own_team(actor: Actor) -> ColumnElement[bool]:
    """All members of the own team."""
    return Member.team_id == actor.team_id


@sees(Team, ADMINISTRATOR)
def every_team(_actor: Actor) -> ColumnElement[bool]:
    """All teams."""
    return true()


@sees(Member, ADMINISTRATOR)
def every_member(_actor: Actor) -> ColumnElement[bool]:
    """All members."""
    return true()
