"""The pages of companies, by noun."""

from flask import Blueprint

from campapp.companies import belonging  # noqa: F401  # registers that a company may belong to an organisation
from campapp.companies.views import company, need, representative, technology

bp = Blueprint("companies", __name__)
for part in (company, need, technology, representative):
    bp.register_blueprint(part.bp)
