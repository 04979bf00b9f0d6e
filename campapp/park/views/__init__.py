"""The pages of the park."""

from __future__ import annotations

from flask import Blueprint

from campapp.park import history  # noqa: F401  # registers how its events read
from campapp.park.views import audit, health, logo, my_data, retention, settings, setup, special_days

bp = Blueprint("park", __name__)
for noun in (audit, health, logo, my_data, retention, settings, setup, special_days):
    bp.register_blueprint(noun.bp)
