"""The results of a camp, taken in from its own export: matches, places on the board, outcomes."""

from __future__ import annotations

from sqlalchemy import select

from campapp.applications.models import Application
from campapp.companies.models import Company
from campapp.core.access import Verdict, rule
from campapp.core.action import Act, action
from campapp.core.current import SYSTEM, Actor, current
from campapp.core.db import db
from campapp.core.text.names import fold
from campapp.exchange.camp.plan import Plan
from campapp.exchange.camp.reading import Row
from campapp.matching.actions.answer import answer_for
from campapp.matching.actions.release import add_match, cancel, lapse, release
from campapp.matching.models import Match
from campapp.outcomes.models import Outcome
from campapp.programmes.models import Participation, Programme, Slot, Staff, Table
from campapp.programmes.rules import manages
from campapp.scheduling.actions.meeting import place, tell_how_it_went
from campapp.scheduling.models import Meeting
from campapp.teams.models import Team


@rule
def may_import_results(actor: Actor, programme: Programme) -> Verdict:
    """Who manages the programme, in whichever role they import it (it may have been made a moment ago)."""
    staff = select(Staff.id).where(
        Staff.programme_id == programme.id, Staff.account_id == actor.account_id, Staff.left_at.is_(None),
        Staff.level.in_(("owner", "manager")),
    )  # fmt: skip
    return manages(actor, programme) or db.session.scalars(staff).first() is not None


@action("results_imported", rule=may_import_results)
def take_in_results(act: Act, programme: Programme, plan: Plan) -> None:
    """Matches in their states, meetings at their places, outcomes; what stands already is left alone.

    An answer to a match is the organiser's for that side, and who confirmed an outcome is what the sheet says.
    """
    teams, companies = _by_name(programme)
    for name in ("matches", "schedule", "outcomes"):
        setattr(plan, name, [row for row in getattr(plan, name) if _stands(row, teams, companies)])
    with current.set(actor=SYSTEM):
        for row in plan.matches:
            _match(programme, row, teams[fold(row["team"])], companies[fold(row["company"])])
        db.session.flush()
        _places(act, programme, plan, teams, companies)
        for row in plan.outcomes:
            _outcome(programme, row, teams[fold(row["team"])])
        _ends(plan, teams, companies)
    act.note(matches=len(plan.matches), meetings=len(plan.schedule), outcomes=len(plan.outcomes))


def _by_name(programme: Programme) -> tuple[dict[str, Application], dict[str, Participation]]:
    teams = db.session.execute(
        select(Team.name_key, Application)
        .join(Application, Application.team_id == Team.id)
        .where(Application.programme_id == programme.id)
    )
    companies = db.session.execute(
        select(Company.name_key, Participation)
        .join(Participation, Participation.company_id == Company.id)
        .where(Participation.programme_id == programme.id)
    )
    return {row[0]: row[1] for row in teams}, {row[0]: row[1] for row in companies}


def _stands(row: Row, teams: dict[str, Application], companies: dict[str, Participation]) -> bool:
    """Whether both are in the camp: a row that was left out takes its results with it."""
    return fold(row["team"]) in teams and (not row["company"] or fold(row["company"]) in companies)


def _match(programme: Programme, row: Row, team: Application, company: Participation) -> None:
    known = select(Match.id).where(Match.application_id == team.id, Match.participation_id == company.id)
    if db.session.scalars(known.where(Match.state != "replaced")).first() is not None:
        return
    match = add_match(programme, team, company)
    match.score = row["score"]
    state = row["state"]
    if state == "proposed":
        return
    release(programme, [match])
    if state in {"accepted by company", "accepted by team"}:
        answer_for(match, state.removeprefix("accepted by "), "accepted", how="organiser")
    elif state == "declined":
        answer_for(match, "company", "declined", how="organiser")
    elif state == "lapsed":
        lapse(match)
    elif state == "cancelled":
        cancel(match)
    elif state != "released":
        answer_for(match, "company", "accepted", how="organiser")
        answer_for(match, "team", "accepted", how="organiser")


def _meeting(team: Application, company: Participation) -> Meeting | None:
    return db.session.scalars(
        select(Meeting).where(
            Meeting.application_id == team.id,
            Meeting.participation_id == company.id,
            Meeting.state != "cancelled",
        )
    ).one_or_none()


def _places(
    act: Act,
    programme: Programme,
    plan: Plan,
    teams: dict[str, Application],
    companies: dict[str, Participation],
) -> None:
    slots = {
        (s.day, s.start): s for s in db.session.scalars(select(Slot).where(Slot.programme_id == programme.id))
    }
    tables = {t.name: t for t in db.session.scalars(select(Table).where(Table.programme_id == programme.id))}
    for row in plan.schedule:
        meeting = _meeting(teams[fold(row["team"])], companies[fold(row["company"])])
        slot, table = slots.get((row["day"], row["start"])), tables.get(row["table"])
        if meeting is not None and slot is not None and table is not None and meeting.slot_id is None:
            place(act, meeting, slot.id, table.id)


def _ends(plan: Plan, teams: dict[str, Application], companies: dict[str, Participation]) -> None:
    for row in plan.matches:
        if row["state"] in {"held", "no-show"}:
            meeting = _meeting(teams[fold(row["team"])], companies[fold(row["company"])])
            if meeting is not None and meeting.state == "placed":
                tell_how_it_went(meeting, row["state"])


def _outcome(programme: Programme, row: Row, team: Application) -> None:
    company = db.session.scalars(
        select(Company).where(Company.name_key == fold(row["company"]))
    ).one_or_none()
    company_id = company.id if company else None
    known = select(Outcome.id).where(
        Outcome.programme_id == programme.id, Outcome.team_id == team.team_id, Outcome.company_id == company_id,
        Outcome.type == row["type"], Outcome.day == row["day"], Outcome.title == row["title"],
    )  # fmt: skip
    if db.session.scalars(known).first() is not None:
        return
    outcome = Outcome(
        state=row["state"], type=row["type"], programme_id=programme.id, project_id=team.project_id,
        team_id=team.team_id, company_id=company_id, day=row["day"], title=row["title"], currency=row["currency"],
        intended=row["intended"], signed=row["signed"], paid=row["paid"],
        reported_side=row["reported_by"], confirmed_side=row["confirmed_by"],
        from_sheet=True,
    )  # fmt: skip
    db.session.add(outcome)
