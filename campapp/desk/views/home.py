"""The first page: each role's next thing to do; for visitors the park's programmes."""

from __future__ import annotations

from flask import Blueprint, Response

from campapp.core.current import ADMINISTRATOR, MEMBER, ORGANISER, REPRESENTATIVE, current
from campapp.core.web import page, public
from campapp.desk import queries
from campapp.programmes.queries import front

bp = Blueprint("home", __name__)


@bp.get("/")
@public
def show() -> Response:
    """Whoever comes sees what is next for them."""
    role = current.actor.role
    if role == MEMBER:
        return page("desk/team.html", **queries.news(), **queries.for_team())
    if role == REPRESENTATIVE:
        return page("desk/company.html", **queries.news(), **queries.for_company())
    if role == ORGANISER:
        return page("desk/organiser.html", **queries.news(), **queries.for_organiser())
    if role == ADMINISTRATOR:
        return page("desk/administrator.html", **queries.news(), **front())
    return page("desk/front.html", **front())
