"""An outcome: reported by one side, confirmed by the other, disputed, followed, closed."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from campapp.companies.models import Company
from campapp.core import files
from campapp.core.access import Refused, Rule, Verdict, rule
from campapp.core.action import Act, action
from campapp.core.current import MEMBER, ORGANISER, REPRESENTATIVE, Actor
from campapp.core.db import db
from campapp.core.files import StoredFile
from campapp.core.language import lazy_gettext as _l
from campapp.core.outbox import tell
from campapp.outcomes.models import Milestone, Outcome
from campapp.outcomes.rules import may_change, may_confirm, organises_outcome, other_side
from campapp.outcomes.states import OUTCOME
from campapp.pool import actions as pool
from campapp.pool.models import Project
from campapp.teams.models import Team

TYPES = (
    "letter of intent", "pilot", "demonstration application", "settlement", "contract", "investment", "licence",
    "award",
)  # fmt: skip


@rule
def may_report(actor: Actor, project: Project) -> Verdict:
    """The team that builds it, a company (for its own), an organiser, an administrator."""
    if actor.role == MEMBER:
        return actor.team_id == project.team_id
    return actor.role in {REPRESENTATIVE, ORGANISER, "administrator"}


def reporting_side(actor: Actor) -> str:
    """Which side an actor reports for."""
    return {MEMBER: "team", REPRESENTATIVE: "company"}.get(actor.role, "organiser")


@action("outcome_reported", rule=may_report)
def report_outcome(
    act: Act, /, project: Project, *, type: str, day: date, company: Company | None = None,  # noqa: A002  # the vocabulary's word
    evidence: StoredFile | None = None, **values: Any,
) -> Outcome:  # fmt: skip
    """Something came of it, as one side says. The other side is asked to confirm."""
    side = reporting_side(act.by)
    outcome = Outcome(
        state="reported", type=type, project_id=project.id, team_id=project.team_id, day=day, reported_side=side,
        company_id=company.id if company else None, **values,
    )  # fmt: skip
    if evidence is not None:
        outcome.evidence_file_id = files.add(evidence).id
    db.session.add(outcome)
    db.session.flush()
    act.about(project)
    pool.note(project, "outcome", type, outcome)
    _ask_the_others(outcome)
    return outcome


def _ask_the_others(outcome: Outcome) -> None:
    """Whoever did not say it is asked to confirm it."""
    if outcome.reported_side != "team":
        tell(db.session.get_one(Team, outcome.team_id), "outcomes/to_confirm", outcome)
    if outcome.reported_side != "company" and outcome.company_id is not None:
        tell(db.session.get_one(Company, outcome.company_id), "outcomes/to_confirm", outcome)


@rule
def has_evidence(actor: Actor, outcome: Outcome) -> Verdict:
    """An organiser confirms for one side on evidence only."""
    if other_side(actor, outcome):
        return True
    if outcome.evidence_file_id is not None or outcome.evidence_link:
        return True
    return str(_l("Without evidence only the other side can confirm this."))


confirming: Rule = may_confirm & has_evidence


@action("outcome_confirmed", rule=confirming)
def confirm_outcome(act: Act, outcome: Outcome, *, version: int | None = None) -> None:
    """The other side says so too; or the organiser, on evidence, for one side."""
    act.expect(version)
    _leave_the_sheet(act, outcome)
    OUTCOME.move(outcome, "confirmed", at=act.at)
    outcome.confirmed_side = "organiser" if not other_side(act.by, outcome) else reporting_side(act.by)
    outcome.confirmed_at, outcome.dispute = act.at, ""
    act.about(db.session.get_one(Project, outcome.project_id))


def _leave_the_sheet(act: Act, outcome: Outcome) -> None:
    """What an imported sheet claims gives way to what is said here; what is left is that it was written down."""
    if outcome.from_sheet:
        if outcome.state not in {"reported", "disputed"}:
            OUTCOME.move(outcome, "reported", at=act.at)
        outcome.reported_side, outcome.from_sheet = "organiser", False
        outcome.confirmed_side, outcome.confirmed_at = "", None


@action("confirmation_taken_back", rule=may_confirm)
def take_back_confirmation(act: Act, outcome: Outcome) -> None:
    """A slip of the finger: it waits for its confirmation again. Only whoever confirmed takes it back."""
    if outcome.confirmed_side != reporting_side(act.by):
        raise Refused("confirmation_taken_back")
    OUTCOME.move(outcome, "reported", at=act.at)
    outcome.confirmed_side, outcome.confirmed_at = "", None


@action("outcome_disputed", rule=may_confirm)
def dispute_outcome(act: Act, outcome: Outcome, reason: str) -> None:
    """The other side sees it differently; whoever reported it is told why, the organiser looks into it."""
    _leave_the_sheet(act, outcome)
    OUTCOME.move(outcome, "disputed", at=act.at)
    outcome.dispute = reason
    act.because(reason)
    if outcome.reported_side == "team":
        tell(db.session.get_one(Team, outcome.team_id), "outcomes/disputed", outcome)
    elif outcome.reported_side == "company" and outcome.company_id is not None:
        tell(db.session.get_one(Company, outcome.company_id), "outcomes/disputed", outcome)


@action("outcome_changed", rule=may_change)
def change_outcome(
    act: Act, /, outcome: Outcome, *, version: int | None = None, evidence: StoredFile | None = None, **values: Any
) -> None:  # fmt: skip
    """Other figures: whoever wrote them has reported it now, and the other side is asked anew."""
    act.expect(version)
    for name, value in values.items():
        setattr(outcome, name, value)
    if evidence is not None:
        outcome.evidence_file_id = files.add(evidence).id
    outcome.reported_side, outcome.from_sheet = reporting_side(act.by), False
    if outcome.state != "reported":
        OUTCOME.move(outcome, "reported", at=act.at)
    outcome.confirmed_side, outcome.confirmed_at, outcome.dispute = "", None, ""
    _ask_the_others(outcome)


@action("outcome_followed", rule=organises_outcome)
def follow_outcome(act: Act, outcome: Outcome, due: date) -> Milestone:
    """Look again on a day."""
    if outcome.state == "confirmed":
        OUTCOME.move(outcome, "followed", at=act.at)
    outcome.follow_on = due
    row = Milestone(outcome_id=outcome.id, due=due)
    db.session.add(row)
    return row


@action("milestone_checked", rule=organises_outcome)
def check_milestone(
    act: Act, outcome: Outcome, milestone: Milestone, figures: dict[str, Any], note: str = ""
) -> None:
    """What it looked like on that day."""
    milestone.done_at, milestone.figures, milestone.note = act.at, figures, note
    later = select(Milestone.due).where(Milestone.outcome_id == outcome.id, Milestone.done_at.is_(None))
    outcome.follow_on = min((due for due in db.session.scalars(later) if due != milestone.due), default=None)


@action("outcome_closed", rule=organises_outcome)
def close_outcome(act: Act, outcome: Outcome, reason: str = "") -> None:
    """Nothing more is expected of it."""
    OUTCOME.move(outcome, "closed", at=act.at)
    act.because(reason)
