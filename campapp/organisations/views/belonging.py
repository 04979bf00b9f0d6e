"""To which organisation a team, a company or an organising unit belongs."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request

from campapp.core.access import find, signed_in
from campapp.core.current import current
from campapp.core.db import Base
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by, page, to
from campapp.organisations import actions
from campapp.organisations.belonging import Kind, kinds
from campapp.organisations.forms import OrganisationForm
from campapp.organisations.models import Organisation
from campapp.organisations.rules import says_where_it_belongs

bp = Blueprint("belonging", __name__)


def _found(kind_name: str, row_id: int) -> tuple[Kind, Base]:
    """The row, for who says where it belongs; else 404."""
    kind = kinds.get(kind_name) or abort(404)
    row = find(kind.model, row_id)
    if not says_where_it_belongs(current.actor, row):
        abort(404)
    return kind, row


def _page(kind: Kind, row: Base, form: OrganisationForm, status: int = 200) -> Response:
    own = row.organisation_id  # type: ignore[attr-defined]
    organisation = find(Organisation, own) if own else None
    return page(
        "organisations/belonging.html",
        status=status,
        kind=kind,
        row=row,
        form=form,
        organisation=organisation,
    )


@bp.get("/organisations/of/<kind_name>/<int:row_id>")
@guarded_by(signed_in)
def show(kind_name: str, row_id: int) -> Response:
    """Which it is, and the form to say it."""
    kind, row = _found(kind_name, row_id)
    return _page(kind, row, OrganisationForm.made())


@bp.post("/organisations/of/<kind_name>/<int:row_id>")
@guarded_by(signed_in)
def update(kind_name: str, row_id: int) -> Response:
    """By code or number: its one record, or a new one."""
    kind, row = _found(kind_name, row_id)
    form = OrganisationForm.made(sent=request.form)
    if not form.validate():
        return _page(kind, row, form, 422)
    organisation = actions.belong_to_entity(row, **form.facts)
    return to(".show", kind_name=kind_name, row_id=row_id,
              done=_("It belongs to %(name)s now.", name=organisation.name))  # fmt: skip


@bp.delete("/organisations/of/<kind_name>/<int:row_id>")
@guarded_by(signed_in)
def destroy(kind_name: str, row_id: int) -> Response:
    """To none."""
    _kind, row = _found(kind_name, row_id)
    actions.belong(row, None)
    return to(".show", kind_name=kind_name, row_id=row_id, done=_("It belongs to no organisation now."))
