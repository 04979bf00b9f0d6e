"""Reads of applications beyond one row by its key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlalchemy import func, select

from campapp.accounts.models import Account
from campapp.applications.actions.decision import TEMPLATES, told
from campapp.applications.actions.draft import newest_form
from campapp.applications.forms import DecisionForm, MarkForm
from campapp.applications.models import (
    Application,
    CheckResult,
    Consent,
    DraftField,
    EntryFile,
    Mark,
    Submission,
)
from campapp.applications.rules import decides_application, helps_application, reads_application
from campapp.applications.states import DECIDED, may_follow
from campapp.core.access import sight_of, visible
from campapp.core.current import MEMBER, current
from campapp.core.db import db
from campapp.core.files import ShownFile, StoredFile
from campapp.core.form.asked import kept
from campapp.core.upload import Unfinished, unfinished
from campapp.core.web import rooted
from campapp.pool.models import Project, Snapshot
from campapp.programmes.models import EntryForm, Programme, Track
from campapp.teams.models import Team


@dataclass(frozen=True)
class Step:
    """One step of registration, for the line across the page."""

    label: str
    url: str
    state: str = ""
    current: bool = False


def form_of(application: Application) -> EntryForm | None:
    """The form that a draft is filled in with: the newest."""
    return newest_form(application.programme_id)


def unfinished_uploads(application: Application) -> list[Unfinished]:
    """Files of which a part has arrived."""
    return unfinished(
        "application", [application.id],
        lambda one: url_for("applications.upload.destroy", id=application.id, token=one.token),
    )  # fmt: skip


def shown_files(application: Application) -> list[ShownFile]:
    """The files that the reader sees of an entry."""
    rows = db.session.execute(
        select(EntryFile, StoredFile)
        .join(StoredFile, StoredFile.id == EntryFile.file_id)
        .where(
            EntryFile.application_id == application.id,
            EntryFile.removed_at.is_(None) if current.actor.role == MEMBER else EntryFile.counts,
            sight_of(EntryFile, current.actor),
        )
        .order_by(EntryFile.id)
    )
    place = rooted(f"/applications/{application.id}/files")
    return [
        ShownFile(entry.id, entry.key, stored.name, stored.size, f"{place}/{entry.id}",
                  stored.media_type == "application/pdf", entry.confidential)
        for entry, stored in rows
    ]  # fmt: skip


def standing_consents(application: Application) -> dict[str, Consent]:
    """What the team agrees to now, by purpose."""
    rows = db.session.scalars(
        select(Consent).where(
            Consent.application_id == application.id,
            Consent.member_id.is_(None),
            Consent.withdrawn_at.is_(None),
        )
    )
    return {row.purpose: row for row in rows}


def draft_fields(application: Application) -> dict[str, DraftField]:
    """Key → who changed it last, and its version."""
    rows = db.session.scalars(select(DraftField).where(DraftField.application_id == application.id))
    return {row.key: row for row in rows}


def standing_submission(application: Application) -> Submission | None:
    """The submission that counts."""
    return db.session.get(Submission, application.submission_id) if application.submission_id else None


def was_received(application: Application, nonce: str) -> bool:
    """Whether this very press, by the mark of its form, was received before."""
    sent = (Submission.application_id == application.id, Submission.nonce == nonce)
    return (
        db.session.scalar(select(Submission.id).where(*sent, Submission.withdrawn_at.is_(None))) is not None
    )


def tracks_of(programme_id: int) -> Sequence[Track]:
    """The tracks of a programme, in their order."""
    mine = visible(Track).where(Track.programme_id == programme_id)
    return db.session.scalars(mine.order_by(Track.position)).all()


def changed_since(application: Application, submission: Submission | None) -> bool:
    """Whether the draft says something else than the submission that counts."""
    if submission is None:
        return False
    frozen = snapshot_document(submission)
    form = form_of(application)
    now = kept(form.document, application.answers) if form else application.answers
    title = db.session.get_one(Project, application.project_id).title
    return bool(frozen.get("answers", {}) != now or frozen["project"]["title"] != title)


@dataclass(frozen=True)
class Background:
    """What a page about an application tells beside it: whose it is, into what, and what was submitted."""

    programme: Programme
    team: Team
    project: Project
    submission: Submission | None
    snapshot: Snapshot | None
    checked: CheckResult | None
    """How the last formal check ended."""

    @property
    def frozen(self) -> dict[str, Any]:
        """The document of the submission that counts."""
        return self.snapshot.document if self.snapshot else {}


def background(application: Application) -> Background:
    """All of it, in one statement."""
    last = select(func.max(CheckResult.id)).where(
        CheckResult.application_id == application.id, CheckResult.undone_at.is_(None)
    )
    rows = db.session.execute(
        select(Programme, Team, Project, Submission, Snapshot, CheckResult)
        .select_from(Application)
        .join(Programme, Programme.id == Application.programme_id)
        .join(Team, Team.id == Application.team_id)
        .join(Project, Project.id == Application.project_id)
        .outerjoin(Submission, Submission.id == Application.submission_id)
        .outerjoin(Snapshot, Snapshot.id == Submission.snapshot_id)
        .outerjoin(CheckResult, CheckResult.id == last.scalar_subquery())
        .where(Application.id == application.id)
    )
    return Background(*rows.one())


def snapshot_document(submission: Submission) -> dict[str, Any]:
    """What was frozen at a submission."""
    return db.session.get_one(Snapshot, submission.snapshot_id).document


@dataclass(frozen=True)
class ForStaff:
    """What the programme's staff may do with an application, and what they think of it."""

    decides: bool
    marks_it: bool
    following: list[str]
    undo: bool
    mine: Mark | None
    others: list[tuple[Mark, str]]
    decision: DecisionForm
    note: MarkForm


def for_staff(
    application: Application, decision: DecisionForm | None = None, note: MarkForm | None = None
) -> ForStaff | None:
    """The decision part of its page, perhaps with a form to be mended; None for whoever is not of the staff."""
    actor = current.actor
    if not reads_application(actor, application):
        return None
    rows = db.session.execute(
        select(Mark, Account.name)
        .join(Account, Account.id == Mark.account_id)
        .where(Mark.application_id == application.id)
        .where(sight_of(Mark, actor))
        .order_by(Mark.id)
    )
    marks = [(row[0], row[1]) for row in rows]
    mine = next((mark for mark, _name in marks if mark.account_id == actor.account_id), None)
    others = [(mark, name) for mark, name in marks if mark is not mine and (mark.mark or mark.note)]
    kind = db.session.get_one(Programme, application.programme_id).kind
    can = [state for state in TEMPLATES if may_follow(kind, application.state, state)]
    # Back to eligible after a decision is its undo, and no new one.
    following = [state for state in can if state != "eligible" or application.state not in DECIDED]
    decides = decides_application(actor, application)
    return ForStaff(
        decides=decides, marks_it=helps_application(actor, application),
        following=following, undo=application.state in TEMPLATES and not told(application), mine=mine, others=others,
        decision=decision or DecisionForm.of(), note=note or MarkForm.of(note=mine.note if mine else ""),
    )  # fmt: skip
