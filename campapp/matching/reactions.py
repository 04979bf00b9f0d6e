"""What matching does when lower rooms' things happen."""

from __future__ import annotations

from sqlalchemy import select

from campapp.applications.models import Application
from campapp.companies.models import Company
from campapp.core.db import db
from campapp.core.events import Act
from campapp.core.outbox import tell
from campapp.matching.actions.release import cancel
from campapp.matching.models import Match
from campapp.matching.states import MATCH, SHOWN_TO_COMPANY
from campapp.programmes.models import Participation
from campapp.teams.models import Team


def void_matches_of_application(act: Act) -> None:
    """An application is withdrawn or no longer accepted: its matches go, and the companies that saw them are told."""
    if act.row.state != "accepted":
        _void(act)


def void_matches_without_consent(act: Act) -> None:
    """A team no longer agrees to being passed to companies: its matches go, and their companies are told."""
    if act.row.companies_agreed_at is None and act.event.details.get("purpose") == "companies":
        _void(act)


def _void(act: Act) -> None:
    for match in db.session.scalars(
        select(Match).where(Match.application_id == act.row.id).order_by(Match.id)
    ):
        seen = match.state in SHOWN_TO_COMPANY
        if not MATCH.allows(match.state, "cancelled"):
            continue
        cancel(match, act.event.reason)
        if seen:
            company = db.session.get_one(Participation, match.participation_id).company_id
            tell(db.session.get_one(Company, company), "matching/team_withdrew", match)


def void_matches_of_participation(act: Act) -> None:
    """A company steps back: its matches go, and the teams that knew of them are told."""
    for match in db.session.scalars(
        select(Match).where(Match.participation_id == act.row.id).order_by(Match.id)
    ):
        known = match.state in {"accepted by company", "confirmed", "scheduled"}
        if not MATCH.allows(match.state, "cancelled"):
            continue
        cancel(match, act.event.reason)
        if known:
            team = db.session.get_one(Application, match.application_id).team_id
            tell(db.session.get_one(Team, team), "matching/company_withdrew", match)
