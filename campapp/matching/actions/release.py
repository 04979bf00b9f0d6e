"""A release: the proposals are shown, with an answer-by time and what silence means for each side."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select

from campapp.applications.models import Application
from campapp.companies.models import Company
from campapp.core.action import Act, action, bulk
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.outbox import Sending, open_sending, tell
from campapp.core.states import NotAllowed
from campapp.matching.actions.answer import answer_for
from campapp.matching.models import Match, Preference, Release, Response
from campapp.matching.rules import manages_match
from campapp.matching.states import ALIVE, MATCH, TURNS
from campapp.programmes.models import Participation, Programme
from campapp.programmes.rules import manages_camp, manages_row

SILENCE = ("organiser", "accepted", "declined")


@action("matches_released", rule=manages_camp)
def release(
    act: Act, programme: Programme, matches: Iterable[Match], *, answer_by: datetime | None = None,
    silence_company: str = "organiser", silence_team: str = "organiser", sending: Sending | None = None,
) -> Release:  # fmt: skip
    """Show proposals to their companies, except those of teams that do not agree to being passed on: they stay.

    Where the camp takes a ranked partner as a yes, that side has answered.
    """
    row = Release(
        programme_id=programme.id, answer_by=answer_by, silence_company=silence_company, silence_team=silence_team,
        account_id=act.by.account_id,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    everything = [match for match in matches if match.state == "proposed"]
    agreeing = _agreeing({match.application_id for match in everything})
    proposed = [match for match in everything if match.application_id in agreeing]
    companies = set()
    for match in proposed:
        MATCH.move(match, "released", at=act.at)
        match.release_id = row.id
        companies.add(match.participation_id)
    if programme.ranked_is_yes:
        _answer_by_rank(programme, proposed)
    act.about(programme)
    act.note(matches=len(proposed), companies=len(companies), without_consent=len(everything) - len(proposed))
    for participation_id in sorted(companies):
        participation = db.session.get_one(Participation, participation_id)
        company = db.session.get_one(Company, participation.company_id)
        count = sum(1 for match in proposed if match.participation_id == participation_id)
        tell(company, "matching/released", participation, sending=sending, count=count)
    return row


def _agreeing(application_ids: set[int]) -> set[int]:
    """Those whose teams agree to being passed to companies."""
    rows = select(Application.id).where(
        Application.id.in_(application_ids), Application.companies_agreed_at.is_not(None)
    )
    return set(db.session.scalars(rows.with_for_update(key_share=True)))


def release_held(
    programme: Programme, matches: Iterable[Match], *, title: str, answer_by: datetime | None,
    silence_company: str, silence_team: str,
) -> Sending:  # fmt: skip
    """A release whose messages wait until the organiser sends them.

    Raises:
        NotAllowed: not all of them are proposals any more; nothing is released.
    """
    seen = list(matches)
    with bulk():
        sending = open_sending(title, programme)
        row = release(
            programme, seen, answer_by=answer_by, silence_company=silence_company, silence_team=silence_team,
            sending=sending,
        )  # fmt: skip
        released = db.session.scalar(select(func.count()).where(Match.release_id == row.id))
        if released != len(seen):
            raise NotAllowed("release", "proposals", "changed")
    return sending


def _answer_by_rank(programme: Programme, proposed: list[Match]) -> None:
    ranked = {
        (row.side, row.application_id, row.participation_id)
        for row in db.session.scalars(select(Preference).where(Preference.programme_id == programme.id))
    }
    with current.set(actor=SYSTEM):
        for match in proposed:
            for side in ("company", "team"):
                if (side, match.application_id, match.participation_id) in ranked:
                    answer_for(match, side, "accepted", how="ranked")


@action("silence_ended", rule=manages_row(Release))
def end_silence(act: Act, row: Release) -> int:
    """At the answer-by time: what silence means happens, and the audit log shows it as silence."""
    row.lapsed_at = act.at
    ended = 0
    for match in db.session.scalars(select(Match).where(Match.release_id == row.id).order_by(Match.id)):
        for side, meaning in (("company", row.silence_company), ("team", row.silence_team)):
            if meaning != "organiser" and _owes(match, side):
                ended += 1
                if meaning == "accepted":
                    answer_for(match, side, "accepted", how="silence")
                else:
                    lapse(match)
    act.note(ended=ended)
    return ended


def _owes(match: Match, side: str) -> bool:
    """Whether it is this side's turn, and it has said nothing."""
    if match.state not in TURNS[side]:
        return False
    said = select(Response.id).where(Response.match_id == match.id, Response.side == side)
    return db.session.scalars(said).first() is None


@action("match_lapsed", rule=manages_match)
def lapse(act: Act, match: Match) -> None:
    """Silence, as the release said."""
    MATCH.move(match, "lapsed", at=act.at)
    act.because("silence")
    act.about(db.session.get_one(Application, match.application_id))


def due_releases(now: datetime) -> list[Release]:
    """Releases whose answer-by time has passed and whose silence has not been ended."""
    return list(
        db.session.scalars(
            select(Release).where(
                Release.answer_by.is_not(None), Release.answer_by < now, Release.lapsed_at.is_(None)
            )
        )
    )


@action("match_added", rule=manages_camp)
def add_match(
    act: Act, programme: Programme, application: Application, participation: Participation
) -> Match:
    """A pair added by hand, at any time: a proposal like the others.

    Raises:
        NotAllowed: the two are matched already.
    """
    same = select(Match).where(
        Match.application_id == application.id,
        Match.participation_id == participation.id,
        Match.state.in_(ALIVE),
    )
    known = db.session.scalars(same).first()
    if known is not None:
        raise NotAllowed("match", known.state, "proposed")
    match = Match(
        programme_id=programme.id,
        application_id=application.id,
        participation_id=participation.id,
        state="proposed",
    )
    match.reasons = [{"kind": "hand"}]
    db.session.add(match)
    db.session.flush()
    act.about(application, participation)
    return match


@action("match_cancelled", rule=manages_match)
def cancel(act: Act, match: Match, reason: str = "") -> None:
    """The organiser, or a withdrawal, takes a match away; its meeting goes with it."""
    act.note(before=match.state)
    act.because(reason)
    MATCH.move(match, "cancelled", at=act.at)
    act.about(db.session.get_one(Application, match.application_id))
