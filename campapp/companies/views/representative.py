"""The people who act for a company."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for

from campapp.accounts.views.contact import contact_page, corrected
from campapp.companies.actions import (
    correct_representative,
    invite_representative,
    leave_company,
    name_representative,
)
from campapp.companies.forms import RepresentativeForm
from campapp.companies.models import Company, Representative
from campapp.core.access import find
from campapp.core.action import may
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by, page, to

bp = Blueprint("representative", __name__)


@bp.get("/companies/<int:id>/representatives/new")
@guarded_by(name_representative)
def new(id: int) -> Response:
    """A person's form."""
    return page("companies/representative/new.html", company=find(Company, id), form=RepresentativeForm.of())


@bp.post("/companies/<int:id>/representatives")
@guarded_by(name_representative)
def create(id: int) -> Response:
    """Write a person down, and invite them where there is an address."""
    company, form = find(Company, id), RepresentativeForm.of(sent=request.form)
    if not form.validate():
        return page("companies/representative/new.html", company=company, form=form, status=422)
    person = name_representative(
        company,
        form.name.data,
        mail=form.mail.data or "",
        phone=form.phone.data or "",
        title=form.title.data or "",
    )
    if person.mail and may(invite_representative, person):
        invite_representative(person)
        return to(
            "companies.company.show", id=id, done=_("The invitation goes to %(mail)s.", mail=person.mail)
        )
    return to("companies.company.show", id=id, done=_("%(name)s is written down.", name=person.name))


@bp.post("/representatives/<int:id>/invitation")
@guarded_by(invite_representative)
def invite(id: int) -> Response:
    """Invite a named person: by mail, or by a link and a QR code to hand over."""
    person = find(Representative, id)
    invitation = invite_representative(person)
    if person.mail:
        return to("companies.company.show", id=person.company_id,
                  done=_("The invitation goes to %(mail)s.", mail=person.mail))  # fmt: skip
    return to("accounts.invitation.card", invitation_id=invitation.id)


@bp.get("/representatives/<int:id>/contact")
@guarded_by(correct_representative)
def contact(id: int) -> Response:
    """A mistyped address or number of somebody at a company, for the organiser."""
    person = find(Representative, id)
    return contact_page(person, back=url_for("companies.company.show", id=person.company_id))


@bp.post("/representatives/<int:id>/contact")
@guarded_by(correct_representative)
def correct(id: int) -> Response:
    """Put it right: the new address is written to, the old one told."""
    person = find(Representative, id)
    back = url_for("companies.company.show", id=person.company_id)
    if again := corrected(person, correct_representative, back=back):
        return again
    done = _("The contact of %(name)s is corrected.", name=person.name)
    return to("companies.company.show", id=person.company_id, done=done)


@bp.delete("/representatives/<int:id>")
@guarded_by(leave_company)
def destroy(id: int) -> Response:
    """Somebody no longer acts for the company."""
    person = find(Representative, id)
    leave_company(person)
    return to("companies.company.show", id=person.company_id, done=_("%(name)s no longer acts for the company.",
                                                                      name=person.name))  # fmt: skip
