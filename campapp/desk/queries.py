"""What is next for each role, in a constant number of statements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select

from campapp.applications.models import Application
from campapp.applications.states import DECISIONS, ELIGIBLE, IN
from campapp.applications.timing import timing_of
from campapp.companies.models import Company
from campapp.core import clock, outbox
from campapp.core.access import sight_of, visible
from campapp.core.current import current
from campapp.core.db import db
from campapp.core.outbox import Letter, Sending
from campapp.dues.queries import overdue_in, owed_by_me
from campapp.matching.models import Match, Response
from campapp.matching.reviewing import MINUTES_A_REVIEW
from campapp.matching.states import ANSWERED, TURNS
from campapp.outcomes.models import Outcome
from campapp.programmes.models import Participation, Programme
from campapp.programmes.queries import newest_notices
from campapp.scheduling.models import Meeting, Publication
from campapp.scheduling.queries import Line, agenda
from campapp.threads.queries import unread as unread_threads

NEWEST_DRAFTS = 5
"""Of so many drafts the deadlines are looked at."""


def _split(lines: list[Line], now: datetime) -> dict[str, Any]:
    coming = [line for line in lines if line.ends_at >= now]
    return {
        "lines": coming[:20],
        "next": coming[0] if coming else None,
        "past": [x for x in lines if x.ends_at < now],
    }


def for_team() -> dict[str, Any]:
    """Open drafts with their deadlines, matches to answer, the next meeting, outcomes to confirm."""
    now = clock.now()
    rows = db.session.execute(
        select(Application, Programme)
        .join(Programme, Programme.id == Application.programme_id)
        .where(sight_of(Application, current.actor))
        .order_by(Programme.first_day.desc(), Application.id.desc())
        .limit(20)
    ).all()
    drafts = [(a, p) for a, p in rows if a.state in {"draft", "returned"}]
    matches = _named(visible(Match).where(Match.state.in_(TURNS["team"])))
    return {
        "entries": [(a, p) for a, p in rows], "waiting": _soonest(drafts[:NEWEST_DRAFTS], now),
        "matches": matches, "outcomes": to_confirm("company"),
        "owing": owed_by_me(),
        "notices": newest_notices(p.id for a, p in rows if a.state not in {"withdrawn", "ineligible"}),
        "now": now, **_split(agenda(current.actor), now),
    }  # fmt: skip


def _soonest(
    drafts: Sequence[tuple[Application, Programme]], now: datetime
) -> tuple[Application, Programme, datetime] | None:
    """Of drafts that can still be submitted the one whose deadline comes first, with it."""
    open_ones = [(a, p, timing.deadline) for a, p in drafts if (timing := timing_of(a)).is_open(now)]
    dated = [(a, p, deadline) for a, p, deadline in open_ones if deadline is not None]
    return min(dated, key=lambda one: one[2], default=None)


def _named(matches: Any) -> list[tuple[Match, str, str]]:
    """Matches with team and company names."""
    ids = matches.with_only_columns(Match.id)
    rows = db.session.execute(
        select(Match, Application.team_name, Company.name)
        .join(Application, Application.id == Match.application_id)
        .join(Participation, Participation.id == Match.participation_id)
        .join(Company, Company.id == Participation.company_id)
        .where(Match.id.in_(ids))
        .order_by(Match.id)
        .limit(50)
    )
    return [(row[0], row[1], row[2]) for row in rows]


def to_confirm(reported_by: str) -> list[Outcome]:
    """Outcomes that the other side has reported, or an imported sheet, and that wait for this one."""
    reported = and_(Outcome.state == "reported", Outcome.reported_side.in_((reported_by, "organiser")))
    claimed = and_(Outcome.from_sheet, Outcome.state.in_(("reported", "confirmed", "followed")))
    statement = visible(Outcome).where(or_(reported, claimed))
    return list(db.session.scalars(statement.order_by(Outcome.id.desc()).limit(20)))


def for_company() -> dict[str, Any]:
    """Teams to review and how long that takes, participations, the next meeting, outcomes to confirm."""
    now = clock.now()
    answered = select(Response.match_id).where(Response.side == "company", Response.answer != "held")
    waiting = db.session.scalar(
        select(func.count()).select_from(
            visible(Match).where(Match.state.in_(TURNS["company"]), Match.id.not_in(answered)).subquery()
        )
    )
    parts = db.session.execute(
        select(Participation, Programme)
        .join(Programme, Programme.id == Participation.programme_id)
        .where(Participation.company_id == current.actor.company_id, sight_of(Participation, current.actor))
        .order_by(Programme.first_day.desc())
        .limit(20)
    ).all()
    company = db.session.get(Company, current.actor.company_id)
    return {
        "company": company, "waiting": waiting or 0, "minutes": max(1, round((waiting or 0) * MINUTES_A_REVIEW)),
        "owing": owed_by_me(), "participations": [(a, p) for a, p in parts], "outcomes": to_confirm("team"), "now": now,
        **_split(agenda(current.actor), now),
    }  # fmt: skip


def for_organiser() -> dict[str, Any]:
    """What is stuck, late or waits in the programme, and its funnel."""
    programme = db.session.get_one(Programme, current.actor.programme_id)
    states = Counter(
        {
            str(state): int(count)
            for state, count in db.session.execute(
                select(Application.state, func.count())
                .where(Application.programme_id == programme.id)
                .group_by(Application.state)
            )
        }
    )
    matches = Counter(
        {
            str(state): int(count)
            for state, count in db.session.execute(
                select(Match.state, func.count())
                .where(Match.programme_id == programme.id)
                .group_by(Match.state)
            )
        }
    )
    unplaced = db.session.scalar(
        select(func.count()).where(Meeting.programme_id == programme.id, Meeting.state == "expected")
    )
    published = db.session.scalar(
        select(func.max(Publication.number)).where(Publication.programme_id == programme.id)
    )
    outcomes = db.session.scalar(select(func.count()).where(Outcome.programme_id == programme.id))
    return {
        "programme": programme, "overdue": overdue_in(programme),
        "sendings": held_sendings(programme), "states": states,
        "matches": matches, "unplaced": unplaced or 0,
        "published": published or 0, "outcomes": outcomes or 0, "now": clock.now(),
        "late": programme.is_late(clock.now()), "funnel": funnel(programme, states, matches, outcomes or 0),
    }  # fmt: skip


def held_sendings(programme: Programme) -> list[tuple[Sending, int]]:
    """What was decided and nobody has been told yet, with how many messages wait, the oldest first."""
    rows = db.session.execute(
        select(Sending, func.count(Letter.id))
        .join(Letter, (Letter.sending_id == Sending.id) & (Letter.state == "held"))
        .where(Sending.kind == "programme", Sending.subject_id == programme.id, Sending.released_at.is_(None))
        .group_by(Sending.id)
        .order_by(Sending.id)
        .limit(10)
    )
    return [(row[0], row[1]) for row in rows]


def news(most: int = 5) -> dict[str, Any]:
    """What the reader was told and has not read, and the threads in which the other side had the last word."""
    told = db.session.scalars(outbox.unread(current.actor.account_id or 0).limit(most))
    threads, count = unread_threads(most)
    return {"told": list(told), "unread_threads": threads, "unread_count": count}


def funnel(
    programme: Programme, states: Counter[str], matches: Counter[str], outcomes: int
) -> list[tuple[str, int]]:
    """From drafts to outcomes: (step, how many). Only where meetings are held do they count."""
    submitted, taken = sum(states[s] for s in IN), DECISIONS[programme.kind][0]
    meetings = [("confirmed", sum(matches[s] for s in ANSWERED)), ("held", matches["held"])]
    return [
        ("draft", submitted + states["draft"]), ("submitted", submitted),
        ("eligible", sum(states[s] for s in ELIGIBLE)), (taken, states[taken]),
        *(meetings if programme.meets else ()), ("outcome", outcomes),
    ]  # fmt: skip
