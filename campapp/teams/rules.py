"""Who may do what with a team, and what its members see."""

from __future__ import annotations

from collections.abc import Callable, Collection

from sqlalchemy import ColumnElement, Select, case, false, literal, or_, select, true

from campapp.accounts.rules import corrects_people, managed_programmes
from campapp.core.access import Verdict, rule, sees, visible
from campapp.core.current import ADMINISTRATOR, MEMBER, Actor
from campapp.core.db import db
from campapp.core.language import lazy_gettext as _l
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


Beyond = Callable[[Collection[int]], Select[int]]
beyond: list[Beyond] = []
"""Registered from above: the teams that entered a programme other than these, drafts too."""


def _lets_in(actor: Actor, team_id: int) -> Verdict:
    """Whoever is let into a team reads all its entries, also with the first key, so of its programmes' staff only they
    let people in who own or manage all that it entered."""
    staff = actor.using(actor.membership) if actor.acting_for else actor
    if staff.role == ADMINISTRATOR:
        return True
    others = or_(false(), *(Team.id.in_(part(managed_programmes(staff))) for part in beyond))
    if db.session.scalar(select(Team.id).where(Team.id == team_id, others)) is None:
        return True
    return str(
        _l("The team has entered programmes of others too: its own members or an administrator do this.")
    )


@rule
def lets_in(actor: Actor, member: Member) -> Verdict:
    """A member of the team that this person belongs to; who acts for it and owns or manages all that it entered."""
    if not _is_member(actor, member.team_id):
        return False
    return actor.acting_for is None or _lets_in(actor, member.team_id)


@rule
def captain_of_member(actor: Actor, member: Member) -> Verdict:
    """The captain of the team that this member belongs to."""
    return _is_member(actor, member.team_id) and actor.scope.level == "captain"


@rule
def minds_members(actor: Actor, member: Member) -> Verdict:
    """The captain; who acts for the team, where they own or manage all that it entered."""
    if not captain_of_member(actor, member):
        return False
    return actor.acting_for is None or _lets_in(actor, member.team_id)


@sees(Team, MEMBER)
def own_team(actor: Actor) -> ColumnElement[bool]:
    """The team itself."""
    return Team.id == actor.team_id


@rule
def corrects_member(actor: Actor, member: Member) -> Verdict:
    """Owners and managers of a programme whose team it is, as far as they let people in; administrators."""
    if not corrects_people(actor):
        return False
    mine = visible(Member, actor).with_only_columns(Member.id).where(Member.id == member.id)
    return db.session.scalar(mine) is not None and _lets_in(actor, member.team_id)


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
