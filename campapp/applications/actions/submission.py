"""The submission: received to the second, frozen, counted until the next one; withdrawn."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from campapp.applications.actions.consent import give_consent
from campapp.applications.actions.draft import newest_form, refresh_names
from campapp.applications.grouping import chosen, objection, standings
from campapp.applications.models import Allowance, Answer, Application, EntryFile, Submission
from campapp.applications.rules import (
    captain_of_application,
    helps_application,
    may_submit,
    may_supplement,
    may_withdraw,
)
from campapp.applications.states import APPLICATION
from campapp.applications.timing import Timing, timing_of
from campapp.core.access import Verdict, rule
from campapp.core.action import Act, action
from campapp.core.current import Actor
from campapp.core.db import LOCK, db
from campapp.core.files import StoredFile
from campapp.core.form import answers as kept
from campapp.core.form.asked import kept as kept_answers
from campapp.core.language import lazy_gettext as _l
from campapp.core.outbox import tell
from campapp.pool import actions as pool
from campapp.pool.models import Project, Snapshot
from campapp.programmes.models import EntryForm, Programme
from campapp.teams.models import Member, Team

Files = dict[str, list[dict[str, Any]]]


class Incomplete(Exception):
    """The entry still lacks something: field key → words."""

    def __init__(self, missing: dict[str, str]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


@action("application_submitted", rule=may_submit)
def submit(act: Act, application: Application, nonce: str, *, agreed: Iterable[str] = ()) -> Submission:
    """Receive the draft as it stands. The same press twice (same nonce) is the same submission.

    What is due later, and files within the grace, may still be missing. `agreed`: the purposes ticked, beside
    running the programme, which submitting asks for.

    Raises:
        Incomplete: something required is missing or does not fit; the draft is kept.  Refused: too late.
    """
    known = _sent_already(application, nonce)
    if known is not None:
        return known
    form, timing = newest_form(application.programme_id), timing_of(application)
    files = given_files(application)
    lacking = lacks(form.document if form else {}, application.answers, set(files), timing)
    found = standings(application, form.document if form else {}, application.answers)
    if against := objection(application, found):
        lacking["group"] = against
    if lacking:
        raise Incomplete(lacking)
    mine = chosen(application, found)
    application.group_id = mine.group.id if mine else None
    submission = _receive(act, application, form, files, nonce, extension=timing.extension)
    for purpose in ("running", *agreed):
        give_consent(application, purpose)
    return submission


def lacks(
    document: dict[str, Any], answers: dict[str, Any], files: set[str], timing: Timing
) -> dict[str, str]:
    """What a submission still needs: field key → words."""
    later = timing.may_follow(document)
    return kept.missing(document, answers, files, later) | kept.misfits(document, answers)


def _sent_already(application: Application, nonce: str) -> Submission | None:
    return db.session.scalars(
        select(Submission).where(Submission.application_id == application.id, Submission.nonce == nonce)
    ).one_or_none()


def _receive(
    act: Act, application: Application, form: EntryForm | None, files: Files, nonce: str, *, quiet: bool = False,
    extension: Allowance | None = None,
) -> Submission:  # fmt: skip
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
    submission = _keep(act, application, entry, form, nonce)
    if extension is not None and timing_is_late(application, act.at):
        submission.allowance_id = extension.id
        act.note(extension=extension.id)
    if not quiet:
        tell(team, "applications/receipt", application, number=submission.number)
    return submission


def timing_is_late(application: Application, at: datetime) -> bool:
    """Whether the call itself has closed, so that only an extension lets the entry in."""
    return db.session.get_one(Programme, application.programme_id).is_late(at)


def _keep(
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


@action("entry_supplemented", rule=may_supplement)
def supplement(act: Act, application: Application, nonce: str) -> Submission:
    """After the deadline: only what may follow joins the version that counts; all else stays as it was submitted.

    Raises:
        Incomplete: an answer that follows does not fit.  Refused: nothing can follow any more.
    """
    known = _sent_already(application, nonce)
    if known is not None:
        return known
    form = newest_form(application.programme_id)
    document = form.document if form else {}
    late = timing_of(application).open_late(document, act.at)
    before = db.session.get_one(Submission, application.submission_id)
    frozen = db.session.get_one(Snapshot, before.snapshot_id).document
    answers = _with_late(frozen.get("answers", {}), application.answers, late)
    wrong = {key: words for key, words in kept.misfits(document, answers).items() if key in late}
    if wrong:
        raise Incomplete(wrong)
    entry = {**frozen, "answers": answers, "form": form.number if form else None,
             "files": _with_late(frozen.get("files", {}), given_files(application), late)}  # fmt: skip
    act.note(fields=sorted(late))
    submission = _keep(act, application, entry, form, nonce)
    tell(db.session.get_one(Team, application.team_id), "applications/supplemented", application,
         number=submission.number)  # fmt: skip
    return submission


def _with_late(before: dict[str, Any], now: dict[str, Any], late: Collection[str]) -> dict[str, Any]:
    return {key: one for key, one in before.items() if key not in late} | {
        key: one for key, one in now.items() if key in late
    }


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


def given_files(application: Application) -> Files:
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
    """The next entry number; the programme's row is locked, so that two never share one."""
    db.session.get(Programme, programme_id, with_for_update=LOCK, populate_existing=True)
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


@rule
def not_decided(_actor: Actor, application: Application) -> Verdict:
    """Still only submitted, so that it can be taken back."""
    return application.state == "submitted" or str(_l("The organiser has begun to check this application."))


may_take_back = captain_of_application & not_decided & may_submit


@action("submission_taken_back", rule=may_take_back)
def take_back(act: Act, application: Application) -> None:
    """Before the deadline: the application is a draft again; nothing counts until it is submitted anew."""
    APPLICATION.move(application, "draft", at=act.at)
    submission = db.session.get_one(Submission, application.submission_id)
    submission.withdrawn_at = act.at
    application.submission_id, application.submitted_at = None, None


@action("application_withdrawn", rule=may_withdraw)
def withdraw(act: Act, application: Application, reason: str = "") -> None:
    """The team steps out (退赛 after the deadline). Its matches and meetings go, and those concerned are told."""
    before = application.state
    APPLICATION.move(application, "withdrawn", at=act.at)
    application.decided_reason = reason
    act.because(reason)
    act.note(before=before)
    act.about(db.session.get_one(Programme, application.programme_id))


@action("application_taken_in", rule=helps_application)
def take_in(act: Act, application: Application) -> Submission:
    """An entry that the organiser collected outside campapp counts as submitted, whatever the form asks."""
    application.collected_outside = True
    return _receive(act, application, None, {}, f"import-{application.id}", quiet=True)
