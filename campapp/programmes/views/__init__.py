"""The pages of programmes, by noun."""

from flask import Blueprint

from campapp.programmes.views import notice, programme

bp = Blueprint("programmes", __name__)
for part in (programme, notice):
    bp.register_blueprint(part.bp)
