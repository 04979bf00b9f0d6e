"""Who may do what with the timetable, and who sees which meetings."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, select, true

from campapp.applications.models import Application
from campapp.core.access import Verdict, rule, sees
from campapp.core.current import ADMINISTRATOR, MEMBER, ORGANISER, REPRESENTATIVE, Actor
from campapp.core.db import db
from campapp.programmes.models import Participation
from campapp.programmes.rules import helps_with, manages_row, participations_of, reads_row
from campapp.scheduling.models import Attendance, FeedLink, Meeting, Move, Placement, Publication, Seat

reads_meeting = reads_row(Meeting)
helps_meeting = helps_with(Meeting)
manages_meeting = manages_row(Meeting)


@rule
def sits_in(actor: Actor, meeting: Meeting) -> Verdict:
    """One of the meeting's two sides."""
    if actor.role == REPRESENTATIVE:
        return db.session.get_one(Participation, meeting.participation_id).company_id == actor.company_id
    if actor.role == MEMBER:
        return db.session.get_one(Application, meeting.application_id).team_id == actor.team_id
    return False


@rule
def company_of_meeting(actor: Actor, meeting: Meeting) -> Verdict:
    """A representative of the meeting's company."""
    return actor.role == REPRESENTATIVE and sits_in(actor, meeting)


def published() -> ColumnElement[bool]:
    """Meetings that stand in a publication: nobody outside the staff sees the draft."""
    return Meeting.id.in_(select(Placement.meeting_id))


@sees(Meeting, ORGANISER)
def meetings_of_own_programme(actor: Actor) -> ColumnElement[bool]:
    """All meetings of the programme, the draft included."""
    return Meeting.programme_id == actor.programme_id


@sees(Meeting, REPRESENTATIVE)
def meetings_of_company(actor: Actor) -> ColumnElement[bool]:
    """The company's own, once published."""
    return and_(Meeting.participation_id.in_(participations_of(actor.company_id)), published())


@sees(Meeting, MEMBER)
def meetings_of_team(actor: Actor) -> ColumnElement[bool]:
    """The team's own, once published."""
    own = select(Application.id).where(Application.team_id == actor.team_id)
    return and_(Meeting.application_id.in_(own), published())


@sees(Meeting, ADMINISTRATOR)
def every_meeting(_actor: Actor) -> ColumnElement[bool]:
    """All meetings."""
    return true()


@sees(Placement, MEMBER, REPRESENTATIVE)
def placements_of_own_meetings(actor: Actor) -> ColumnElement[bool]:
    """Where the own meetings were published to stand."""
    sight = meetings_of_team if actor.role == MEMBER else meetings_of_company
    return Placement.meeting_id.in_(select(Meeting.id).where(sight(actor)))


@sees(Placement, ORGANISER)
def placements_of_own_programme(actor: Actor) -> ColumnElement[bool]:
    """All published placements of the programme."""
    mine = select(Publication.id).where(Publication.programme_id == actor.programme_id)
    return Placement.publication_id.in_(mine)


@sees(Seat, MEMBER, REPRESENTATIVE, ORGANISER)
def seats_of_seen_meetings(actor: Actor) -> ColumnElement[bool]:
    """Who of the company sits in the meetings that are seen."""
    by_role = {
        MEMBER: meetings_of_team,
        REPRESENTATIVE: meetings_of_company,
        ORGANISER: meetings_of_own_programme,
    }
    return Seat.meeting_id.in_(select(Meeting.id).where(by_role[actor.role](actor)))


@sees(Publication, ORGANISER)
def publications_of_own_programme(actor: Actor) -> ColumnElement[bool]:
    """The programme's published versions."""
    return Publication.programme_id == actor.programme_id


@sees(Move, ORGANISER)
def moves_of_own_programme(actor: Actor) -> ColumnElement[bool]:
    """Changes on the programme's board."""
    return Move.programme_id == actor.programme_id


@sees(Attendance, ORGANISER)
def attendance_of_own_programme(actor: Actor) -> ColumnElement[bool]:
    """Who arrived."""
    return Attendance.programme_id == actor.programme_id


@sees(FeedLink, MEMBER, REPRESENTATIVE, ORGANISER, ADMINISTRATOR)
def own_feed_links(actor: Actor) -> ColumnElement[bool]:
    """The person's own calendar links."""
    return FeedLink.account_id == actor.account_id


@sees(Publication, ADMINISTRATOR)
def every_publication(_actor: Actor) -> ColumnElement[bool]:
    """All."""
    return true()


@sees(Placement, ADMINISTRATOR)
def every_placement(_actor: Actor) -> ColumnElement[bool]:
    """All."""
    return true()


@sees(Seat, ADMINISTRATOR)
def every_seat(_actor: Actor) -> ColumnElement[bool]:
    """All."""
    return true()


@sees(Move, ADMINISTRATOR)
def every_move(_actor: Actor) -> ColumnElement[bool]:
    """All."""
    return true()


@sees(Attendance, ADMINISTRATOR)
def every_attendance(_actor: Actor) -> ColumnElement[bool]:
    """All."""
    return true()
