"""Reads of matches beyond one row by its key."""

from __future__ import annotations

from dataclasses import dataclass

from campapp.applications.models import Application
from campapp.companies.models import Company
from campapp.core.db import db
from campapp.matching.models import Match
from campapp.programmes.models import Participation, Programme


@dataclass(frozen=True)
class Names:
    """Who a match brings together, and where."""

    team: str
    project: str
    company: str
    programme: Programme


def names_of(match: Match) -> Names:
    """A match's two sides and its programme, for mails."""
    application = db.session.get_one(Application, match.application_id)
    participation = db.session.get_one(Participation, match.participation_id)
    company = db.session.get_one(Company, participation.company_id)
    programme = db.session.get_one(Programme, match.programme_id)
    return Names(application.team_name, application.project_title, company.name, programme)
