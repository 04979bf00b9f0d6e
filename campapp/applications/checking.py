"""The formal check: what is found out by itself, what people marked, and how it ended, in the same words for all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select

from campapp.applications.conditions import Case, others_of_organisation
from campapp.applications.grouping import case_of, standings
from campapp.applications.models import Application, CheckMark, CheckResult, Submission
from campapp.applications.reading import answered_by
from campapp.applications.timing import timing_of
from campapp.core import clock
from campapp.core.current import ADMINISTRATOR, MEMBER, ORGANISER, current
from campapp.core.db import db
from campapp.core.form import answers as kept
from campapp.core.form.asked import Declared, all_fields, asked, words
from campapp.core.language import gettext as _
from campapp.core.language import lazy_gettext as _l
from campapp.core.language import say
from campapp.core.text.names import visible_differences
from campapp.pool.models import Snapshot
from campapp.programmes.models import CheckItem, Programme
from campapp.teams.models import Team

Verdict = tuple[bool, str] | None
"""Whether it is well, and if not why; None where only a person, or time, can tell."""


@dataclass(frozen=True)
class Evidence:
    """What of a submission a look by itself may read."""

    application: Application
    submission: Submission
    document: Declared
    frozen: dict[str, Any]

    @property
    def answers(self) -> dict[str, Any]:
        """As they were submitted."""
        found: dict[str, Any] = self.frozen.get("answers", {})
        return found

    @property
    def files(self) -> set[str]:
        """The fields that have a file."""
        return set(self.frozen.get("files", {}))

    @property
    def case(self) -> Case:
        """As conditions read it, for the staff."""
        return case_of(self.application, self.document, self.answers, staff=True)

    def asked(self, *kinds: str) -> list[Declared]:
        """The fields of these kinds that were asked."""
        live = asked(self.document, self.answers)
        return [
            field for field in all_fields(self.document) if field["kind"] in kinds and field["key"] in live
        ]


def _in_time(evidence: Evidence) -> Verdict:
    programme = db.session.get_one(Programme, evidence.application.programme_id)
    first = db.session.execute(
        select(Submission.received_at, Submission.allowance_id)
        .where(Submission.application_id == evidence.application.id)
        .order_by(Submission.number)
        .limit(1)
    ).one()
    good = not programme.is_late(first[0]) or first[1] is not None
    return good, "" if good else _("It came in after the deadline.")


def _answers(evidence: Evidence) -> Verdict:
    files = {field["key"] for field in all_fields(evidence.document) if field["kind"] in {"file", "letter"}}
    lacking = kept.missing(evidence.document, evidence.answers, files) | kept.misfits(
        evidence.document, evidence.answers
    )
    return not lacking, " ".join(lacking.values())


def _files(evidence: Evidence) -> Verdict:
    return _given(evidence, "file")


def _letter(evidence: Evidence) -> Verdict:
    return _given(evidence, "letter")


def _given(evidence: Evidence, kind: str) -> Verdict:
    lacking = [f for f in evidence.asked(kind) if f.get("required") and f["key"] not in evidence.files]
    if lacking:
        due, now = timing_of(evidence.application).may_follow(evidence.document), clock.now()
        if all(field["key"] in due and due[field["key"]] >= now for field in lacking):
            return None
    return not lacking, _(
        "Not given: %(files)s.", files=", ".join(words(f, "label") for f in lacking)
    ) if lacking else ""


def _code(evidence: Evidence) -> Verdict:
    case, wanted = evidence.case, evidence.asked("credit")
    code = case.profile("credit_code") or next((evidence.answers.get(f["key"]) for f in wanted), None)
    if not wanted and case.organisation is None:
        return True, ""
    return bool(code), "" if code else _("There is no valid credit code.")


def _group(evidence: Evidence) -> Verdict:
    found = standings(evidence.application, evidence.document, evidence.answers, staff=True)
    mine = next((one for one in found if one.group.id == evidence.application.group_id), None)
    if not found:
        return True, ""
    if mine is None:
        return False, _("It is in no group.")
    return mine.state in {"fits", "exception"}, "; ".join(
        f"{mine.title}: {one.words}" for one in mine.against
    )


def _duplicates(evidence: Evidence) -> Verdict:
    mine = evidence.application
    named = select(Team.name_key).where(Team.id == mine.team_id).scalar_subquery()
    like = select(Application).where(
        Application.programme_id == mine.programme_id, Application.id != mine.id,
        or_(Application.project_id == mine.project_id,
            Application.team_id.in_(select(Team.id).where(Team.name_key == named))),
        Application.submitted_at.is_not(None), Application.state != "withdrawn",
    )  # fmt: skip
    found = db.session.scalars(like.order_by(Application.id)).all()
    same = [
        *others_of_organisation(evidence.case),
        *(row for row in found if row.project_id == mine.project_id),
    ]
    rows = {row.id: row for row in same}
    said = [_("The same organisation or project stands in %(numbers)s.",
              numbers=", ".join(sorted(row.number or "" for row in rows.values())))] if rows else []  # fmt: skip
    said += [
        _("%(number)s bears the same name: %(theirs)s beside %(mine)s.", number=row.number or "",
          theirs=visible_differences(row.team_name), mine=visible_differences(mine.team_name))
        for row in found if row.id not in rows
    ]  # fmt: skip
    return not said, " ".join(said)


@dataclass(frozen=True)
class Auto:
    """A look that the check takes by itself."""

    label: Any
    look: Callable[[Evidence], Verdict]


AUTOS: dict[str, Auto] = {
    "in_time": Auto(_l("Received in time"), _in_time),
    "answers": Auto(_l("Every required answer is there"), _answers),
    "files": Auto(_l("Every required file is there"), _files),
    "letter": Auto(_l("The stamped letter is there"), _letter),
    "code": Auto(_l("The credit code is valid"), _code),
    "group": Auto(_l("The group's conditions are met"), _group),
    "duplicates": Auto(_l("No second entry of the organisation, project or name"), _duplicates),
}
STANDARD = (
    ("在截止时间前提交", "Submitted in time", "in_time"),
    ("必填内容完整", "All required answers are there", "answers"),
    ("附件齐全", "All files are there", "files"),
    ("承诺书已签字或盖章", "The commitment letter is signed or stamped", "letter"),
    ("统一社会信用代码有效", "The credit code is valid", "code"),
    ("符合组别条件", "It meets the conditions of its group", "group"),
    ("同一单位或项目未重复报名", "No second entry of the same organisation or project", "duplicates"),
    ("内容真实合规，属于本活动范围", "The matter is lawful and within the programme's scope", ""),
)
"""A list to begin from."""


# ------------------------------------------------------------------------------------------------ as it stands
@dataclass(frozen=True)
class Line:
    """One item of one entry: what a look by itself says, and what somebody marked."""

    item: CheckItem
    found: Verdict
    mark: CheckMark | None
    current: bool

    @property
    def verdict(self) -> str:
        """`passed`, `failed`, or empty while a person must still look."""
        if self.mark is not None and self.current:
            return self.mark.verdict
        return "" if self.found is None else "passed" if self.found[0] else "failed"

    @property
    def reason(self) -> str:
        """Why it failed, in the reader's words where a look by itself found it."""
        if self.mark is not None and self.current:
            return self.mark.reason
        return "" if self.found is None else self.found[1]


def evidence_of(application: Application) -> Evidence:
    """The submission that counts, as it was frozen."""
    submission = db.session.get_one(Submission, application.submission_id)
    frozen = db.session.get_one(Snapshot, submission.snapshot_id).document
    return Evidence(application, submission, answered_by(submission) or {"sections": []}, frozen)


def items_of(programme_id: int) -> list[CheckItem]:
    """The list of a programme's check, in order."""
    mine = select(CheckItem).where(CheckItem.programme_id == programme_id, CheckItem.position >= 0)
    return list(db.session.scalars(mine.order_by(CheckItem.position, CheckItem.id)))


def lines_of(application: Application, evidence: Evidence | None = None) -> list[Line]:
    """Every item with what is known of it."""
    evidence = evidence or evidence_of(application)
    marks = {
        row.item_id: row
        for row in db.session.scalars(select(CheckMark).where(CheckMark.application_id == application.id))
    }
    found = []
    for item in items_of(application.programme_id):
        mark = marks.get(item.id)
        look = AUTOS[item.auto].look(evidence) if item.auto in AUTOS else None
        found.append(
            Line(item, look, mark, mark is not None and mark.submission_id == evidence.submission.id)
        )
    return found


# ------------------------------------------------------------------------------------------------ as it ended
def last_result(application_id: int) -> CheckResult | None:
    """How the last check ended."""
    mine = select(CheckResult).where(
        CheckResult.application_id == application_id, CheckResult.undone_at.is_(None)
    )
    return db.session.scalars(mine.order_by(CheckResult.id.desc()).limit(1)).first()


def times_returned(application_id: int) -> int:
    """How often it was sent back by a check."""
    return (
        db.session.scalar(
            select(func.count()).where(
                CheckResult.application_id == application_id, CheckResult.verdict == "returned",
                CheckResult.undone_at.is_(None),
            )
        )
        or 0
    )  # fmt: skip


class Said:
    """A result's item, so that `say` finds its two languages."""

    def __init__(self, item: dict[str, Any]) -> None:
        self.title_zh, self.title_en = item.get("title_zh", ""), item.get("title_en", "")
        self.reason_zh, self.reason_en = item.get("reason_zh", ""), item.get("reason_en", "")


def items_in_words(result: CheckResult) -> list[tuple[str, str, str]]:
    """(title, verdict, reason) of each item: the one source for team, staff, mail and objector."""
    return [(say(Said(i), "title"), i["verdict"], say(Said(i), "reason")) for i in result.items]


def why(result: CheckResult) -> str:
    """The failed items with their reasons, one a line."""
    failed = [(title, reason) for title, verdict, reason in items_in_words(result) if verdict == "failed"]
    return "\n".join(_("%(item)s: %(reason)s", item=title, reason=reason) for title, reason in failed)


def why_decided(application: Application, written: str) -> str:
    """Why it was returned or refused: the items of the check in the reader's language, else what was written."""
    result = last_result(application.id)
    return why(result) if result is not None and result.verdict == application.state else written


def checked_items(result: CheckResult | None) -> list[tuple[str, str, str]]:
    """How the check ended, for the application's own page; companies do not read it."""
    readers = {MEMBER, ORGANISER, ADMINISTRATOR}
    return items_in_words(result) if result is not None and current.actor.role in readers else []
