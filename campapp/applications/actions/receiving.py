"""How an entry is received: numbered, frozen, its files counted, its answers typed for lists. Inside an action."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from campapp.applications.actions.draft import refresh_names
from campapp.applications.models import Allowance, Answer, Application, EntryFile, Submission
from campapp.applications.states import APPLICATION
from campapp.core.action import Act
from campapp.core.db import db
from campapp.core.files import StoredFile
from campapp.core.form import answers as kept
from campapp.core.form.asked import kept as kept_answers
from campapp.core.outbox import tell
from campapp.pool import actions as pool
from campapp.pool.models import Project
from campapp.programmes.models import EntryForm, Programme
from campapp.teams.models import Member, Team

Files = dict[str, list[dict[str, Any]]]
"""By field: name, SHA-256 and bytes of each file."""


def sent_already(application: Application, nonce: str) -> Submission | None:
    """The submission of the same press, if it came before."""
    return db.session.scalars(
        select(Submission).where(Submission.application_id == application.id, Submission.nonce == nonce)
    ).one_or_none()


def numbered_by(application: Application) -> Programme | None:
    """The programme, whose row counts the numbers, where the entry has none yet."""
    return None if application.number else db.session.get_one(Programme, application.programme_id)


def receive(
    act: Act, application: Application, form: EntryForm | None, files: Files, nonce: str, *, quiet: bool = False,
    extension: Allowance | None = None,
) -> Submission:  # fmt: skip
    """Take an entry in as a submission: numbered at the first, frozen, with its receipt unless `quiet`."""
    team = db.session.get_one(Team, application.team_id)
    project = db.session.get_one(Project, application.project_id)
    refresh_names(application, team, project)
    answers = kept_answers(form.document, application.answers) if form else application.answers
    entry = {"team": {"name": team.name, "members": team_members(team)}, "answers": answers, "files": files,
             "form": form.number if form else None, "track": application.track_id,
             "group": application.group_id}  # fmt: skip
    if application.state in {"draft", "returned"}:
        APPLICATION.move(application, "submitted", at=act.at)
    application.respond_by = None
    application.submitted_at, application.form_id = act.at, form.id if form else None
    application.number = application.number or _next_number(application.programme_id)
    project.pooled_at = project.pooled_at or act.at
    submission = keep(act, application, entry, form, nonce)
    if extension is not None and _came_late(application, act.at):
        submission.allowance_id = extension.id
        act.note(extension=extension.id)
    if not quiet:
        tell(team, "applications/receipt", application, number=submission.number)
    return submission


def _came_late(application: Application, at: datetime) -> bool:
    """Whether the call itself has closed, so that only an extension lets the entry in."""
    return db.session.get_one(Programme, application.programme_id).is_late(at)


def keep(
    act: Act, application: Application, entry: dict[str, Any], form: EntryForm | None, nonce: str
) -> Submission:
    """Freeze an entry as the version that counts from now on."""
    project = db.session.get_one(Project, application.project_id)
    snapshot = pool.freeze(project, entry)
    count = db.session.scalar(select(func.count()).where(Submission.application_id == application.id)) or 0
    submission = Submission(
        application_id=application.id, number=count + 1, snapshot_id=snapshot.id, form_id=form.id if form else None,
        received_at=act.at, account_id=act.by.account_id, by_name=act.by.name, nonce=nonce,
    )  # fmt: skip
    db.session.add(submission)
    db.session.flush()
    application.submission_id = submission.id
    _count_files(application, entry["files"])
    _type_answers(application, form, entry["answers"])
    act.about(db.session.get_one(Programme, application.programme_id), project,
              db.session.get_one(Team, application.team_id))  # fmt: skip
    act.note(number=submission.number, sha256=snapshot.sha256)
    return submission


def _count_files(application: Application, files: Files) -> None:
    """Mark the rows that the frozen entry names: one for each, the one that stands in the draft where there is."""
    wanted = {(key, file["sha256"]) for key, given in files.items() for file in given}
    rows = db.session.execute(
        select(EntryFile, StoredFile.sha256)
        .join(StoredFile, StoredFile.id == EntryFile.file_id)
        .where(EntryFile.application_id == application.id)
        .order_by(EntryFile.removed_at.is_not(None), EntryFile.id.desc())
    )
    for row, sha256 in rows:
        row.counts = (row.key, sha256) in wanted
        wanted.discard((row.key, sha256))


def team_members(team: Team) -> list[dict[str, object]]:
    """The people of a team, as an entry names them."""
    rows = db.session.scalars(
        select(Member).where(Member.team_id == team.id, Member.left_at.is_(None)).order_by(Member.id)
    )
    return [
        {
            "name": m.name,
            "title": m.title,
            "captain": m.captain,
            "contact": m.contact,
            "presenter": m.presenter,
        }
        for m in rows
    ]


def draft_files(application: Application) -> Files:
    """The files that stand in the draft, by field."""
    rows = db.session.execute(
        select(EntryFile.key, StoredFile.name, StoredFile.sha256, StoredFile.size)
        .join(StoredFile, StoredFile.id == EntryFile.file_id)
        .where(EntryFile.application_id == application.id, EntryFile.removed_at.is_(None))
        .order_by(EntryFile.id)
    )
    found: Files = {}
    for key, name, sha256, size in rows:
        found.setdefault(key, []).append({"name": name, "sha256": sha256, "size": size})
    return found


def _next_number(programme_id: int) -> str:
    """The next entry number; the programme's row is locked already, so that two never share one."""
    taken = select(func.count()).where(
        Application.programme_id == programme_id, Application.number.is_not(None)
    )
    return f"A-{(db.session.scalar(taken) or 0) + 1:04d}"


def _type_answers(application: Application, form: EntryForm | None, answers: dict[str, Any]) -> None:
    """Write the filterable answers as typed rows, in place of the last submission's."""
    have = {
        row.key: row
        for row in db.session.scalars(select(Answer).where(Answer.application_id == application.id))
    }
    for typed in kept.typed(form.document if form else {}, answers):
        row = have.pop(typed.key, None)
        if row is None:
            row = Answer(application_id=application.id, key=typed.key)
            db.session.add(row)
        row.text, row.number, row.day = typed.text, typed.number, typed.day
    for row in have.values():
        db.session.delete(row)
