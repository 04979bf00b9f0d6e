"""A person's own agenda: now, next, everything; and who of the company sits where."""

from __future__ import annotations

from flask import Blueprint, Response, request

from campapp.companies.models import Representative
from campapp.core import clock
from campapp.core.access import find, signed_in, visible
from campapp.core.current import MEMBER, REPRESENTATIVE, current
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.text import numbers
from campapp.core.web import guarded_by, page, to
from campapp.programmes.models import Participation
from campapp.scheduling.actions.feed import link_of
from campapp.scheduling.actions.meeting import seat
from campapp.scheduling.models import Meeting, Seat
from campapp.scheduling.queries import agenda

bp = Blueprint("agenda", __name__)
SIDES = {MEMBER, REPRESENTATIVE}
"""Whoever sits in meetings; the staff sees all of them on the board."""


@bp.get("/me")
@guarded_by(signed_in)
def show() -> Response:
    """The published meetings of the role in use, in time order; cancelled ones are gone."""
    now = clock.now()
    lines = agenda(current.actor) if current.actor.role in SIDES else []
    coming = [line for line in lines if line.ends_at >= now]
    return page(
        "scheduling/agenda/show.html", lines=lines, now=now, next=coming[0] if coming else None,
        side="team" if current.actor.role == MEMBER else "company", feed=link_of(current.actor),
    )  # fmt: skip


@bp.get("/meetings/<int:id>/seats/edit")
@guarded_by(seat)
def edit(id: int) -> Response:
    """Who of the company sits in it."""
    meeting = find(Meeting, id)
    company_id = db.session.get_one(Participation, meeting.participation_id).company_id
    people = db.session.scalars(
        visible(Representative)
        .where(Representative.company_id == company_id, Representative.left_at.is_(None))
        .order_by(Representative.id)
    ).all()
    seated = set(
        db.session.scalars(
            visible(Seat).where(Seat.meeting_id == id).with_only_columns(Seat.representative_id)
        )
    )
    return page("scheduling/agenda/seats.html", meeting=meeting, people=people, seated=seated)


@bp.post("/meetings/<int:id>/seats")
@guarded_by(seat)
def update(id: int) -> Response:
    """Write it down."""
    meeting = find(Meeting, id)
    chosen = [find(Representative, key) for key in request.form.getlist("person") if numbers.key(key)]
    seat(meeting, chosen)
    return to(".show", done=_("Saved."))
