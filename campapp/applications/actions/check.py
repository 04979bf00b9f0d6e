"""The formal check: items marked by whoever looks, the whole ended once, with every reason."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from campapp.applications.actions.decision import decide
from campapp.applications.checking import Line, lines_of, times_returned, why
from campapp.applications.models import Application, CheckMark, CheckResult
from campapp.applications.rules import decides_application, helps_application
from campapp.core.access import Refused, Verdict, rule
from campapp.core.action import Act, action
from campapp.core.current import Actor
from campapp.core.db import db
from campapp.core.events import Stale
from campapp.core.language import LOCALES, speaking
from campapp.core.language import lazy_gettext as _l
from campapp.programmes.models import CheckItem
from campapp.teams.models import Team

ENDS = ("eligible", "returned", "ineligible")


@rule
def waits_for_check(_actor: Actor, application: Application) -> Verdict:
    """Submitted, and not decided yet."""
    return application.state == "submitted" or str(_l("This entry does not wait for its formal check."))


@action("check_marked", rule=helps_application & waits_for_check)
def mark_item(
    act: Act, application: Application, item: CheckItem, verdict: str, reason: str = "", *, seen: int | None = None
) -> CheckMark:  # fmt: skip
    """Passed, or failed with a reason. `seen`: the version of the mark that the checker looked at, 0 for none.

    Raises:
        Stale: a colleague marked this very item meanwhile, otherwise.  Refused: failed without a reason.
    """
    if verdict not in {"passed", "failed"} or item.programme_id != application.programme_id:
        raise Refused("check_marked", str(_l("Choose passed or failed.")))
    if verdict == "failed" and not reason:
        raise Refused("check_marked", str(_l("Say why it failed; the team reads it.")))
    row = db.session.scalars(
        select(CheckMark).where(CheckMark.application_id == application.id, CheckMark.item_id == item.id)
    ).one_or_none()
    if (
        row is not None
        and seen is not None
        and row.version != seen
        and (row.verdict, row.reason) != (verdict, reason)
    ):
        raise Stale(row, seen)
    if row is None:
        row = CheckMark(
            application_id=application.id, item_id=item.id, submission_id=application.submission_id or 0,
            verdict=verdict, marked_at=act.at,
        )  # fmt: skip
        db.session.add(row)
    row.submission_id, row.verdict, row.reason = application.submission_id or 0, verdict, reason
    row.account_id, row.name, row.marked_at = act.by.account_id, act.by.name, act.at
    act.note(item=item.id, verdict=verdict)
    return row


@action("check_ended", rule=decides_application & waits_for_check)
def end_check(
    act: Act, application: Application, verdict: str, *, respond_by: datetime | None = None,
    not_before: datetime | None = None,
) -> CheckResult:  # fmt: skip
    """Eligible when every item passed; else returned, once, or not eligible, with every reason together.

    Raises:
        Refused: an item is still open, or the verdict does not follow from the items.
    """
    lines = lines_of(application)
    _follows(application, lines, verdict)
    result = CheckResult(
        application_id=application.id, submission_id=application.submission_id or 0, verdict=verdict,
        items=_frozen(application), respond_by=respond_by if verdict == "returned" else None,
    )  # fmt: skip
    db.session.add(result)
    db.session.flush()
    team = db.session.get_one(Team, application.team_id)
    with speaking(team.locale):
        reason = why(result)
    decide(application, verdict, reason=reason, not_before=not_before)
    application.respond_by = result.respond_by
    act.note(verdict=verdict, failed=sum(line.verdict == "failed" for line in lines))
    return result


def _follows(application: Application, lines: list[Line], verdict: str) -> None:
    failed, open_ = [x for x in lines if x.verdict == "failed"], [x for x in lines if not x.verdict]
    problem: Any = None
    if verdict not in ENDS or not lines:
        problem = _l("Set up the checklist first.")
    elif open_:
        problem = _l("Some items are not looked at yet. All reasons go out together.")
    elif verdict == "eligible" and failed:
        problem = _l("An item failed: return the entry, or refuse it.")
    elif verdict != "eligible" and not failed:
        problem = _l("Every item passed: nothing speaks against the entry.")
    elif any(not line.reason for line in failed):
        problem = _l("Say why it failed; the team reads it.")
    elif verdict == "returned" and times_returned(application.id):
        problem = _l("It was returned once already. Decide now.")
    if problem is not None:
        raise Refused("check_ended", str(problem))


def _frozen(application: Application) -> list[dict[str, Any]]:
    """Every item as it stands, with reasons found by a look in both languages."""
    spoken: dict[str, list[Line]] = {}
    for locale in LOCALES:
        with speaking(locale):
            spoken[locale] = lines_of(application)
    return [
        {"title_zh": zh.item.title_zh, "title_en": zh.item.title_en, "verdict": zh.verdict,
         "reason_zh": zh.reason if zh.verdict == "failed" else "",
         "reason_en": en.reason if en.verdict == "failed" else ""}
        for zh, en in zip(spoken["zh_CN"], spoken["en"], strict=True)
    ]  # fmt: skip
