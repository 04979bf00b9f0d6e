"""The pages of the desk."""

from flask import Blueprint

from campapp.desk.views import home, search

bp = Blueprint("desk", __name__)
for part in (home, search):
    bp.register_blueprint(part.bp)
