"""What a member agrees to for themselves: asked on joining, answered and withdrawn at any time."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request

from campapp.applications.actions.own_consent import answer_for_myself, withdraw_for_myself
from campapp.applications.agreeing import entries_that_ask_me
from campapp.applications.consent_texts import ASKED, OWN, asked_in, newest_texts
from campapp.applications.models import Application
from campapp.applications.rules import member_in_person
from campapp.core.access import ask_guard, signed_in
from campapp.core.current import current
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by, page, to

bp = Blueprint("own_consent", __name__)


@bp.get("/team/consents")
@guarded_by(signed_in)
def index() -> Response:
    """Each running entry of one's teams in which one has not answered; with none left, on to the team."""
    entries = entries_that_ask_me()
    if not entries:
        return to("teams.team.show" if current.actor.team_id else "/")
    return page(
        "applications/own_consent/index.html",
        entries=entries,
        asked_in=asked_in,
        mine=OWN,
        texts=newest_texts(),
    )


def _own(application_id: int) -> Application:
    """An entry of a team that one is in, whatever role is in use."""
    application = db.session.get(Application, application_id)
    if application is None or member_in_person(current.actor, application) is None:
        abort(404)
    ask_guard(application)
    return application


@bp.post("/team/consents/<int:application_id>")
@guarded_by(answer_for_myself)
def create(application_id: int) -> Response:
    """Answer: yes to what is ticked, no to the rest."""
    application = _own(application_id)
    answer_for_myself(application, request.form.getlist("own"), request.form.getlist("own_asked"))
    done = _("Your answer is kept. You can change it at any time on the page of the application's consents.")
    if "stay" in request.form:
        return to("applications.consent.index", id=application_id, done=done)
    return to(".index", done=done)


@bp.delete("/team/consents/<int:application_id>/<purpose>")
@guarded_by(withdraw_for_myself)
def destroy(application_id: int, purpose: str) -> Response:
    """Withdraw."""
    if purpose not in ASKED:
        abort(404)
    withdraw_for_myself(_own(application_id), purpose)
    return to("applications.consent.index", id=application_id, done=_("The consent is withdrawn."))
