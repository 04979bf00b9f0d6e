"""The pages of dues, by noun."""

from flask import Blueprint

from campapp.dues import history  # noqa: F401  # registers how its events read
from campapp.dues.views import board, file, follow_up, picture, sheet, unlocking, upload

bp = Blueprint("dues", __name__)
for part in (board, follow_up, sheet, file, picture, upload, unlocking):
    bp.register_blueprint(part.bp)
