"""The pages of programmes, by noun."""

from flask import Blueprint

from campapp.programmes.views import (
    absence,
    agenda,
    company,
    copying,
    deadline,
    non_disclosure,
    notice,
    overview,
    participation,
    programme,
    publication,
    room,
    session,
    slot,
    staff,
    table,
    zone,
)

bp = Blueprint("programmes", __name__)
for part in (
    programme, overview, publication, copying, deadline, zone, agenda, slot, table, room, session, company,
    participation,
    absence, non_disclosure, staff, notice,
):  # fmt: skip
    bp.register_blueprint(part.bp)
