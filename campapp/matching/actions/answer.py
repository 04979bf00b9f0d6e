"""Both sides' answers to a match: accepted, declined with a reason, held; taken back while the news has not left."""

from __future__ import annotations

from sqlalchemy import delete, select

from campapp.applications.models import Application
from campapp.companies.models import Company
from campapp.core.access import Refused, Rule
from campapp.core.action import Act, action
from campapp.core.current import ORGANISER, Actor
from campapp.core.db import db
from campapp.core.language import lazy_gettext as _l
from campapp.core.outbox import UNDO, tell, withdraw
from campapp.core.states import NotAllowed
from campapp.matching.models import Match, PrivateNote, Response
from campapp.matching.rules import company_side, either_side, manages_match, team_side
from campapp.matching.states import MATCH
from campapp.pool import actions as pool
from campapp.pool.models import Project
from campapp.programmes.models import Participation
from campapp.teams.models import Team

NEWS = {"company": "matching/accepted_by_company", "team": "matching/confirmed"}
may_answer: Rule = either_side | manages_match


def side_of(actor: Actor, match: Match) -> str:
    """`company` or `team`: whose answer this actor gives; empty for the staff."""
    if company_side(actor, match):
        return "company"
    return "team" if team_side(actor, match) else ""


@action("match_answered", rule=may_answer)
def answer_for(
    act: Act, match: Match, side: str, answer: str, *, reason: str = "", how: str = "self",
    version: int | None = None, note: str = "",
) -> Response:  # fmt: skip
    """Record one side's answer. `how`: self, ranked, silence, organiser; `version`: the one that the person saw.

    The reason is shared; `note` stays with the side that writes it, and only a person of it writes one.

    Raises:
        NotAllowed: it has been answered already, or is no more.  Stale: a colleague was faster.
    """
    act.expect(version)
    known = _response(match, side)
    if known is not None and known.how == "self" and known.answer == answer:
        raise NotAllowed("match", match.state, answer)
    row = known or Response(match_id=match.id, side=side, answer=answer)
    row.answer, row.reason, row.how, row.account_id = answer, reason, how, act.by.account_id
    db.session.add(row)
    act.because(reason)
    act.note(side=side, answer=answer, how=how, before=match.state)
    application = db.session.get_one(Application, match.application_id)
    act.about(application, db.session.get_one(Participation, match.participation_id))
    db.session.execute(delete(PrivateNote).where(PrivateNote.match_id == match.id, PrivateNote.side == side))
    if note and side_of(act.by, match) == side and act.by.acting_for is None:
        db.session.add(PrivateNote(match_id=match.id, side=side, text=note, account_id=act.by.account_id))
    if answer == "declined":
        MATCH.move(match, "declined", at=act.at)
    elif answer == "accepted":
        _accept(act, match, side, application)
    return row


def _accept(act: Act, match: Match, side: str, application: Application) -> None:
    other = _response(match, "team" if side == "company" else "company")
    if other is not None and other.answer == "accepted":
        MATCH.move(match, "confirmed", at=act.at)
        confirm(match)
    else:
        MATCH.move(match, f"accepted by {side}", at=act.at)
    if side == "company" and match.state != "confirmed":
        tell(db.session.get_one(Team, application.team_id), NEWS["company"], match, not_before=act.at + UNDO)
    if match.state == "confirmed":
        company = db.session.get_one(Participation, match.participation_id).company_id
        tell(db.session.get_one(Team, application.team_id), NEWS["team"], match, not_before=act.at + UNDO)
        tell(db.session.get_one(Company, company), NEWS["team"], match, not_before=act.at + UNDO)


def _response(match: Match, side: str) -> Response | None:
    return db.session.scalars(
        select(Response).where(Response.match_id == match.id, Response.side == side)
    ).one_or_none()


@action("match_confirmed", rule=may_answer)
def confirm(act: Act, match: Match) -> None:
    """Both sides have accepted: from here on it is a meeting to be scheduled."""
    application = db.session.get_one(Application, match.application_id)
    act.about(application)
    pool.note(db.session.get_one(Project, application.project_id), "match", "confirmed", match)


@action("match_held_back", rule=company_side)
def hold(act: Act, match: Match) -> Response:
    """The company will decide later: the pair stays in the pile, marked.

    Raises:
        NotAllowed: it has been answered already.
    """
    row = _response(match, "company") or Response(match_id=match.id, side="company", answer="held")
    if row.answer != "held" or match.state not in {"released", "accepted by team"}:
        raise NotAllowed("match", match.state, "held")
    row.answer, row.how, row.account_id = "held", "self", act.by.account_id
    db.session.add(row)
    return row


@action("answer_taken_back", rule=may_answer)
def take_back(act: Act, match: Match, side: str) -> None:
    """Undo of an answer, while nobody has been told.

    Raises:
        Refused: the news has left; the next honest act is to decline, with a reason.
    """
    row = _response(match, side)
    if row is None:
        return
    if row.answer == "accepted" and not (withdraw(match, NEWS["company"]) and withdraw(match, NEWS["team"])):
        raise Refused(
            "answer_taken_back", str(_l("The other side has been told already. Decline with a reason."))
        )
    act.note(side=side, answer=row.answer, before=match.state)
    if row.answer != "held":
        other = _response(match, "team" if side == "company" else "company")
        standing = other is not None and other.answer == "accepted"
        before = f"accepted by {'team' if side == 'company' else 'company'}" if standing else "released"
        MATCH.move(match, before, at=act.at)
    db.session.execute(delete(PrivateNote).where(PrivateNote.match_id == match.id, PrivateNote.side == side))
    db.session.delete(row)


def answers_as(actor: Actor) -> str:
    """`organiser` where the staff answers for a side, else `self`."""
    return "organiser" if actor.role == ORGANISER or actor.console or actor.acting_for else "self"
