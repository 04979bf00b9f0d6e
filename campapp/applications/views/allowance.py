"""Extensions and exceptions: granted by the organiser, taken by a team with its code."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Response, request
from sqlalchemy import select

from campapp.accounts.actions.throttle import TooMany
from campapp.applications.actions.allowance import code_of, grant, redeem, revoke, row_behind
from campapp.applications.forms import AllowanceForm, CodeForm
from campapp.applications.models import Allowance, Application
from campapp.core import clock
from campapp.core.access import find, find_by, visible
from campapp.core.current import current
from campapp.core.db import db
from campapp.core.form.fields import choices
from campapp.core.language import gettext as _
from campapp.core.language import say
from campapp.core.text import numbers
from campapp.core.text.language import Unreadable
from campapp.core.web import guarded_by, page, to
from campapp.programmes.models import Group, Programme
from campapp.programmes.queries import programme_of
from campapp.programmes.rules import manages

bp = Blueprint("allowance", __name__)


def _groups(programme: Programme) -> dict[int | None, Group]:
    rows = db.session.scalars(
        visible(Group).where(Group.programme_id == programme.id).order_by(Group.position, Group.id)
    )
    return {row.id: row for row in rows}


def _form(programme: Programme, sent: object = None) -> AllowanceForm:
    form, groups = AllowanceForm.of(None, sent, zone=programme.zone), _groups(programme)  # type: ignore[arg-type]
    form.group.choices = choices([("", "—"), *((key, say(row, "title")) for key, row in groups.items())])
    if not groups:
        del form.group
    return form


def _listed(programme: Programme, form: AllowanceForm, status: int = 200) -> Response:
    rows = db.session.execute(
        select(Allowance, Application)
        .outerjoin(Application, Application.id == Allowance.application_id)
        .where(Allowance.id.in_(visible(Allowance).with_only_columns(Allowance.id)))
        .where(Allowance.programme_id == programme.id)
        .order_by(Allowance.id.desc())
        .limit(200)
    ).all()
    return page(
        "applications/allowance/index.html", programme=programme, form=form, status=status, rows=rows,
        code_of=code_of, groups=_groups(programme),
    )  # fmt: skip


@bp.get("/programmes/<slug>/allowances")
@guarded_by(manages)
def index(slug: str) -> Response:
    """What was granted, to whom, why; the codes that are still open."""
    programme = find_by(Programme, slug=slug)
    number = request.args.get("number", "")[:20]
    form = _form(programme)
    form.number.data = number
    return _listed(programme, form)


@bp.post("/programmes/<slug>/allowances")
@guarded_by(grant)
def create(slug: str) -> Response:
    """Grant one: to an entry that is in, or as a code."""
    programme = find_by(Programme, slug=slug)
    form = _form(programme, request.form)
    form.validate()
    group = _groups(programme).get(numbers.key(form.group.data)) if "group" in form else None
    application = _numbered(programme, form)
    if not form.errors and form.until.data is None and group is None:
        form.blame("until", _("Give more time, or a group."))
    if not form.errors and form.until.data and form.until.data <= clock.now() + timedelta(minutes=1):
        form.blame("until", _("This lies in the past."))
    if form.errors:
        return _listed(programme, form, 422)
    row = grant(
        programme, reason=form.reason.data, until=form.until.data, group=group, application=application
    )
    done = _("Granted.") if application else _("Granted. The code is %(code)s.", code=code_of(row))
    return to(".index", slug=slug, done=done)


def _numbered(programme: Programme, form: AllowanceForm) -> Application | None:
    """The entry of the typed number, among those that the organiser sees."""
    if not form.number.data:
        return None
    row = db.session.scalars(
        visible(Application).where(
            Application.programme_id == programme.id, Application.number == form.number.data.upper()
        )
    ).one_or_none()
    if row is None:
        form.blame("number", _("No entry has this number."))
    return row


@bp.delete("/programmes/<slug>/allowances/<int:id>")
@guarded_by(revoke)
def destroy(slug: str, id: int) -> Response:
    """Take it back."""
    find_by(Programme, slug=slug)
    revoke(find(Allowance, id))
    return to(".index", slug=slug, done=_("Taken back. What was submitted under it stays in."))


@bp.get("/applications/<int:id>/allowance/new")
@guarded_by(redeem)
def new(id: int) -> Response:
    """Where a team types its code."""
    application = find(Application, id)
    return page("applications/allowance/new.html", application=application, form=CodeForm.of())


@bp.post("/applications/<int:id>/allowance")
@guarded_by(redeem)
def take(id: int) -> Response:
    """The code is this entry's from now on."""
    application, form = find(Application, id), CodeForm.of(sent=request.form)
    if form.validate():
        try:
            redeem(
                application, row_behind(form.code.data, programme_of(application), current.actor.account_id)
            )
        except Unreadable as problem:
            form.blame("code", problem)
        except TooMany:
            form.blame("code", _("Tried too often. Wait an hour, or ask the organiser."))
    if form.errors:
        return page("applications/allowance/new.html", application=application, form=form, status=422)
    return to("applications.application.show", id=id, done=_("The code is accepted."))
