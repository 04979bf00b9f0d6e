"""The pages of programmes, by noun."""

from flask import Blueprint

from campapp.programmes.views import programme

bp = Blueprint("programmes", __name__)
for part in (programme,):
    bp.register_blueprint(part.bp)
