"""Where an invitation to a team leads."""

from __future__ import annotations

from campapp.accounts.acting import acted_for
from campapp.accounts.inviting import leads
from campapp.accounts.models import Account, Invitation
from campapp.core.access import visible
from campapp.core.action import Act
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.teams.actions import join_team, new_member
from campapp.teams.models import Member, Team


def _describe(invitation: Invitation) -> str:
    team = db.session.get(Team, invitation.scope_id)
    return _("the team %(name)s", name=team.name) if team and team.dissolved_at is None else ""


@leads("team", _describe)
def enter_team(act: Act, invitation: Invitation, account: Account) -> str:
    """The invited person takes the place that was named for them, or a new one."""
    team = db.session.get_one(Team, invitation.scope_id)
    with current.set(actor=SYSTEM):
        member = db.session.get(Member, invitation.subject_id) if invitation.subject_id else None
        if member is None or member.account_id is not None or member.left_at is not None:
            member = new_member(team, account.name)
        join_team(member, account)
    act.about(team)
    return "/team/consents"  # where they say for themselves what they agree to, if the team has entered something


@acted_for("team")
def name_of_team(team_id: int) -> str | None:
    """The team, where the organiser sees it."""
    team = db.session.scalars(visible(Team).where(Team.id == team_id)).one_or_none()
    return team.name if team else None
