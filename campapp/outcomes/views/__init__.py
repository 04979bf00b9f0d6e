"""The pages of meeting reports and outcomes, by noun."""

from flask import Blueprint

from campapp.outcomes.views import evidence, outcome, report, slip, verdict

bp = Blueprint("outcomes", __name__)
for part in (outcome, verdict, evidence, report, slip):
    bp.register_blueprint(part.bp)
