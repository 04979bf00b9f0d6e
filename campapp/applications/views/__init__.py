"""The pages of applications, by noun."""

from flask import Blueprint

from campapp.applications.views import application, draft, entry, file, submission, withdrawal

bp = Blueprint("applications", __name__)
for part in (entry, draft, file, submission, withdrawal, application):
    bp.register_blueprint(part.bp)
