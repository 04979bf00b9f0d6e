"""The pages of organisations."""

from __future__ import annotations

from flask import Blueprint

from campapp.organisations import history  # noqa: F401  # registers how its events read
from campapp.organisations.views import belonging, licence, merger, organisation

bp = Blueprint("organisations", __name__)
for noun in (organisation, licence, merger, belonging):
    bp.register_blueprint(noun.bp)
