"""The pages of exchange, by noun."""

from flask import Blueprint

from campapp.exchange import history  # noqa: F401  # registers how its events read
from campapp.exchange.views import archive, package, sheet, upload

bp = Blueprint("exchange", __name__)
for part in (upload, sheet, archive, package):
    bp.register_blueprint(part.bp)
