"""Who sees the team behind an application, its members and what they agreed to."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, Select, and_, or_, select

from campapp.applications.models import (
    Application,
    Consent,
)
from campapp.applications.rules.sight.entry import own_applications, seen, seen_behind
from campapp.core.access import sees
from campapp.core.current import ADMINISTRATOR, MEMBER, ORGANISER, REPRESENTATIVE, Actor
from campapp.teams.models import Member, Team
from campapp.teams.rules import beyond


def teams_beyond(programme_ids: Collection[int]) -> Select[int]:
    """The teams that entered a programme other than these, drafts too."""
    return select(Application.team_id).where(Application.programme_id.not_in(programme_ids))


if teams_beyond not in beyond:
    beyond.append(teams_beyond)


@sees(Team, ORGANISER, REPRESENTATIVE)
def teams_of_those(actor: Actor) -> ColumnElement[bool]:
    """The teams of the applications that are seen."""
    return seen(actor, Team, Application.team_id == Team.id)


@sees(Member, ORGANISER)
def members_of_those(actor: Actor) -> ColumnElement[bool]:
    """The members of those teams."""
    return seen(actor, Member, Application.team_id == Member.team_id)


def agrees_to(purpose: str) -> ColumnElement[bool]:
    """Whether a member agrees to a purpose for themselves, in the application at hand."""
    return (
        select(Consent.id)
        .where(
            Consent.application_id == Application.id, Consent.member_id == Member.id,
            Consent.purpose == purpose, Consent.withdrawn_at.is_(None),
        )
        .correlate(Application, Member)
        .exists()
    )  # fmt: skip


@sees(Member, REPRESENTATIVE)
def members_who_agree(actor: Actor) -> ColumnElement[bool]:
    """Of those teams, who agreed for themselves in one of these programmes. A page about one entry names those who
    agreed in that one (`agreeing.members_read`)."""
    named = and_(Application.team_id == Member.team_id, agrees_to("companies"))
    return and_(Member.left_at.is_(None), seen(actor, Member, named))


@sees(Consent, MEMBER)
def consents_of_own_team(actor: Actor) -> ColumnElement[bool]:
    """What the team agreed to; of what its members said for themselves one's own, and the captain all."""
    own = Consent.application_id.in_(select(Application.id).where(own_applications(actor)))
    if actor.scope.level == "captain":
        return own
    me = select(Member.id).where(Member.account_id == actor.account_id)
    return and_(own, or_(Consent.member_id.is_(None), Consent.member_id.in_(me)))


@sees(Consent, ORGANISER, ADMINISTRATOR)
def consents_of_submitted(actor: Actor) -> ColumnElement[bool]:
    """Of submitted applications."""
    return seen_behind(actor, Consent)
