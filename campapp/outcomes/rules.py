"""Who may do what with an outcome, and who sees which."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select, true

from campapp.core.access import Verdict, hides, rule, sees, sight_of
from campapp.core.current import ADMINISTRATOR, MEMBER, ORGANISER, REPRESENTATIVE, Actor
from campapp.core.files import StoredFile
from campapp.core.language import lazy_gettext as _l
from campapp.outcomes.models import MeetingReport, Milestone, Outcome
from campapp.programmes.rules import level_in
from campapp.scheduling.models import Meeting
from campapp.scheduling.rules import meetings_of_company, meetings_of_team


@rule
def side_of(actor: Actor, outcome: Outcome) -> Verdict:
    """A member of the team, or a representative of the company."""
    if actor.role == MEMBER:
        return actor.team_id == outcome.team_id
    return actor.role == REPRESENTATIVE and actor.company_id == outcome.company_id


@rule
def other_side(actor: Actor, outcome: Outcome) -> Verdict:
    """A side that did not report it: either of the two where the organiser wrote it down."""
    mine = {MEMBER: "team", REPRESENTATIVE: "company"}.get(actor.role, "")
    return bool(mine) and mine != outcome.reporter and side_of(actor, outcome)


@rule
def organises_outcome(actor: Actor, outcome: Outcome) -> Verdict:
    """Owner or manager of the programme it came of."""
    return level_in(actor, outcome.programme_id or 0) in {"owner", "manager"}


@rule
def reported_by_a_side(_actor: Actor, outcome: Outcome) -> Verdict:
    """The organiser never confirms what the organiser wrote down."""
    if outcome.reporter != "organiser":
        return True
    return str(_l("You wrote this down yourselves: one of the two sides confirms it."))


may_confirm = other_side | (organises_outcome & reported_by_a_side)
may_change = side_of | organises_outcome


@sees(Outcome, MEMBER)
def outcomes_of_team(actor: Actor) -> ColumnElement[bool]:
    """The team's own."""
    return Outcome.team_id == actor.team_id


@sees(Outcome, REPRESENTATIVE)
def outcomes_of_company(actor: Actor) -> ColumnElement[bool]:
    """The company's own."""
    return Outcome.company_id == actor.company_id


@sees(Outcome, ORGANISER)
def outcomes_of_programme(actor: Actor) -> ColumnElement[bool]:
    """What came of the programme."""
    return Outcome.programme_id == actor.programme_id


@sees(Outcome, ADMINISTRATOR)
def every_outcome(_actor: Actor) -> ColumnElement[bool]:
    """All outcomes."""
    return true()


@sees(Milestone, MEMBER, REPRESENTATIVE, ORGANISER, ADMINISTRATOR)
def milestones_of_seen(actor: Actor) -> ColumnElement[bool]:
    """The follow-ups of outcomes that are seen."""
    return Milestone.outcome_id.in_(select(Outcome.id).where(sight_of(Outcome, actor)))


@sees(MeetingReport, MEMBER, REPRESENTATIVE)
def reports_of_own_meetings(actor: Actor) -> ColumnElement[bool]:
    """Both sides' reports of the own meetings; the other side's private note is hidden."""
    sight = meetings_of_team if actor.role == MEMBER else meetings_of_company
    return MeetingReport.meeting_id.in_(select(Meeting.id).where(sight(actor)))


@sees(MeetingReport, ORGANISER)
def reports_of_programme(actor: Actor) -> ColumnElement[bool]:
    """Reports of the programme's meetings; private notes are hidden."""
    mine = select(Meeting.id).where(Meeting.programme_id == actor.programme_id)
    return MeetingReport.meeting_id.in_(mine)


@sees(MeetingReport, ADMINISTRATOR)
def every_report(_actor: Actor) -> ColumnElement[bool]:
    """All; private notes are hidden."""
    return true()


@sees(StoredFile, MEMBER, REPRESENTATIVE, ORGANISER, ADMINISTRATOR)
def evidence_of_seen_outcomes(actor: Actor) -> ColumnElement[bool]:
    """The evidence of outcomes that are seen."""
    return StoredFile.id.in_(select(Outcome.evidence_file_id).where(sight_of(Outcome, actor)))


@hides(MeetingReport)
def private_note_of_others(actor: Actor, row: MeetingReport) -> tuple[str, ...]:
    """The private note is for the side that wrote it; also an organiser who acts for it does not read it."""
    mine = {MEMBER: "team", REPRESENTATIVE: "company"}.get(actor.role)
    return () if mine == row.side and actor.acting_for is None else ("private_note",)


@hides(MeetingReport)
def interest_of_the_other_side(actor: Actor, row: MeetingReport) -> tuple[str, ...]:
    """Interest is said to the organiser: the other side does not read it, so that it can be honest."""
    mine = {MEMBER: "team", REPRESENTATIVE: "company"}.get(actor.role)
    return ("interest",) if mine is not None and mine != row.side else ()
