"""The pages of exchange, by noun."""

from flask import Blueprint

from campapp.exchange.views import archive, sheet, upload

bp = Blueprint("exchange", __name__)
for part in (upload, sheet, archive):
    bp.register_blueprint(part.bp)
