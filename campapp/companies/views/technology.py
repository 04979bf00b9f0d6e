"""The technologies that a company opens."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request

from campapp.companies.actions import change_technology, open_technology, remove_technology
from campapp.companies.forms import TechnologyForm
from campapp.companies.models import Company, Technology
from campapp.core.access import find
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by, page, to

bp = Blueprint("technology", __name__)


def _values(form: TechnologyForm) -> dict[str, Any]:
    return {name: value or "" for name, value in form.values.items()}


@bp.get("/companies/<int:id>/technologies/new")
@guarded_by(open_technology)
def new(id: int) -> Response:
    """A technology's form."""
    return page(
        "companies/technology/edit.html", company=find(Company, id), technology=None, form=TechnologyForm.of()
    )


@bp.post("/companies/<int:id>/technologies")
@guarded_by(open_technology)
def create(id: int) -> Response:
    """Open a technology to others."""
    company, form = find(Company, id), TechnologyForm.of(sent=request.form)
    if not form.validate():
        return page("companies/technology/edit.html", company=company, technology=None, form=form, status=422)
    values = _values(form)
    open_technology(company, values.pop("name"), **values)
    return to("companies.company.show", id=id, done=_("Saved."))


@bp.get("/technologies/<int:id>/edit")
@guarded_by(change_technology)
def edit(id: int) -> Response:
    """A technology's form, filled."""
    row = find(Technology, id)
    company = db.session.get_one(Company, row.company_id)
    return page(
        "companies/technology/edit.html", company=company, technology=row, form=TechnologyForm.of(row)
    )


@bp.post("/technologies/<int:id>")
@guarded_by(change_technology)
def update(id: int) -> Response:
    """Save it."""
    row = find(Technology, id)
    form = TechnologyForm.of(row, request.form)
    if not form.validate():
        company = db.session.get_one(Company, row.company_id)
        return page("companies/technology/edit.html", company=company, technology=row, form=form, status=422)
    change_technology(row, version=request.form.get("version", type=int), **_values(form))
    return to("companies.company.show", id=row.company_id, done=_("Saved."))


@bp.delete("/technologies/<int:id>")
@guarded_by(remove_technology)
def destroy(id: int) -> Response:
    """No longer opened."""
    row = find(Technology, id)
    company_id = row.company_id
    remove_technology(row)
    return to("companies.company.show", id=company_id, done=_("Removed."))
