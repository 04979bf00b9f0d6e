"""The pages of programmes, by noun."""

from flask import Blueprint

from campapp.programmes import belonging, history  # noqa: F401  # they register what is said of a programme
from campapp.programmes.views import (
    absence,
    agenda,
    company,
    copying,
    deadline,
    faq,
    non_disclosure,
    notice,
    notice_file,
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
    notice_file, faq,
):  # fmt: skip
    bp.register_blueprint(part.bp)
