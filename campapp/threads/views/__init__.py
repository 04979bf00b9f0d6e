"""The pages of threads, by noun."""

from flask import Blueprint

from campapp.threads import history  # noqa: F401  # registers how its events read
from campapp.threads.views import about, call, post, public_answer, staff, thread

bp = Blueprint("threads", __name__)
for part in (thread, call, about, post, public_answer, staff):
    bp.register_blueprint(part.bp)
