"""A team may belong to an organisation; its members see which."""

from __future__ import annotations

from flask import url_for
from sqlalchemy import ColumnElement, select

from campapp.core.access import sees
from campapp.core.current import MEMBER, Actor, current
from campapp.core.db import db
from campapp.core.language import lazy_gettext as _l
from campapp.organisations.belonging import Kind, belongs, own_ids
from campapp.organisations.models import Organisation
from campapp.teams.models import Team
from campapp.teams.rules import captain_of


def _page(team: Team) -> str:
    """The team's own page, to its members; to others what they see of its organisation."""
    if current.actor.team_id == team.id:
        return url_for("teams.team.show")
    return url_for("organisations.belonging.show", kind_name="team", row_id=team.id)


belongs(Kind("team", Team, _l("Team"), captain_of, lambda team: str(team.name), _page))


def _own(actor: Actor) -> int | None:
    captain = actor.role == MEMBER and actor.scope.level == "captain"
    return (
        db.session.scalar(select(Team.organisation_id).where(Team.id == actor.team_id)) if captain else None
    )


own_ids.append(_own)


@sees(Organisation, MEMBER)
def of_own_team(actor: Actor) -> ColumnElement[bool]:
    """The one that the team belongs to."""
    return Organisation.id.in_(select(Team.organisation_id).where(Team.id == actor.team_id))
