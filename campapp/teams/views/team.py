"""The own team."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request

from campapp.core.access import Verdict, find, rule, visible
from campapp.core.current import MEMBER, Actor, current
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by, page, to
from campapp.organisations.models import Organisation
from campapp.teams.actions import rename_team
from campapp.teams.forms import MemberForm, NameForm
from campapp.teams.models import Member, Team
from campapp.teams.rules import captain_of, lets_in

bp = Blueprint("team", __name__)


@rule
def has_a_team(actor: Actor, _row: object) -> Verdict:
    """Whoever acts as a member of a team."""
    return actor.role == MEMBER


def shown(form: MemberForm | None = None, status: int = 200) -> Response:
    """The team's page, perhaps with a member's form to be mended."""
    team = db.session.get(Team, current.actor.team_id) or abort(404)
    members = db.session.scalars(
        visible(Member).where(Member.team_id == team.id, Member.left_at.is_(None)).order_by(Member.id)
    ).all()
    kept_out = lets_in.refusal(current.actor, members[0]) if members else ""
    return page(
        "teams/team/show.html", team=team, members=members, form=form or MemberForm.of(), status=status,
        captain=captain_of(current.actor, team), invites=kept_out is None, kept_out=kept_out,
        organisation=db.session.get(Organisation, team.organisation_id) if team.organisation_id else None,
    )  # fmt: skip


@bp.get("/team")
@guarded_by(has_a_team)
def show() -> Response:
    """Members, roles, invitations."""
    return shown()


@bp.get("/teams/<int:id>/name/edit")
@guarded_by(rename_team)
def edit(id: int) -> Response:
    """The name."""
    team = find(Team, id)
    return page("teams/team/edit.html", team=team, form=NameForm.of(team))


@bp.post("/teams/<int:id>/name")
@guarded_by(rename_team)
def update(id: int) -> Response:
    """Another name."""
    team = find(Team, id)
    form = NameForm.of(team, request.form)
    if not form.validate():
        return page("teams/team/edit.html", team=team, form=form, status=422)
    rename_team(team, form.name.data, version=request.form.get("version", type=int))
    return to(".show", done=_("Saved."))
