"""The pages of teams, by noun."""

from flask import Blueprint

from campapp.teams import belonging, history  # noqa: F401  # they register what is said of a team
from campapp.teams.views import member, team

bp = Blueprint("teams", __name__)
for part in (team, member):
    bp.register_blueprint(part.bp)
