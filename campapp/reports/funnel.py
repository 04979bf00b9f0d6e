"""From registrations to outcomes: how many of what, for one programme or several at once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, or_, select

from campapp.applications.lists import WORDS
from campapp.applications.models import Application
from campapp.applications.states import DECISIONS, ELIGIBLE, TAKEN
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.web import rooted
from campapp.matching.models import Match
from campapp.matching.states import ANSWERED
from campapp.outcomes.models import Outcome
from campapp.programmes.models import Programme


@dataclass
class Counts:
    """What stands in one programme: its applications, matches and outcomes by state."""

    meets: bool = True
    """Whether meetings are held in it, and so count."""
    drafts: int = 0
    applications: Counter[str] = field(default_factory=Counter)
    """Submitted at least once, by state."""
    matches: Counter[str] = field(default_factory=Counter)
    outcomes: int = 0
    agreed: int = 0
    """Outcomes that somebody beside their reporter has confirmed here."""

    def steps(self) -> list[tuple[str, int]]:
        """Each step with its number."""
        submitted = sum(self.applications.values())
        confirmed = sum(self.matches[state] for state in ANSWERED)
        meetings = [("confirmed", confirmed), ("held", self.matches["held"])]
        return [
            ("begun", submitted + self.drafts), ("submitted", submitted),
            ("eligible", sum(self.applications[state] for state in ELIGIBLE)),
            ("taken", sum(self.applications[state] for state in TAKEN)), *(meetings if self.meets else ()),
            ("outcome", self.outcomes), ("agreed", self.agreed),
        ]  # fmt: skip


def counted(programmes: Sequence[int]) -> dict[int, Counts]:
    """The counts of several programmes, in three statements."""
    found: dict[int, Counts] = defaultdict(Counts)
    submitted = Application.submitted_at.is_not(None)
    rows = select(Application.programme_id, Application.state, submitted, func.count()).where(
        Application.programme_id.in_(programmes)
    )
    for programme, state, was_submitted, n in db.session.execute(
        rows.group_by(Application.programme_id, Application.state, submitted)
    ):
        if was_submitted:
            found[programme].applications[state] += n
        elif state == "draft":
            found[programme].drafts += n
    pairs = select(Match.programme_id, Match.state, func.count()).where(Match.programme_id.in_(programmes))
    for programme, state, n in db.session.execute(pairs.group_by(Match.programme_id, Match.state)):
        found[programme].matches[state] += n
    agreed = func.count().filter(Outcome.confirmed_side != "", Outcome.from_sheet.is_(False))
    came = select(Outcome.programme_id, func.count(), agreed).where(Outcome.programme_id.in_(programmes))
    for owner, n, confirmed in db.session.execute(came.group_by(Outcome.programme_id)):
        if owner is not None:
            found[owner].outcomes, found[owner].agreed = n, confirmed
    return found


def edition_before(programme: Programme) -> Programme | None:
    """The one it was copied from, else the latest of its kind that ended before it began; one with entries."""
    entered = select(Application.programme_id).where(Application.submitted_at.is_not(None))
    earlier = select(Programme).where(
        Programme.kind == programme.kind, Programme.id != programme.id, Programme.id.in_(entered),
        or_(
            Programme.id == (programme.copied_from_id or 0),
            (Programme.last_day < programme.first_day) & Programme.state.in_(("published", "archived")),
        ),
    )  # fmt: skip
    order = (Programme.id == (programme.copied_from_id or 0)).desc(), Programme.last_day.desc()
    return db.session.scalars(earlier.order_by(*order).limit(1)).one_or_none()


def stages(programme: Programme, last: Programme | None) -> list[dict[str, Any]]:
    """The funnel's rows: label, value, last edition's, what share was kept, why the rest stopped, the rows behind."""
    found = counted([programme.id, *([last.id] if last else [])])
    now = found[programme.id]
    for counts in found.values():
        counts.meets = programme.meets
    was = dict(found[last.id].steps()) if last else {}
    why, rows, before = _why(now), [], 0
    for step, value in now.steps():
        share = before and step not in {"begun", "confirmed", "outcome"}
        rows.append({
            "label": _label(programme, step), "value": value, "was": was.get(step), "why": why.get(step, ""),
            "kept": f"{round(100 * value / before)}%" if share else "", "url": _url(programme, step),
        })  # fmt: skip
        before = value
    return rows


def _label(programme: Programme, step: str) -> str:
    return {
        "begun": _("Registrations begun"), "submitted": _("Submitted"), "eligible": _("Eligible"),
        "taken": str(WORDS[DECISIONS[programme.kind][0]]), "confirmed": _("Meetings confirmed by both"),
        "held": _("Meetings held"),
        "outcome": _("Outcomes reported"), "agreed": _("Outcomes confirmed"),
    }[step]  # fmt: skip


def _url(programme: Programme, step: str) -> str:
    decisions = DECISIONS[programme.kind]
    states = {"submitted": "", "eligible": ",".join(("eligible", *decisions)), "taken": decisions[0]}
    if step in states:
        query = f"?state={states[step].replace(' ', '+')}" if states[step] else ""
        return rooted(f"/programmes/{programme.slug}/applications{query}")
    return rooted({
        "confirmed": f"/programmes/{programme.slug}/board", "held": f"/programmes/{programme.slug}/attendance",
        "outcome": "/outcomes", "agreed": "/outcomes?standing=both,evidence",
    }.get(step, ""))  # fmt: skip


def _why(now: Counts) -> dict[str, str]:
    """Where the others are, in words."""
    states, matches = now.applications, now.matches
    parts = {
        "submitted": [(now.drafts, _("still a draft"))],
        "eligible": [
            (states["submitted"], _("waits for the check")), (states["returned"], _("returned")),
            (states["ineligible"], _("not eligible")), (states["withdrawn"], _("withdrawn")),
        ],
        "taken": [
            (states["eligible"], _("not decided")), (states["waitlisted"], _("waitlisted")),
            (states["not accepted"], _("not accepted")), (states["not promoted"], _("not promoted")),
        ],
        "held": [
            (matches["no-show"], _("nobody came")), (matches["confirmed"], _("without a place")),
            (matches["scheduled"], _("to come, or nothing said yet")),
        ],
        "agreed": [(now.outcomes - now.agreed, _("not confirmed"))],
    }  # fmt: skip
    return {step: _(", ").join(f"{n} {word}" for n, word in found if n) for step, found in parts.items()}
