"""A company's page and profile."""

from __future__ import annotations

from flask import Blueprint, Response, request

from campapp.accounts.rules import corrects_people
from campapp.companies.actions import NameTaken, change_company, may_edit_company, write_down_company
from campapp.companies.forms import CompanyForm
from campapp.companies.models import Company, Need, Representative, Technology
from campapp.companies.rules import minds_people
from campapp.core.access import find, visible
from campapp.core.current import current
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by, page, public, to

bp = Blueprint("company", __name__)


@bp.get("/companies/<int:id>")
@public
def show(id: int) -> Response:
    """The profile, with the needs, technologies and people that the reader sees."""
    company = find(Company, id)
    edits = may_edit_company(current.actor, company)
    kept_out = minds_people.refusal(current.actor, company) if edits else ""
    minds = edits and kept_out is None
    return page(
        "companies/company/show.html", company=company, edits=edits, minds=minds, kept_out=kept_out,
        corrects=minds and corrects_people(current.actor),
        needs=db.session.scalars(visible(Need).where(Need.company_id == id).order_by(Need.closed_at, Need.id)).all(),
        technologies=db.session.scalars(
            visible(Technology).where(Technology.company_id == id).order_by(Technology.id)
        ).all(),
        people=db.session.scalars(
            visible(Representative)
            .where(Representative.company_id == id, Representative.left_at.is_(None))
            .order_by(Representative.id)
        ).all(),
    )  # fmt: skip


def _values(form: CompanyForm) -> dict[str, object]:
    values = form.values
    return {
        "name": values["name"], "name_zh": values["full_zh"], "name_en": values["full_en"],
        "summary_zh": values["summary_zh"], "summary_en": values["summary_en"], "sector": values["sector"] or "",
        "website": values["website"] or "",
    }  # fmt: skip


def _form(company: Company | None, sent: object = None) -> CompanyForm:
    full = {"zh": company.name_zh, "en": company.name_en} if company else None
    return CompanyForm.of(company, sent, **({"full": full} if full else {}))  # type: ignore[arg-type]


@bp.get("/companies/new")
@guarded_by(write_down_company)
def new() -> Response:
    """A company that the park does not know yet."""
    return page("companies/company/edit.html", company=None, form=_form(None))


@bp.post("/companies")
@guarded_by(write_down_company)
def create() -> Response:
    """Write it down."""
    form = _form(None, request.form)
    if form.validate():
        values = _values(form)
        try:
            company = write_down_company(None, str(values.pop("name")), **values)
            return to(".show", id=company.id, done=_("Saved."))
        except NameTaken as problem:
            form.blame("name", problem)
    return page("companies/company/edit.html", company=None, form=form, status=422)


@bp.get("/companies/<int:id>/edit")
@guarded_by(change_company)
def edit(id: int) -> Response:
    """The profile's form."""
    company = find(Company, id)
    return page("companies/company/edit.html", company=company, form=_form(company))


@bp.post("/companies/<int:id>")
@guarded_by(change_company)
def update(id: int) -> Response:
    """Save the profile."""
    company = find(Company, id)
    form = _form(company, request.form)
    if form.validate():
        try:
            change_company(company, version=request.form.get("version", type=int), **_values(form))
            return to(".show", id=id, done=_("Saved."))
        except NameTaken as problem:
            form.blame("name", problem)
    return page("companies/company/edit.html", company=company, form=form, status=422)
