"""The pages of companies, by noun."""

from flask import Blueprint

from campapp.companies import belonging, history  # noqa: F401  # they register what is said of a company
from campapp.companies.views import company, need, representative, technology

bp = Blueprint("companies", __name__)
for part in (company, need, technology, representative):
    bp.register_blueprint(part.bp)
