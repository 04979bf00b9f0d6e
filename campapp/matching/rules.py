"""Who may do what with a match, and who sees which."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, false, or_, select, true

from campapp.applications.models import Application
from campapp.core.access import Verdict, rule, sees
from campapp.core.current import ADMINISTRATOR, MEMBER, ORGANISER, REPRESENTATIVE, Actor
from campapp.core.db import db
from campapp.matching.models import Call, Match, PairRule, Preference, PrivateNote, Release, Response
from campapp.matching.states import SHOWN_TO_COMPANY, SHOWN_TO_TEAM
from campapp.programmes.models import Participation
from campapp.programmes.rules import helps_with, manages_row, participations_of, reads_row
from campapp.runs.models import Run

reads_match = reads_row(Match)
helps_match = helps_with(Match)
manages_match = manages_row(Match)
manages_run = manages_row(Run)
reads_run = reads_row(Run)


@rule
def company_side(actor: Actor, match: Match) -> Verdict:
    """A representative of the company, or an organiser who acts for it."""
    if actor.role != REPRESENTATIVE:
        return False
    return db.session.get_one(Participation, match.participation_id).company_id == actor.company_id


@rule
def team_side(actor: Actor, match: Match) -> Verdict:
    """A member of the team, or an organiser who acts for it."""
    if actor.role != MEMBER:
        return False
    return db.session.get_one(Application, match.application_id).team_id == actor.team_id


either_side = company_side | team_side


def own_application_ids(actor: Actor) -> ColumnElement[bool]:
    """Rows of the team's own applications, by their `application_id`."""
    return Match.application_id.in_(select(Application.id).where(Application.team_id == actor.team_id))


@sees(Match, ORGANISER)
def matches_of_own_programme(actor: Actor) -> ColumnElement[bool]:
    """All matches of the programme."""
    return Match.programme_id == actor.programme_id


@sees(Match, ADMINISTRATOR)
def every_match(_actor: Actor) -> ColumnElement[bool]:
    """All matches."""
    return true()


@sees(Match, REPRESENTATIVE)
def released_to_company(actor: Actor) -> ColumnElement[bool]:
    """The company's own, once released, as long as the team agrees to being passed on."""
    agreed = and_(Application.id == Match.application_id, Application.companies_agreed_at.is_not(None))
    return and_(
        Match.participation_id.in_(participations_of(actor.company_id)),
        Match.state.in_(SHOWN_TO_COMPANY),
        select(Application.id).where(agreed).correlate(Match).exists(),
    )


@sees(Match, MEMBER)
def accepted_for_team(actor: Actor) -> ColumnElement[bool]:
    """The team's own, once the company has accepted; and those it answered itself."""
    answered = select(Response.match_id).where(Response.side == "team", Response.how != "ranked")
    return and_(own_application_ids(actor), or_(Match.state.in_(SHOWN_TO_TEAM), Match.id.in_(answered)))


@sees(PrivateNote, MEMBER)
def notes_of_own_team(actor: Actor) -> ColumnElement[bool]:
    """What the team noted for itself beside its no; not while somebody acts for it."""
    own = select(Match.id).where(own_application_ids(actor))
    return _in_person(actor, and_(PrivateNote.side == "team", PrivateNote.match_id.in_(own)))


@sees(PrivateNote, REPRESENTATIVE)
def notes_of_own_company(actor: Actor) -> ColumnElement[bool]:
    """What the company noted for itself beside its no; not while somebody acts for it."""
    own = select(Match.id).where(Match.participation_id.in_(participations_of(actor.company_id)))
    return _in_person(actor, and_(PrivateNote.side == "company", PrivateNote.match_id.in_(own)))


def _in_person(actor: Actor, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return condition if actor.acting_for is None else false()


@sees(Preference, MEMBER)
def own_preferences_of_team(actor: Actor) -> ColumnElement[bool]:
    """What the team ranks."""
    own = select(Application.id).where(Application.team_id == actor.team_id)
    return and_(Preference.side == "team", Preference.application_id.in_(own))


@sees(Preference, REPRESENTATIVE)
def own_preferences_of_company(actor: Actor) -> ColumnElement[bool]:
    """What the company ranks."""
    return and_(
        Preference.side == "company", Preference.participation_id.in_(participations_of(actor.company_id))
    )


@sees(Preference, ORGANISER)
def preferences_of_own_programme(actor: Actor) -> ColumnElement[bool]:
    """Both sides' rankings in the programme."""
    return Preference.programme_id == actor.programme_id


@sees(PairRule, ORGANISER)
def pair_rules_of_own_programme(actor: Actor) -> ColumnElement[bool]:
    """What is pinned and forbidden in the programme."""
    return PairRule.programme_id == actor.programme_id


@sees(Release, ORGANISER)
def releases_of_own_programme(actor: Actor) -> ColumnElement[bool]:
    """The programme's releases."""
    return Release.programme_id == actor.programme_id


@sees(Call, ORGANISER)
def calls_of_own_programme(actor: Actor) -> ColumnElement[bool]:
    """The programme's call list."""
    return Call.programme_id == actor.programme_id


@sees(Run, ORGANISER)
def runs_of_own_programme(actor: Actor) -> ColumnElement[bool]:
    """The programme's runs, with both files."""
    return Run.programme_id == actor.programme_id


@sees(Preference, ADMINISTRATOR)
def every_preference(_actor: Actor) -> ColumnElement[bool]:
    """All preferences."""
    return true()


@sees(PairRule, ADMINISTRATOR)
def every_pair_rule(_actor: Actor) -> ColumnElement[bool]:
    """All."""
    return true()


@sees(Release, ADMINISTRATOR)
def every_release(_actor: Actor) -> ColumnElement[bool]:
    """All."""
    return true()


@sees(Call, ADMINISTRATOR)
def every_call(_actor: Actor) -> ColumnElement[bool]:
    """All."""
    return true()


@sees(Run, ADMINISTRATOR)
def every_run(_actor: Actor) -> ColumnElement[bool]:
    """All runs."""
    return true()
