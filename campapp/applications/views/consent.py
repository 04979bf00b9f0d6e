"""The consents of one application: read, given, withdrawn, declared with their paper."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, request
from sqlalchemy.orm import joinedload

from campapp.applications import queries
from campapp.applications.actions.consent import (
    add_scan,
    declare_consent,
    give_consent,
    withdraw_consent,
)
from campapp.applications.actions.own_consent import declare_for_members, record_withdrawal
from campapp.applications.agreeing import Answers, answers_of_members, my_answers
from campapp.applications.consent_texts import ASKED, OWN, PURPOSES, asked_in, newest_texts, texts_by_version
from campapp.applications.forms import DeclareForm, MemberWithdrawalForm, WithdrawConsentForm
from campapp.applications.models import Application, Consent
from campapp.applications.publication import still_naming
from campapp.applications.rules import (
    captain_of_application,
    helps_application,
    of_own_team,
    reads_application,
)
from campapp.core import clock, files, sent
from campapp.core.access import find, visible
from campapp.core.action import may
from campapp.core.current import current
from campapp.core.db import db
from campapp.core.files import StoredFile
from campapp.core.form.fields import choices
from campapp.core.language import gettext as _
from campapp.core.text.language import Unreadable
from campapp.core.web import guarded_by, page, to
from campapp.programmes.models import Programme
from campapp.programmes.queries import programme_of

bp = Blueprint("consent", __name__)


def _page(application: Application, status: int = 200, **forms: Any) -> Response:
    rows = visible(Consent).where(Consent.application_id == application.id).order_by(Consent.id.desc())
    own, people = of_own_team(current.actor, application), answers_of_members(application)
    programme = programme_of(application)
    given = {
        "declare": _declare(programme, people, collected_on=clock.today(current.zone)),
        "withdrawal": WithdrawConsentForm.of(),
        "letter": _letter(programme, people),
    }
    return page(
        "applications/consent/index.html", status=status, application=application,
        ledger=db.session.scalars(rows.options(joinedload(Consent.member))).all(),
        standing=queries.standing_consents(application), texts=newest_texts(), versions=texts_by_version(),
        labels=_labels(programme), asked=asked_in(programme), own=own, programme=programme,
        mine=my_answers(application), my_labels=OWN,
        people=people if not own or captain_of_application(current.actor, application) is True else (),
        declares=may(declare_consent, application), withdraws=may(withdraw_consent, application),
        records=may(record_withdrawal, application),
        still=() if own else still_naming(application), **{**given, **forms},
    )  # fmt: skip


def _labels(programme: Programme) -> dict[str, Any]:
    return {purpose: PURPOSES[purpose] for purpose in ("running", *asked_in(programme))}


def _declare(programme: Programme, people: list[Answers], sent: Any = None, **values: Any) -> DeclareForm:
    form = DeclareForm.of(sent=sent, **values)
    form.purpose.choices = choices(_labels(programme).items())
    everybody = [("all", _("Every member named here, for themselves"))] if people else []
    each = [(one.member.id, one.member.name) for one in people]
    form.who.choices = choices([("", _("The team, for its entry")), *everybody, *each])
    return form


def _letter(programme: Programme, people: list[Answers], sent: Any = None) -> MemberWithdrawalForm:
    form = MemberWithdrawalForm.of(sent=sent)
    form.own_purpose.choices = choices((purpose, PURPOSES[purpose]) for purpose in asked_in(programme))
    form.member.choices = choices([(one.member.id, one.member.name) for one in people if one.rows])
    return form


@bp.get("/applications/<int:id>/consents")
@guarded_by(of_own_team | reads_application)
def index(id: int) -> Response:
    """What the team agrees to, in which words, since when; and what it no longer does."""
    return _page(find(Application, id))


@bp.post("/applications/<int:id>/consents/<purpose>")
@guarded_by(give_consent)
def create(id: int, purpose: str) -> Response:
    """Agree."""
    if purpose not in PURPOSES:
        abort(404)
    give_consent(find(Application, id), purpose)
    return to(".index", id=id, done=_("Thank you. You can withdraw it here at any time."))


@bp.delete("/applications/<int:id>/consents/<purpose>")
@guarded_by(withdraw_consent)
def destroy(id: int, purpose: str) -> Response:
    """Withdraw; staff record a letter, with what it says."""
    application, form = find(Application, id), WithdrawConsentForm.of(sent=request.form)
    own = of_own_team(current.actor, application)
    if not form.validate() or (not own and not form.reason.data):
        if not form.reason.errors:
            form.blame("reason", _("Please fill this in."))
        return _page(application, 422, withdrawal=form)
    withdraw_consent(application, purpose, reason=form.reason.data or "")
    return to(".index", id=id, done=_("The consent is withdrawn."))


@bp.post("/applications/<int:id>/consents/declarations")
@guarded_by(declare_consent)
def declare(id: int) -> Response:
    """Staff declare what was collected outside campapp, with its date and perhaps its scan."""
    application = find(Application, id)
    people = answers_of_members(application)
    form = _declare(programme_of(application), people, request.form)
    good, scan = form.validate(), _scan(form.scan)
    if good and form.who.data and form.purpose.data not in ASKED:
        form.blame("purpose", _("A member is not asked for this."))
    if not good or form.scan.errors or form.purpose.errors:
        return _page(application, 422, declare=form)
    purpose, about = form.purpose.data, {"collected_on": form.collected_on.data, "scan": scan}
    if not form.who.data:
        made = declare_consent(application, purpose, **about) is not None
    else:
        chosen = [one.member.id for one in people if form.who.data in {"all", str(one.member.id)}]
        made = declare_for_members(application, purpose, chosen, **about) > 0
    return to(
        ".index",
        id=id,
        done=_("Declared.") if made else _("That stands already, or they answered themselves."),
    )


@bp.post("/applications/<int:id>/consents/letters")
@guarded_by(record_withdrawal)
def record(id: int) -> Response:
    """Staff record that a member took theirs back by a letter or a call."""
    application = find(Application, id)
    form = _letter(programme_of(application), answers_of_members(application), request.form)
    if not form.validate():
        return _page(application, 422, letter=form)
    record_withdrawal(application, int(form.member.data), form.own_purpose.data, reason=form.why.data)
    return to(".index", id=id, done=_("The consent is withdrawn."))


@bp.post("/applications/<int:id>/consents/<int:consent_id>/scan")
@guarded_by(helps_application)
def scan(id: int, consent_id: int) -> Response:
    """The paper, later."""
    application = find(Application, id)
    try:
        kept = sent.scan_sent("scan")
    except Unreadable as problem:
        return to(".index", id=id, done=str(problem))
    if kept is None:
        return to(".index", id=id, done=_("Choose a PDF or a picture, please."))
    add_scan(application, consent_id, kept)
    return to(".index", id=id, done=_("The scan is kept."))


@bp.get("/applications/<int:id>/consents/<int:consent_id>/scan")
@guarded_by(of_own_team | reads_application)
def show_scan(id: int, consent_id: int) -> Response:
    """The paper, for staff and the team."""
    application = find(Application, id)
    row = find(Consent, consent_id, application_id=application.id)
    file = db.session.get(StoredFile, row.scan_file_id) if row.scan_file_id else None
    return files.send(file) if file is not None else abort(404)


def _scan(field: Any) -> StoredFile | None:
    """The scan that was sent; what is none is an error beside the field."""
    try:
        return sent.scan_sent("scan")
    except Unreadable as problem:
        field.errors = [str(problem)]
        return None
