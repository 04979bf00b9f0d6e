"""The pages of the timetable, by noun."""

from flask import Blueprint

from campapp.scheduling.views import agenda, arrival, attendance, board, feed, place, publication, run

bp = Blueprint("scheduling", __name__)
for part in (board, place, run, publication, agenda, feed, attendance, arrival):
    bp.register_blueprint(part.bp)
