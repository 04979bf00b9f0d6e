"""The ledger of consents of a programme, and the texts that they are given to."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request
from sqlalchemy import ColumnElement, and_

from campapp.applications.actions.consent import ask_for_consents, issue_text
from campapp.applications.agreeing import to_ask, unnamed_in
from campapp.applications.consent_texts import TEXTS, newest_texts
from campapp.applications.forms import ConsentTextForm
from campapp.applications.lists import Consents, scope_of
from campapp.applications.models import Application
from campapp.core.access import find_by, park_administrator, visible
from campapp.core.action import bulk, may
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.park import the_park
from campapp.core.web import guarded_by, page, to
from campapp.programmes.models import Programme
from campapp.programmes.rules import reads

bp = Blueprint("consents", __name__)


@bp.get("/programmes/<slug>/consents")
@guarded_by(reads)
def index(slug: str) -> Response:
    """Who agreed for which team to what, in which words, when; withdrawn ones stay."""
    programme = find_by(Programme, slug=slug)
    listing = Consents.from_url(request.args, **scope_of(programme))
    if kind := request.args.get("as"):
        return listing.export(kind).answer()
    return page("applications/consents/index.html", fragment="list", list=listing, programme=programme,
                lacking=len(lacking_in(programme)), unnamed=unnamed_in(accepted_in(programme)),
                asks=may(ask_for_consents, programme))  # fmt: skip


def lacking_in(programme: Programme) -> list[Application]:
    """Accepted teams that do not agree to being passed to companies."""
    rows = visible(Application).where(accepted_in(programme), Application.companies_agreed_at.is_(None))
    return list(db.session.scalars(rows.order_by(Application.team_sort, Application.id)))


def accepted_in(programme: Programme) -> ColumnElement[bool]:
    """The programme's accepted entries."""
    return and_(Application.programme_id == programme.id, Application.state == "accepted")


@bp.post("/programmes/<slug>/consents/requests")
@guarded_by(ask_for_consents)
def ask(slug: str) -> Response:
    """Ask the teams that lack it, and the members who have not answered; the messages wait on their page."""
    programme = find_by(Programme, slug=slug)
    lacking, accepted = lacking_in(programme), visible(Application).where(accepted_in(programme))
    people = to_ask(unnamed_in(accepted_in(programme)), {row.id: row for row in db.session.scalars(accepted)})
    if not lacking and not people:
        return to(".index", slug=slug, done=_("Nobody is left to be asked in campapp."))
    with bulk():
        sending = ask_for_consents(programme, lacking, people)
    return to("messages.sending.show", sending_id=sending.id)


@bp.get("/park/consent-texts")
@guarded_by(park_administrator)
def texts() -> Response:
    """What teams agree to, by purpose."""
    return page("applications/consents/texts.html", texts=newest_texts(), labels=TEXTS)


@bp.get("/park/consent-texts/<purpose>")
@guarded_by(park_administrator)
def edit(purpose: str) -> Response:
    """The words of today, to be changed."""
    text = newest_texts().get(purpose) or abort(404)
    return _edit(purpose, ConsentTextForm.of(text))


def _edit(purpose: str, form: ConsentTextForm, status: int = 200) -> Response:
    return page("applications/consents/text.html", status=status, purpose=purpose, labels=TEXTS, form=form,
                text=newest_texts()[purpose])  # fmt: skip


@bp.post("/park/consent-texts/<purpose>")
@guarded_by(issue_text)
def update(purpose: str) -> Response:
    """A new version."""
    park = the_park()
    if park is None or purpose not in TEXTS:
        abort(404)
    form = ConsentTextForm.of(sent=request.form)
    if not form.validate():
        return _edit(purpose, form, 422)
    issue_text(park, purpose, **form.values)
    return to(".texts", done=_("From now on teams agree to these words."))
