"""A programme copied from an earlier one."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request

from campapp.companies.models import Company
from campapp.core.access import find_by
from campapp.core.form.fields import choices
from campapp.core.language import gettext as _
from campapp.core.language import say
from campapp.core.text.language import Unreadable
from campapp.core.web import guarded_by, page, to
from campapp.programmes import queries
from campapp.programmes.actions.copying import copy_programme
from campapp.programmes.forms.programme import CopyForm
from campapp.programmes.models import Programme
from campapp.programmes.views.membership import organise

bp = Blueprint("copying", __name__)


def _form(source: Programme, companies: list[Company], sent: Any = None) -> CopyForm:
    title = {"zh": source.title_zh, "en": source.title_en}
    form = CopyForm.of(None, sent, title=title, again=[str(company.id) for company in companies])
    if not source.meets:
        del form.again
        return form
    form.again.choices = choices((company.id, say(company, "name") or company.name) for company in companies)
    return form


@bp.get("/programmes/<slug>/copies/new")
@guarded_by(copy_programme)
def new(slug: str) -> Response:
    """Its title, its first day, and whom to invite again."""
    source = find_by(Programme, slug=slug)
    return page(
        "programmes/copying/new.html", programme=source, form=_form(source, queries.companies_of(source))
    )


@bp.post("/programmes/<slug>/copies")
@guarded_by(copy_programme)
def create(slug: str) -> Response:
    """Copy it; who copies works in the copy from now on."""
    source = find_by(Programme, slug=slug)
    companies = queries.companies_of(source)
    form = _form(source, companies, request.form)
    if not form.validate():
        return page("programmes/copying/new.html", programme=source, form=form, status=422)
    values = form.values
    again = [company for company in companies if str(company.id) in (values.get("again") or [])]
    try:
        made = copy_programme(
            source,
            title_zh=values["title_zh"],
            title_en=values["title_en"],
            first_day=values["first_day"],
            again=again,
        )
    except Unreadable as problem:
        form.blame("first_day", problem)
        return page("programmes/copying/new.html", programme=source, form=form, status=422)
    organise(made)
    return to("programmes.overview.show", slug=made.slug, done=_("Copied. Nothing is public yet."))
