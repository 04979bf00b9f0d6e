"""The entry form of a programme as its organiser composes it, by noun."""

from flask import Blueprint

from campapp.applications.views.form import builder, field, file, section, template, use
from campapp.applications.views.form.owner import serve

bp = Blueprint("form", __name__)
for part in (builder, field, section, template, file, use):
    bp.register_blueprint(part.bp)
serve(bp)
