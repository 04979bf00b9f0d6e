"""The submission: received to the second, frozen, counted until the next one; withdrawn."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from campapp.applications.actions.consent import give_consent
from campapp.applications.actions.draft import newest_form
from campapp.applications.actions.own_consent import answer_for_myself
from campapp.applications.actions.receiving import draft_files, keep, numbered_by, receive, sent_already
from campapp.applications.grouping import chosen, objection, standings
from campapp.applications.models import Application, Submission
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
from campapp.core.db import db
from campapp.core.form import answers as kept
from campapp.core.language import lazy_gettext as _l
from campapp.core.outbox import tell
from campapp.pool.models import Snapshot
from campapp.programmes.models import Programme
from campapp.teams.models import Team


class Incomplete(Exception):
    """The entry still lacks something: field key → words."""

    def __init__(self, missing: dict[str, str]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


@action("application_submitted", rule=may_submit, first=numbered_by)
def submit(
    act: Act, application: Application, nonce: str, *, agreed: Iterable[str] = (),
    own: Collection[str] | None = None, own_asked: Iterable[str] = (),
) -> Submission:  # fmt: skip
    """Receive the draft as it stands. The same press twice (same nonce) is the same submission.

    What is due later, and files within the grace, may still be missing. `agreed`: the purposes ticked for the team,
    beside running the programme, which submitting asks for; `own`: what whoever submits answered for themselves.

    Raises:
        Incomplete: something required is missing or does not fit; the draft is kept.  Refused: too late.
    """
    known = sent_already(application, nonce)
    if known is not None:
        return known
    form, timing = newest_form(application.programme_id), timing_of(application)
    files = draft_files(application)
    lacking = lacks(form.document if form else {}, application.answers, set(files), timing)
    found = standings(application, form.document if form else {}, application.answers)
    if against := objection(application, found):
        lacking["group"] = against
    if lacking:
        raise Incomplete(lacking)
    mine = chosen(application, found)
    application.group_id = mine.group.id if mine else None
    submission = receive(act, application, form, files, nonce, extension=timing.extension)
    for purpose in ("running", *agreed):
        give_consent(application, purpose)
    if own is not None:
        answer_for_myself(application, own, own_asked)
    return submission


def lacks(
    document: dict[str, Any], answers: dict[str, Any], files: set[str], timing: Timing
) -> dict[str, str]:
    """What a submission still needs: field key → words."""
    later = timing.may_follow(document)
    return kept.missing(document, answers, files, later) | kept.misfits(document, answers)


@action("entry_supplemented", rule=may_supplement)
def supplement(act: Act, application: Application, nonce: str) -> Submission:
    """After the deadline: only what may follow joins the version that counts; all else stays as it was submitted.

    Raises:
        Incomplete: an answer that follows does not fit.  Refused: nothing can follow any more.
    """
    known = sent_already(application, nonce)
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
             "files": _with_late(frozen.get("files", {}), draft_files(application), late)}  # fmt: skip
    act.note(fields=sorted(late))
    submission = keep(act, application, entry, form, nonce)
    tell(db.session.get_one(Team, application.team_id), "applications/supplemented", application,
         number=submission.number)  # fmt: skip
    return submission


def _with_late(before: dict[str, Any], now: dict[str, Any], late: Collection[str]) -> dict[str, Any]:
    return {key: one for key, one in before.items() if key not in late} | {
        key: one for key, one in now.items() if key in late
    }


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


@action("application_taken_in", rule=helps_application, first=numbered_by)
def take_in(act: Act, application: Application) -> Submission:
    """An entry that the organiser collected outside campapp counts as submitted, whatever the form asks."""
    application.collected_outside = True
    files = draft_files(application)
    return receive(act, application, None, files, f"import-{application.id}", quiet=True)
