"""The needs of a company."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request, url_for

from campapp.companies.actions import change_need, close_need, reopen_need, state_need
from campapp.companies.forms import NeedForm
from campapp.companies.models import Company, Need
from campapp.core.access import find
from campapp.core.current import current
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by, page, to

bp = Blueprint("need", __name__)


def _values(form: NeedForm) -> dict[str, Any]:
    values = {name: value if value is not None else "" for name, value in form.values.items()}
    values["budget"] = form.budget.data
    for name in ("trl_min", "trl_max"):
        values[name] = int(values[name]) if values[name] else None
    values["offers"] = list(values["offers"] or [])
    return values


def _page(company: Company, need: Need | None, form: NeedForm, status: int = 200) -> Response:
    return page("companies/need/edit.html", company=company, need=need, form=form, status=status)


def _form(need: Need | None, sent: Any = None) -> NeedForm:
    given = {"trl_min": str(need.trl_min or ""), "trl_max": str(need.trl_max or "")} if need else {}
    return NeedForm.of(need, sent, **given)


@bp.get("/companies/<int:id>/needs/new")
@guarded_by(state_need)
def new(id: int) -> Response:
    """A need's form."""
    return _page(find(Company, id), None, _form(None))


@bp.post("/companies/<int:id>/needs")
@guarded_by(state_need)
def create(id: int) -> Response:
    """State a need."""
    company, form = find(Company, id), _form(None, request.form)
    if form.validate():
        values = _values(form)
        state_need(company, values.pop("title"), locale=current.locale, **values)
        return to("companies.company.show", id=id, done=_("The need is stated."))
    return _page(company, None, form, 422)


@bp.get("/needs/<int:id>/edit")
@guarded_by(change_need)
def edit(id: int) -> Response:
    """A need's form, filled."""
    need = find(Need, id)
    return _page(db.session.get_one(Company, need.company_id), need, _form(need))


@bp.post("/needs/<int:id>")
@guarded_by(change_need)
def update(id: int) -> Response:
    """Save a need."""
    need = find(Need, id)
    form = _form(need, request.form)
    if not form.validate():
        return _page(db.session.get_one(Company, need.company_id), need, form, 422)
    change_need(need, version=request.form.get("version", type=int), **_values(form))
    return to("companies.company.show", id=need.company_id, done=_("Saved."))


@bp.delete("/needs/<int:id>")
@guarded_by(close_need)
def destroy(id: int) -> Response:
    """Close a need; undo opens it again."""
    need = find(Need, id)
    close_need(need)
    return to("companies.company.show", id=need.company_id, done=_("The need is closed."),
              undo=url_for(".restore", id=id))  # fmt: skip


@bp.delete("/needs/<int:id>/closing")
@guarded_by(reopen_need)
def restore(id: int) -> Response:
    """Open it again."""
    need = find(Need, id)
    reopen_need(need)
    return to("companies.company.show", id=need.company_id, done=_("The need is open again."))
