"""Two records of one entity become one."""

from __future__ import annotations

from flask import Blueprint, Response, request

from campapp.core.access import Refused, find
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by, page, to
from campapp.organisations.actions import lookalikes, merge_organisations
from campapp.organisations.forms import MergeForm
from campapp.organisations.models import Organisation

bp = Blueprint("merger", __name__)


def _page(organisation: Organisation, form: MergeForm, status: int = 200) -> Response:
    other = form.other.data and find(Organisation, form.other.data)
    return page("organisations/merger.html", status=status, organisation=organisation, form=form, other=other,
                lookalikes=lookalikes(organisation))  # fmt: skip


@bp.get("/organisations/<int:organisation_id>/merger")
@guarded_by(merge_organisations)
def new(organisation_id: int) -> Response:
    """Both beside each other, before it is done."""
    return _page(find(Organisation, organisation_id), MergeForm.of(other=request.args.get("other", type=int)))


@bp.post("/organisations/<int:organisation_id>/merger")
@guarded_by(merge_organisations)
def create(organisation_id: int) -> Response:
    """This record stays; whatever belonged to the other one belongs to it."""
    organisation, form = find(Organisation, organisation_id), MergeForm.of(sent=request.form)
    if not form.validate():
        return _page(organisation, form, 422)
    try:
        merge_organisations(organisation, find(Organisation, form.other.data), reason=form.reason.data)
    except Refused as problem:
        form.blame("other", problem.reason)
        return _page(find(Organisation, organisation_id), form, 409)
    return to(
        "organisations.organisation.show", organisation_id=organisation_id, done=_("Merged into this record.")
    )
