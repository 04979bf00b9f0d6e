"""The formal check: what was found and marked, and how it ended, in the same words for all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from campapp.applications.evidence import Evidence, evidence_of
from campapp.applications.looks import AUTOS, Verdict
from campapp.applications.models import Application, CheckMark, CheckResult
from campapp.core.current import ADMINISTRATOR, MEMBER, ORGANISER, current
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.language import say
from campapp.programmes.models import CheckItem


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
