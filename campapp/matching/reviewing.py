"""The pile of matches as a side goes through it, and all that one screen of it shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, select

from campapp.applications.models import Application, EntryFile, Submission
from campapp.companies.models import Company, Need, Representative
from campapp.core.access import visible
from campapp.core.current import MEMBER, REPRESENTATIVE, Actor, current
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.language import pgettext, say
from campapp.matching.models import Match, PrivateNote, Release, Response
from campapp.matching.states import TURNS
from campapp.matching.words import STATES
from campapp.pool.models import Snapshot
from campapp.programmes.models import NonDisclosure, Participation, Programme

MINUTES_A_REVIEW = 1.5


def side(actor: Actor) -> str:
    """`company`, `team`, or empty for the staff."""
    return {REPRESENTATIVE: "company", MEMBER: "team"}.get(actor.role, "")


@dataclass(frozen=True)
class Case:
    """One match of the pile."""

    match: Match
    name: str
    """Of the other side."""
    answer: str
    """accepted, declined, held, or empty."""
    how: str
    side: str

    @property
    def open(self) -> bool:
        """Whether this side still owes its answer."""
        return self.match.state in TURNS[self.side] and self.answer in {"", "held"}

    @property
    def mark(self) -> str:
        """How the line draws it."""
        if self.match.state in {"lapsed", "declined"} or self.answer == "declined":
            return "no"
        return {"held": "hold", "": "" if self.open else "done"}.get(self.answer, "done")

    @property
    def word(self) -> str:
        """What has been said so far."""
        if self.match.state == "lapsed" and not self.answer:
            return str(STATES["lapsed"])
        if self.answer == "accepted" and self.how == "ranked":
            return _("Yes, as ranked")
        words = {
            "accepted": pgettext("match", "Accepted"),
            "declined": pgettext("match", "Declined"),
            "held": _("On hold"),
            "": _("To review"),
        }
        return words[self.answer]


def pile(programme_id: int | None = None) -> list[Case]:
    """The matches that this side goes through, the best first."""
    mine = side(current.actor)
    statement = (
        select(Match, Application.team_name, Company, Response.answer, Response.how)
        .join(Application, Application.id == Match.application_id)
        .join(Participation, Participation.id == Match.participation_id)
        .join(Company, Company.id == Participation.company_id)
        .outerjoin(Response, and_(Response.match_id == Match.id, Response.side == mine))
        .where(Match.id.in_(visible(Match).with_only_columns(Match.id)), Match.state != "cancelled")
        .order_by(Match.programme_id.desc(), Match.score.desc(), Match.id)
        .limit(300)
    )
    if programme_id is not None:
        statement = statement.where(Match.programme_id == programme_id)
    return [
        Case(match, team if mine == "company" else company_name(company), answer or "", how or "", mine)
        for match, team, company, answer, how in db.session.execute(statement)
    ]


def company_name(company: Company) -> str:
    """As it calls itself in the reader's language, else as the park's lists do."""
    return say(company, "name") or company.name


def next_open(cases: list[Case], after: int) -> Case | None:
    """The next case that waits for an answer, going round; held ones last."""
    ids = [case.match.id for case in cases]
    start = ids.index(after) + 1 if after in ids else 0
    waiting = [case for case in cases[start:] + cases[:start] if case.open and case.match.id != after]
    return next((case for case in waiting if not case.answer), waiting[0] if waiting else None)


@dataclass(frozen=True)
class Sheet:
    """All of one match that its screen shows."""

    application: Application
    participation: Participation
    company: Company
    programme: Programme
    need: Need | None
    release: Release | None
    frozen: dict[str, Any]
    """As the team submitted it."""

    @property
    def project(self) -> dict[str, Any]:
        """The project as it was submitted."""
        found: dict[str, Any] = self.frozen.get("project", {})
        return found


def sheet(match: Match) -> Sheet:
    """In one statement."""
    row = db.session.execute(
        select(Application, Participation, Company, Programme, Need, Release, Snapshot.document)
        .select_from(Match)
        .join(Application, Application.id == Match.application_id)
        .join(Participation, Participation.id == Match.participation_id)
        .join(Company, Company.id == Participation.company_id)
        .join(Programme, Programme.id == Match.programme_id)
        .outerjoin(Need, Need.id == Match.need_id)
        .outerjoin(Release, Release.id == Match.release_id)
        .outerjoin(Submission, Submission.id == Application.submission_id)
        .outerjoin(Snapshot, Snapshot.id == Submission.snapshot_id)
        .where(Match.id == match.id)
    ).one()
    return Sheet(row[0], row[1], row[2], row[3], row[4], row[5], row[6] or {})


def said(match: Match) -> dict[str, Response]:
    """Both sides' answers, by side."""
    rows = db.session.scalars(select(Response).where(Response.match_id == match.id))
    return {row.side: row for row in rows}


def locked_documents(application: Application, participation: Participation) -> int:
    """How many confidential documents the person will be able to open after the terms; 0 once they are accepted."""
    actor = current.actor
    if actor.role != REPRESENTATIVE:
        return 0
    accepted = (
        select(NonDisclosure.id)
        .join(Representative, Representative.id == NonDisclosure.representative_id)
        .where(
            NonDisclosure.participation_id == participation.id, Representative.account_id == actor.account_id
        )
    )
    count = select(func.count()).where(
        EntryFile.application_id == application.id, EntryFile.confidential.is_(True), EntryFile.for_companies,
        EntryFile.counts,
        ~accepted.exists(),
    )  # fmt: skip
    return db.session.scalar(count) or 0


def own_representation() -> Representative | None:
    """The person as a representative of the company acted as; an organiser who acts for it is none."""
    return db.session.scalars(
        visible(Representative).where(
            Representative.account_id == current.actor.account_id,
            Representative.company_id == current.actor.company_id,
            Representative.left_at.is_(None),
        )
    ).first()


def in_person(wanted: str) -> bool:
    """Whether the reader is somebody of this side, not acting for it: then there is a private note."""
    return current.actor.acting_for is None and side(current.actor) == wanted


def private_note(match: Match) -> str:
    """What the reader's own side noted for itself beside its no."""
    row = db.session.scalars(visible(PrivateNote).where(PrivateNote.match_id == match.id)).one_or_none()
    return row.text if row is not None else ""
