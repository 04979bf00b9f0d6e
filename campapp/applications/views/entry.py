"""The beginning of an entry: team, project, track; from here on everything is saved."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request, url_for
from sqlalchemy import select

from campapp.accounts.models import Account
from campapp.applications.actions.draft import begin_application
from campapp.applications.forms import BeginForm
from campapp.applications.models import Application
from campapp.core.access import anyone, find_by, visible
from campapp.core.action import bulk
from campapp.core.current import Membership, current
from campapp.core.db import db
from campapp.core.form.fields import choices
from campapp.core.language import say
from campapp.core.web import guarded_by, page, to
from campapp.pool.actions import write_down_project
from campapp.programmes.models import Programme, Track
from campapp.teams.actions import found_team
from campapp.teams.models import Team

bp = Blueprint("entry", __name__)


def _form(programme: Programme, sent: Any = None) -> BeginForm:
    tracks = db.session.scalars(
        visible(Track).where(Track.programme_id == programme.id).order_by(Track.position)
    ).all()
    team = db.session.get(Team, current.actor.team_id) if current.actor.team_id else None
    form = BeginForm.of(None, sent, team=team.name if team else None)
    if tracks:
        form.track.choices = choices([("", "—"), *((track.id, say(track, "title")) for track in tracks)])
    else:
        del form.track
    return form


def _active(programme: Programme) -> Application | None:
    return db.session.scalars(
        select(Application).where(
            Application.programme_id == programme.id, Application.team_id == current.actor.team_id,
            Application.state != "withdrawn",
        )
    ).one_or_none()  # fmt: skip


@bp.get("/programmes/<slug>/entry/new")
@guarded_by(anyone)
def new(slug: str) -> Response:
    """The first page of registration; a visitor makes an account first, a team with an entry goes on with it."""
    programme = find_by(Programme, slug=slug)
    if not current.actor.is_authenticated:
        return to("accounts.sign_up.new", then=request.path)
    active = _active(programme) if current.actor.team_id else None
    if active is not None:
        return to("applications.application.show", id=active.id)
    return page("applications/entry/new.html", programme=programme, form=_form(programme))


@bp.post("/programmes/<slug>/entry")
@guarded_by(anyone)
def create(slug: str) -> Response:
    """A saved draft: team (the present one, or a new one), project, application."""
    programme = find_by(Programme, slug=slug)
    if not current.actor.is_authenticated or current.actor.account_id is None:
        return to("accounts.sign_up.new", then=url_for(".new", slug=slug))
    form = _form(programme, request.form)
    if not form.validate():
        return page("applications/entry/new.html", programme=programme, form=form, status=422)
    track = db.session.get(Track, int(form.track.data)) if "track" in form and form.track.data else None
    account = db.session.get_one(Account, current.actor.account_id)
    with bulk():
        team = db.session.get(Team, current.actor.team_id) if current.actor.team_id else None
        if team is None:
            team = found_team(account, form.team.data, locale=current.locale)
        with current.set(actor=current.actor.using(_captain(team))):
            project = write_down_project(team, form.project.data, locale=current.locale)
            application = begin_application(team, programme, project, track=track)
    return to("applications.draft.show", id=application.id)


def _captain(team: Team) -> Membership:
    if team.id == current.actor.team_id:
        return current.actor.scope
    return Membership("member", "team", team.id, "captain", team.name)
