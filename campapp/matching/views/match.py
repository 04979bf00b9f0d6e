"""The pile of matches, and one of them a screen."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response

from campapp.applications.queries import shown_files
from campapp.core.access import find, rule
from campapp.core.action import may
from campapp.core.current import MEMBER, REPRESENTATIVE, Actor, current
from campapp.core.web import guarded_by, page
from campapp.matching import reviewing
from campapp.matching.actions.answer import answer_for
from campapp.matching.models import Match
from campapp.matching.reasons import fit_of, parts_of, worded
from campapp.matching.rules import either_side, reads_match
from campapp.matching.states import TURNS
from campapp.matching.words import REFUSALS, STATES, refusal
from campapp.pool.sectors import sector_name

bp = Blueprint("match", __name__)


@rule
def reviews(actor: Actor, _row: object) -> bool:
    """Whoever has matches to go through: representatives and team members."""
    return actor.role in {REPRESENTATIVE, MEMBER}


@bp.get("/matches")
@guarded_by(reviews)
def index() -> Response:
    """What waits, what is on hold, what was answered."""
    cases = reviewing.pile()
    waiting = [case for case in cases if case.open and not case.answer]
    held = [case for case in cases if case.open and case.answer == "held"]
    rest = [case for case in cases if not case.open]
    minutes = max(1, round((len(waiting) + len(held)) * reviewing.MINUTES_A_REVIEW))
    return page("matching/match/index.html", cases=cases, waiting=waiting, held=held, rest=rest, minutes=minutes,
                states=STATES, side=reviewing.side(current.actor))  # fmt: skip


@bp.get("/matches/<int:id>")
@guarded_by(either_side | reads_match)
def show(id: int) -> Response:
    """One match: who, why, what, and the answer."""
    return shown(find(Match, id))


def _sector(typed: str) -> str:
    """A sector in the reader's language."""
    return sector_name(typed, current.locale)


def shown(match: Match, status: int = 200, **more: Any) -> Response:
    """The screen of a match; `more`: what went wrong."""
    side, sheet, said = reviewing.side(current.actor), reviewing.sheet(match), reviewing.said(match)
    cases = reviewing.pile(match.programme_id) if side else []
    ids = [case.match.id for case in cases]
    at = ids.index(match.id) if match.id in ids else 0
    turn = side or next((one for one, states in TURNS.items() if match.state in states), "")
    company = reviewing.company_name(sheet.company)
    declined = bool(side) and side in said and said[side].answer == "declined"
    return page(
        "matching/match/show.html", status=status, match=match, sheet=sheet, said=said, side=side, turn=turn,
        cases=cases, at=at, before=ids[at - 1] if at else None, after=ids[at + 1] if at + 1 < len(ids) else None,
        left=sum(1 for case in cases if case.open), company=company,
        reasons=worded(match.reasons, sheet.application.team_name, company), fit=fit_of(match.reasons),
        parts=parts_of(match.reasons) if not side else [],
        files=shown_files(sheet.application) if side != "team" else [],
        locked=reviewing.locked_documents(sheet.application, sheet.participation), refusals=REFUSALS, refusal=refusal,
        sector=_sector, noting=bool(side) and reviewing.in_person(side),
        private_note=reviewing.private_note(match) if declined else "",
        states=STATES, may_answer=bool(turn) and may(answer_for, match), minutes=reviewing.MINUTES_A_REVIEW, **more,
    )  # fmt: skip
