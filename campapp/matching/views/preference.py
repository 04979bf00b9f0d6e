"""Preferences: a company ranks the teams that it is shown, a team ranks companies by their needs."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request, url_for
from sqlalchemy import select

from campapp.applications.models import Application
from campapp.core.access import find
from campapp.core.current import MEMBER, current
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.states import NotAllowed
from campapp.core.text import numbers
from campapp.core.web import guarded_by, page, to
from campapp.matching import ranking
from campapp.matching.actions.preference import rank_companies, rank_teams
from campapp.matching.views.match import reviews
from campapp.programmes.models import Participation, Programme

bp = Blueprint("preference", __name__)


@bp.get("/preferences")
@guarded_by(reviews)
def index() -> Response:
    """The one camp where there is something to rank, else a choice."""
    places = ranking.places()
    endpoint = ".show_team" if current.actor.role == MEMBER else ".show_company"
    if len(places) == 1:
        return to(endpoint, id=places[0][0])
    return page("matching/preference/index.html", places=places, endpoint=f"matching.preference{endpoint}")


def _wanted(standing: ranking.Ranking) -> list[str]:
    """What the form asks for, of those that can be ranked."""
    form, known = request.form, {partner.id for partner in (*standing.ranked, *standing.others)}
    order = ranking.arranged(
        form.getlist("order"), form.get("add", ""), form.get("remove", ""), form.get("move", "")
    )
    return [one for one in order if one in known]


def _seen() -> list[str] | None:
    """The order that the page showed."""
    given = request.form.get("seen")
    return None if given is None else [one for one in given.split(",") if one]


def _page(programme_id: int, standing: ranking.Ranking, action: str, side: str, **more: Any) -> Response:
    return page("matching/preference/show.html", programme=db.session.get_one(Programme, programme_id),
                standing=standing, action=action, side=side, **more)  # fmt: skip


def _company_page(row: Participation, **more: Any) -> Response:
    return _page(row.programme_id, ranking.teams_for(row), url_for(".update_company", id=row.id), "company",
                 shown=row.teams_shown_at is not None, **more)  # fmt: skip


def _team_page(row: Application, **more: Any) -> Response:
    return _page(row.programme_id, ranking.companies_for(row), url_for(".update_team", id=row.id), "team",
                 shown=True, **more)  # fmt: skip


@bp.get("/participations/<int:id>/preferences")
@guarded_by(rank_teams)
def show_company(id: int) -> Response:
    """The company's ranking of teams."""
    return _company_page(find(Participation, id))


@bp.post("/participations/<int:id>/preferences")
@guarded_by(rank_teams)
def update_company(id: int) -> Response:
    """Rank teams."""
    row = find(Participation, id)
    wanted, seen = [int(one) for one in _wanted(ranking.teams_for(row))], _seen()
    rows = {one.id: one for one in db.session.scalars(select(Application).where(Application.id.in_(wanted)))}
    shown = None if seen is None else [one for one in map(numbers.key, seen) if one]
    try:
        rank_teams(row, [rows[one] for one in wanted], seen=shown)
    except NotAllowed:
        return _company_page(find(Participation, id), late=True, status=409)
    return to(".show_company", id=id, done=_("Your order is kept."))


@bp.get("/applications/<int:id>/preferences")
@guarded_by(rank_companies)
def show_team(id: int) -> Response:
    """The team's ranking of companies."""
    return _team_page(find(Application, id))


@bp.post("/applications/<int:id>/preferences")
@guarded_by(rank_companies)
def update_team(id: int) -> Response:
    """Rank companies."""
    row = find(Application, id)
    wanted, seen = _wanted(ranking.companies_for(row)), _seen()
    shown = None if seen is None else [ranking.wish_of(one) for one in seen]
    try:
        rank_companies(row, ranking.rows_of(wanted), seen=shown)
    except NotAllowed:
        return _team_page(find(Application, id), late=True, status=409)
    return to(".show_team", id=id, done=_("Your order is kept."))
