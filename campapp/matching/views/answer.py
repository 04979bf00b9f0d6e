"""The answers to a match, each a resource of its own: acceptance, refusal, holding; and the non-disclosure click."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request, url_for
from sqlalchemy import select

from campapp.accounts.models import Account
from campapp.core.access import Refused, find
from campapp.core.current import current
from campapp.core.db import db
from campapp.core.events import Stale
from campapp.core.language import gettext as _
from campapp.core.states import NotAllowed
from campapp.core.text import lines
from campapp.core.text.language import Unreadable
from campapp.core.web import guarded_by, page, to
from campapp.matching import models, reviewing
from campapp.matching.actions.answer import answer_for, answers_as, hold, side_of, take_back
from campapp.matching.models import Match
from campapp.matching.views.match import shown
from campapp.matching.words import REFUSALS, refusal
from campapp.programmes.actions.participation import accept_non_disclosure
from campapp.programmes.models import Participation

bp = Blueprint("answer", __name__)


def _side(match: Match) -> str:
    """Whose answer is given: the actor's own side's; the staff says whose it writes down."""
    given = request.form.get("side") or request.args.get("side") or ""
    return side_of(current.actor, match) or ("team" if given == "team" else "company")


def _answer(id: int, answer: str, reason: str = "", note: str = "") -> Response:
    match = find(Match, id)
    side = _side(match)
    try:
        answer_for(match, side, answer, reason=reason, how=answers_as(current.actor), note=note,
                   version=request.form.get("version", type=int))  # fmt: skip
    except (Stale, NotAllowed):
        db.session.rollback()
        return too_late(find(Match, id), side)
    noun = "acceptance" if answer == "accepted" else "refusal"
    done = {"accepted": _("Accepted: %(name)s"), "declined": _("Declined: %(name)s")}[answer]
    return _onwards(match, done, url_for(f".destroy_{noun}", id=id, side=side))


def _onwards(match: Match, done: str, undo: str) -> Response:
    """To the next that waits, else to the pile; the staff stays where it is."""
    if not reviewing.side(current.actor):
        sheet = reviewing.sheet(match)
        return to(
            "matching.match.show", id=match.id, done=done % {"name": sheet.application.team_name}, undo=undo
        )
    cases = reviewing.pile(match.programme_id)
    name = next((case.name for case in cases if case.match.id == match.id), "")
    following = reviewing.next_open(cases, match.id)
    if following is None:
        return to("matching.match.index", done=done % {"name": name}, undo=undo)
    return to("matching.match.show", id=following.match.id, done=done % {"name": name}, undo=undo)


def too_late(match: Match, side: str) -> Response:
    """A colleague was faster: who, and what they said. Nothing of theirs is overwritten."""
    row = db.session.scalars(
        select(models.Response).where(models.Response.match_id == match.id, models.Response.side == side)
    ).one_or_none()
    who = db.session.get(Account, row.account_id) if row is not None and row.account_id else None
    return shown(match, 409, faster=who.name if who is not None else "", standing=row.answer if row else "")


@bp.post("/matches/<int:id>/acceptance")
@guarded_by(answer_for)
def create_acceptance(id: int) -> Response:
    """Yes."""
    return _answer(id, "accepted")


@bp.delete("/matches/<int:id>/acceptance")
@guarded_by(take_back)
def destroy_acceptance(id: int) -> Response:
    """Undo, while nobody has been told."""
    return _taken_back(id)


@bp.get("/matches/<int:id>/refusal/new")
@guarded_by(answer_for)
def new_refusal(id: int) -> Response:
    """The question as a page, where no script runs."""
    match = find(Match, id)
    return page("matching/match/refusal.html", **_question(match))


@bp.post("/matches/<int:id>/refusal")
@guarded_by(answer_for)
def create_refusal(id: int) -> Response:
    """No, with a reason."""
    try:
        own = lines.many_lines(request.form.get("words", ""), 500).strip()
        note = lines.many_lines(request.form.get("note", ""), 1000).strip()
    except Unreadable as problem:
        match = find(Match, id)
        return page("matching/match/refusal.html", status=422, problem=str(problem), **_question(match))
    reason = own or request.form.get("reason", "")[:40]
    if not reason:
        match = find(Match, id)
        return page(
            "matching/match/refusal.html", status=422, problem=_("Choose a reason."), **_question(match)
        )
    return _answer(id, "declined", reason, note)


def _question(match: Match) -> dict[str, Any]:
    side, sheet = _side(match), reviewing.sheet(match)
    name = sheet.application.team_name if side == "company" else reviewing.company_name(sheet.company)
    return {"match": match, "name": name, "reasons": REFUSALS[side], "refusal": refusal, "side": side,
            "noting": reviewing.in_person(side)}  # fmt: skip


@bp.delete("/matches/<int:id>/refusal")
@guarded_by(take_back)
def destroy_refusal(id: int) -> Response:
    """Undo of a no."""
    return _taken_back(id)


@bp.post("/matches/<int:id>/holding")
@guarded_by(hold)
def create_holding(id: int) -> Response:
    """Later."""
    match = find(Match, id)
    try:
        hold(match)
    except (Refused, NotAllowed):
        db.session.rollback()
        return too_late(find(Match, id), "company")
    return _onwards(match, _("On hold: %(name)s"), url_for(".destroy_holding", id=id))


@bp.delete("/matches/<int:id>/holding")
@guarded_by(take_back)
def destroy_holding(id: int) -> Response:
    """Undo of holding."""
    return _taken_back(id)


def _taken_back(id: int) -> Response:
    match = find(Match, id)
    try:
        take_back(match, _side(match))
    except NotAllowed:
        db.session.rollback()
        return too_late(find(Match, id), _side(match))
    return to("matching.match.show", id=id, done=_("Your answer is taken back."))


@bp.post("/matches/<int:id>/non-disclosure")
@guarded_by(accept_non_disclosure)
def create_non_disclosure(id: int) -> Response:
    """Accept the terms, once a camp: confidential documents then open."""
    match = find(Match, id)
    participation = find(Participation, match.participation_id)
    person = reviewing.own_representation()
    if person is None:
        raise Refused(
            "non_disclosure",
            _("Only a representative accepts the terms; a paper is recorded by the organiser."),
        )
    accept_non_disclosure(participation, person)
    return to(
        "matching.match.show",
        id=id,
        done=_("The terms are accepted; that is recorded. The documents are open."),
    )
