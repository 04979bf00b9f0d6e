"""The pages of matching, by noun."""

from flask import Blueprint

from campapp.matching import words  # noqa: F401  # how its events read
from campapp.matching.views import answer, call, match, matching, preference, release, run, verification

bp = Blueprint("matching", __name__)
for part in (match, answer, matching, run, release, call, preference, verification):
    bp.register_blueprint(part.bp)
