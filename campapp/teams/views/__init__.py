"""The pages of teams, by noun."""

from flask import Blueprint

from campapp.teams import belonging  # noqa: F401  # registers that a team may belong to an organisation
from campapp.teams.views import member, team

bp = Blueprint("teams", __name__)
for part in (team, member):
    bp.register_blueprint(part.bp)
