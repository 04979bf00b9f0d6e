"""Who organises a programme."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request

from campapp.accounts.models import Account
from campapp.core.access import find, find_by
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by, page, to
from campapp.programmes import queries
from campapp.programmes.actions.programme import drop_staff, invite_staff, set_staff
from campapp.programmes.forms.people import StaffForm
from campapp.programmes.models import Programme, Staff
from campapp.programmes.rules import LEVELS, reads

bp = Blueprint("staff", __name__)


def _page(programme: Programme, form: StaffForm, status: int = 200) -> Response:
    return page("programmes/staff/index.html", programme=programme, form=form, staff=queries.staff(programme),
                invitations=queries.staff_invitations(programme), status=status)  # fmt: skip


@bp.get("/programmes/<slug>/staff")
@guarded_by(reads)
def index(slug: str) -> Response:
    """Everybody, by level, and invitations that wait."""
    return _page(find_by(Programme, slug=slug), StaffForm.of())


@bp.post("/programmes/<slug>/staff")
@guarded_by(invite_staff)
def create(slug: str) -> Response:
    """Invite somebody: by mail, or by a link and a QR code to hand over."""
    programme, form = find_by(Programme, slug=slug), StaffForm.of(sent=request.form)
    if not form.validate():
        return _page(programme, form, 422)
    invitation = invite_staff(
        programme, form.level.data, name=form.name.data or "", address=form.mail.data or ""
    )
    if invitation.address:
        return to(".index", slug=slug, done=_("The invitation goes to %(mail)s.", mail=invitation.address))
    return to("accounts.invitation.card", invitation_id=invitation.id)


@bp.post("/programmes/<slug>/staff/<int:id>")
@guarded_by(set_staff)
def update(slug: str, id: int) -> Response:
    """Another level."""
    programme = find_by(Programme, slug=slug)
    row, level = find(Staff, id, programme_id=programme.id), request.form.get("level", "")
    if level not in LEVELS:
        abort(400)
    set_staff(programme, db.session.get_one(Account, row.account_id), level)
    return to(".index", slug=slug, done=_("Saved."))


@bp.delete("/programmes/<slug>/staff/<int:id>")
@guarded_by(drop_staff)
def destroy(slug: str, id: int) -> Response:
    """Somebody no longer organises it."""
    programme = find_by(Programme, slug=slug)
    drop_staff(programme, find(Staff, id, programme_id=programme.id))
    return to(".index", slug=slug, done=_("Removed from the staff."))
