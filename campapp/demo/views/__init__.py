"""The pages of parks of pretend, by noun."""

from flask import Blueprint

from campapp.demo import history_words  # noqa: F401  # registers how its events read
from campapp.demo.views import clock, rehearsal, role

bp = Blueprint("demo", __name__)
for noun in (role, rehearsal, clock):
    bp.register_blueprint(noun.bp)
