"""The companies of a camp: listed, invited, shown the teams."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request, url_for

from campapp.companies.actions import (
    NameTaken,
    invite_representative,
    name_representative,
    write_down_company,
)
from campapp.companies.models import Company
from campapp.core.access import find, find_by, visible
from campapp.core.action import bulk, may
from campapp.core.db import db
from campapp.core.form.fields import picked
from campapp.core.language import gettext as _
from campapp.core.language import say
from campapp.core.web import guarded_by, page, to
from campapp.programmes import queries
from campapp.programmes.actions.participation import hide_all_teams, invite_company, show_all_teams
from campapp.programmes.forms.people import CompanyInCampForm
from campapp.programmes.lists import Companies
from campapp.programmes.models import Participation, Programme
from campapp.programmes.rules import reads_camp

bp = Blueprint("company", __name__)


@bp.get("/programmes/<slug>/companies")
@guarded_by(reads_camp)
def index(slug: str) -> Response:
    """Who is invited, who comes, what each still owes."""
    programme = find_by(Programme, slug=slug)
    listing = Companies.from_url(request.args, programme=programme)
    if kind := request.args.get("as"):
        return listing.export(kind).answer()
    return page("programmes/company/index.html", fragment="list", programme=programme, list=listing,
                counts=queries.counts_of([row.id for row in listing.rows]))  # fmt: skip


def _form(programme: Programme, sent: Any = None) -> CompanyInCampForm:
    form = CompanyInCampForm.of(sent=sent)
    form.company.choices = picked(
        [("", "—"), *((c.id, say(c, "name") or c.name) for c in _others(programme))]
    )
    return form


def _others(programme: Programme) -> list[Company]:
    """The park's companies that are not in this camp."""
    inside = visible(Participation).with_only_columns(Participation.company_id)
    inside = inside.where(Participation.programme_id == programme.id)
    found = visible(Company).where(Company.id.not_in(inside)).order_by(Company.sort_key, Company.id)
    return list(db.session.scalars(found))


@bp.get("/programmes/<slug>/companies/new")
@guarded_by(invite_company)
def new(slug: str) -> Response:
    """One of the park's companies, or a new one."""
    programme = find_by(Programme, slug=slug)
    return page("programmes/company/new.html", programme=programme, form=_form(programme))


@bp.post("/programmes/<slug>/companies")
@guarded_by(invite_company)
def create(slug: str) -> Response:
    """Invite it, and its first representative where one is named."""
    programme = find_by(Programme, slug=slug)
    form = _form(programme, request.form)
    if form.validate():
        if bool(form.company.data) == bool(form.name.data):
            form.blame("company", _("Choose one of the park's companies, or name a new one."))
        else:
            try:
                row = _invited(programme, form)
            except NameTaken as problem:
                form.blame("name", problem)
            else:
                done = _("The company is invited.")
                if programme.state == "draft":
                    done = _("The company is invited; it is told when the programme is published.")
                return to("programmes.participation.show", id=row.id, done=done)
    return page("programmes/company/new.html", programme=programme, form=form, status=422)


def _invited(programme: Programme, form: CompanyInCampForm) -> Participation:
    known = find(Company, form.company.data) if form.company.data else None
    with bulk():
        company = known or write_down_company(None, form.name.data)
        row = invite_company(programme, company, max_meetings=form.max_meetings.data,
                             own_tables=form.own_tables.data)  # fmt: skip
        if form.person.data:
            person = name_representative(company, form.person.data, mail=form.mail.data or "", lead=True)
            if person.mail and may(invite_representative, person):
                invite_representative(person)
    return row


@bp.post("/programmes/<slug>/companies/teams")
@guarded_by(show_all_teams)
def show_teams(slug: str) -> Response:
    """Every company that comes sees the accepted teams from now on."""
    show_all_teams(find_by(Programme, slug=slug))
    return to(".index", slug=slug, done=_("All confirmed companies see the accepted teams."),
              undo=url_for(".hide_teams", slug=slug))  # fmt: skip


@bp.delete("/programmes/<slug>/companies/teams")
@guarded_by(hide_all_teams)
def hide_teams(slug: str) -> Response:
    """None of them does."""
    hide_all_teams(find_by(Programme, slug=slug))
    return to(".index", slug=slug, done=_("No company sees the teams."))
