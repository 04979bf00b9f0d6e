"""The members of the own team: named, changed, handed over to, leaving."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for

from campapp.accounts.views.contact import contact_page, corrected
from campapp.core.access import find
from campapp.core.current import current
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by, page, rooted, to
from campapp.teams.actions import (
    change_roles,
    correct_member,
    hand_over,
    invite_member,
    leave_team,
    name_member,
    take_back,
)
from campapp.teams.forms import MemberForm, RolesForm
from campapp.teams.models import Member, Team
from campapp.teams.views.team import shown

bp = Blueprint("member", __name__)


@bp.post("/teams/<int:id>/members")
@guarded_by(name_member)
def create(id: int) -> Response:
    """Write a person down."""
    team = find(Team, id)
    form = MemberForm.of(sent=request.form)
    if not form.validate():
        return shown(form, 422)
    name_member(team, form.name.data, mail=form.mail.data or "", title=form.title.data or "")
    return to("teams.team.show", done=_("%(name)s is written down.", name=form.name.data))


@bp.get("/members/<int:id>/edit")
@guarded_by(change_roles)
def edit(id: int) -> Response:
    """Roles of a member."""
    member = find(Member, id)
    return page("teams/member/edit.html", member=member, form=RolesForm.of(member))


@bp.post("/members/<int:id>/roles")
@guarded_by(change_roles)
def update(id: int) -> Response:
    """Other roles."""
    member = find(Member, id)
    form = RolesForm.of(member, request.form)
    if not form.validate():
        return page("teams/member/edit.html", member=member, form=form, status=422)
    change_roles(
        member, contact=form.contact.data, presenter=form.presenter.data, title=form.title.data or ""
    )
    return to("teams.team.show", done=_("Saved."))


@bp.get("/members/<int:id>/contact")
@guarded_by(correct_member)
def contact(id: int) -> Response:
    """A mistyped address or number of somebody in a team, for the organiser."""
    return contact_page(find(Member, id), back=rooted("/applications"))


@bp.post("/members/<int:id>/contact")
@guarded_by(correct_member)
def correct(id: int) -> Response:
    """Put it right: the new address is written to, the old one told."""
    member = find(Member, id)
    if again := corrected(member, correct_member, back=rooted("/applications")):
        return again
    return to(".contact", id=id, done=_("The contact of %(name)s is corrected.", name=member.name))


@bp.post("/members/<int:id>/captaincy")
@guarded_by(hand_over)
def promote(id: int) -> Response:
    """Hand over."""
    member = find(Member, id)
    hand_over(member)
    return to("teams.team.show", done=_("%(name)s is the captain now.", name=member.name))


@bp.delete("/members/<int:id>")
@guarded_by(leave_team)
def destroy(id: int) -> Response:
    """Leave, or be taken out by the captain."""
    member = find(Member, id)
    own = member.account_id == current.actor.account_id
    leave_team(member)
    if own:
        return to("/", done=_("You have left the team."))
    return to("teams.team.show", done=_("%(name)s is out of the team.", name=member.name),
              undo=url_for(".restore", id=id))  # fmt: skip


@bp.delete("/members/<int:id>/departure")
@guarded_by(take_back)
def restore(id: int) -> Response:
    """Undo of taking out."""
    member = find(Member, id)
    take_back(member)
    return to("teams.team.show", done=_("%(name)s is back.", name=member.name))


@bp.post("/members/<int:id>/invitation")
@guarded_by(invite_member)
def invite(id: int) -> Response:
    """Invite a named person: by mail, or by a link and a QR code to hand over."""
    member = find(Member, id)
    invitation = invite_member(member)
    if member.mail:
        return to("teams.team.show", done=_("The invitation goes to %(mail)s.", mail=member.mail))
    return to("accounts.invitation.card", invitation_id=invitation.id)
