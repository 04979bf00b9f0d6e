"""The pages of parks of pretend, by noun."""

from flask import Blueprint, abort, current_app, request

from campapp.core.files import make_sure_of_room
from campapp.demo import history_words  # noqa: F401  # registers how its events read
from campapp.demo.views import clock, rehearsal, role

bp = Blueprint("demo", __name__)
for noun in (role, rehearsal, clock):
    bp.register_blueprint(noun.bp)


@bp.before_app_request
def keep_within() -> None:
    """Whoever has a rehearsal's address may write into its folder, but not fill the park's disk."""
    if not current_app.config["SETTINGS"].most_bytes or request.method not in {"POST", "PUT", "PATCH"}:
        return
    if "Transfer-Encoding" in request.headers:
        abort(411)  # how much will come is not said
    make_sure_of_room(request.content_length or 0)
