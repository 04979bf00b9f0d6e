"""The park's organisations: listed, written down, read, changed, verified."""

from __future__ import annotations

from flask import Blueprint, Response, request
from sqlalchemy import select

from campapp.accounts.forms import ReasonForm
from campapp.core.access import Refused, find, signed_in, visible
from campapp.core.action import may
from campapp.core.current import current
from campapp.core.db import db
from campapp.core.events import timeline
from campapp.core.files import StoredFile
from campapp.core.language import gettext as _
from campapp.core.text import numbers
from campapp.core.web import guarded_by, page, to
from campapp.organisations import actions
from campapp.organisations.belonging import kinds
from campapp.organisations.forms import LicenceForm, OrganisationForm
from campapp.organisations.lists import Organisations
from campapp.organisations.models import Organisation
from campapp.organisations.rules import reads_licence, reads_organisations
from campapp.organisations.words import KINDS as KINDS_OF_ENTITY
from campapp.organisations.words import country_name, qualifications_in_words

bp = Blueprint("organisation", __name__)


@bp.get("/organisations")
@guarded_by(reads_organisations)
def index() -> Response:
    """Each entity once, over all years."""
    listing = Organisations.from_url(request.args)
    if kind := request.args.get("as"):
        return listing.export(kind).answer()
    return page("organisations/index.html", fragment="list", list=listing,
                keeps=may(actions.write_down_organisation))  # fmt: skip


@bp.get("/organisations/new")
@guarded_by(actions.write_down_organisation)
def new() -> Response:
    """A record of an entity."""
    return page("organisations/edit.html", form=OrganisationForm.made(), organisation=None)


@bp.post("/organisations")
@guarded_by(actions.write_down_organisation)
def create() -> Response:
    """Write it down; where its code is known, that record is shown instead."""
    form = OrganisationForm.made(sent=request.form)
    if not form.validate():
        return page("organisations/edit.html", status=422, form=form, organisation=None)
    try:
        organisation = actions.write_down_organisation(None, **form.facts)
    except actions.CodeTaken as problem:
        return to(".show", organisation_id=problem.other.id, done=_("It is here already, by its code."))
    return to(".show", organisation_id=organisation.id, done=_("Written down, not verified yet."))


@bp.get("/organisations/<int:organisation_id>")
@guarded_by(signed_in)
def show(organisation_id: int) -> Response:
    """The facts, the licence, who belongs to it, and what may be the same entity."""
    organisation = find(Organisation, organisation_id)
    if organisation.merged_into_id is not None:
        return to(".show", organisation_id=organisation.merged_into_id)
    return show_page(organisation)


def show_page(organisation: Organisation, *, licence: LicenceForm | None = None, reason: ReasonForm | None = None,
              status: int = 200) -> Response:  # fmt: skip
    """The page, perhaps with a form to be mended."""
    staff = reads_organisations(current.actor)
    file = db.session.get(StoredFile, organisation.licence_file_id) if organisation.licence_file_id else None
    return page(
        "organisations/show.html", status=status, organisation=organisation, file=file, staff=staff,
        licence=licence or LicenceForm.of(), reason=reason or ReasonForm.of(), kind_words=KINDS_OF_ENTITY,
        country=country_name(organisation.country), qualifications=qualifications_in_words(organisation.qualifications),
        changes=may(actions.change_organisation, organisation), verifies=may(actions.verify_organisation, organisation),
        opens=reads_licence(current.actor, organisation), belonging=_belonging(organisation),
        lookalikes=actions.lookalikes(organisation) if staff else [],
        history=db.session.scalars(timeline("organisation", organisation.id).limit(30)).all() if staff else [],
    )  # fmt: skip


def _belonging(organisation: Organisation) -> list[tuple[object, str, str]]:
    """What belongs to it, as far as the reader sees it: kind, name, address; one statement a kind."""
    found: list[tuple[object, str, str]] = []
    for kind in kinds.values():
        column = kind.model.organisation_id  # type: ignore[attr-defined]
        rows = db.session.scalars(visible(kind.model).where(column == organisation.id).limit(200))
        found += [(kind.label, kind.called(row), kind.page(row)) for row in rows.unique()]
    return found


@bp.get("/organisations/<int:organisation_id>/edit")
@guarded_by(actions.change_organisation)
def edit(organisation_id: int) -> Response:
    """Its facts."""
    organisation = find(Organisation, organisation_id)
    return page(
        "organisations/edit.html", form=OrganisationForm.made(organisation), organisation=organisation
    )


@bp.post("/organisations/<int:organisation_id>")
@guarded_by(actions.change_organisation)
def update(organisation_id: int) -> Response:
    """Other facts."""
    organisation, form = find(Organisation, organisation_id), OrganisationForm.made(sent=request.form)
    if not form.validate():
        return page("organisations/edit.html", status=422, form=form, organisation=organisation)
    version = numbers.key(form.version.data) or organisation.version
    try:
        actions.change_organisation(organisation, version=version, **form.facts)
    except actions.CodeTaken as problem:
        form.blame("credit_code" if form.facts["credit_code"] else "registration_number", problem)
        organisation = db.session.scalars(
            select(Organisation).where(Organisation.id == organisation_id)
        ).one()
        return page("organisations/edit.html", status=409, form=form, organisation=organisation)
    return to(".show", organisation_id=organisation_id, done=_("Saved."))


@bp.post("/organisations/<int:organisation_id>/verification")
@guarded_by(actions.verify_organisation)
def verify(organisation_id: int) -> Response:
    """The park has held the licence beside it."""
    organisation = find(Organisation, organisation_id)
    version = request.form.get("version", type=int) or 0
    try:
        actions.verify_organisation(organisation, version=version)
    except Refused as problem:
        return to(".show", organisation_id=organisation_id, done=problem.reason)
    return to(".show", organisation_id=organisation_id, done=_("Verified."))


@bp.delete("/organisations/<int:organisation_id>/verification")
@guarded_by(actions.unverify_organisation)
def unverify(organisation_id: int) -> Response:
    """No longer, with a reason."""
    organisation, form = find(Organisation, organisation_id), ReasonForm.of(sent=request.form)
    if not form.validate():
        return show_page(organisation, reason=form, status=422)
    actions.unverify_organisation(organisation, reason=form.reason.data)
    return to(".show", organisation_id=organisation_id, done=_("No longer verified."))
