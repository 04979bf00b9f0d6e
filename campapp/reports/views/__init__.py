"""The pages of reports, by noun."""

from flask import Blueprint

from campapp.reports.views import impact, issue, paper, programme

bp = Blueprint("reports", __name__)
for part in (programme, impact, issue, paper):
    bp.register_blueprint(part.bp)
