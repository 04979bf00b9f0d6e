"""What the formal check finds out by itself, a look for each thing; and the list to begin from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select

from campapp.applications.evidence import Evidence
from campapp.applications.facts import others_of_organisation
from campapp.applications.grouping import standings
from campapp.applications.models import Application, Submission
from campapp.applications.timing import timing_of
from campapp.core import clock
from campapp.core.db import db
from campapp.core.form import answers as kept
from campapp.core.form.asked import all_fields, words
from campapp.core.language import gettext as _
from campapp.core.language import lazy_gettext as _l
from campapp.core.text.names import visible_differences
from campapp.programmes.models import Programme
from campapp.teams.models import Team

Verdict = tuple[bool, str] | None
"""Whether it is well, and if not why; None where only a person, or time, can tell."""


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
    if not evidence.by_form:
        return None
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
    if not evidence.by_form:
        return None
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
        return (True, "") if evidence.by_form else None
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
