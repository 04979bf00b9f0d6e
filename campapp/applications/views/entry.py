"""The beginning of an entry: team, project, track; from here on everything is saved."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, request, url_for
from sqlalchemy import select
from wtforms.validators import Optional

from campapp.accounts.models import Account
from campapp.applications.actions.allowance import redeem, row_behind
from campapp.applications.actions.draft import begin_application
from campapp.applications.forms import BeginForm
from campapp.applications.models import Allowance, Application
from campapp.applications.queries import tracks_of
from campapp.core import clock
from campapp.core.access import anyone, find_by, visible
from campapp.core.action import bulk
from campapp.core.current import Actor, Membership, current
from campapp.core.db import db
from campapp.core.form.fields import choices
from campapp.core.language import gettext as _
from campapp.core.language import pgettext, say
from campapp.core.text.language import Unreadable
from campapp.core.web import guarded_by, page, to
from campapp.pool.actions import write_down_project
from campapp.pool.models import Project
from campapp.programmes.models import Programme, Track
from campapp.teams.actions import found_team
from campapp.teams.models import Team

bp = Blueprint("entry", __name__)


def _form(programme: Programme, sent: Any = None) -> BeginForm:
    tracks = tracks_of(programme.id)
    team = db.session.get(Team, current.actor.team_id) if current.actor.team_id else None
    form = BeginForm.of(None, sent, team=team.name if team else None)
    if tracks:
        if not programme.meets:
            form.track.label.text = pgettext("competition", "Track")
        form.track.choices = choices([("", "—"), *((track.id, say(track, "title")) for track in tracks)])
    else:
        del form.track
    projects = _projects()
    if projects:
        form.known.choices = choices([("", _("A new project")), *((one.id, one.title) for one in projects)])
        form.project.validators = [Optional()]
    else:
        del form.known
    if not programme.is_late(clock.now()):
        del form.code
    return form


def _projects() -> list[Project]:
    """What the team has written down before, the newest first."""
    if not current.actor.team_id:
        return []
    mine = visible(Project).where(Project.team_id == current.actor.team_id)
    return list(db.session.scalars(mine.order_by(Project.id.desc()).limit(50)))


def _allowed(form: BeginForm, programme: Programme) -> tuple[bool, Allowance | None]:
    """Whether the entry may begin: in time, or by a code; a wrong one is said beside its field."""
    if "code" not in form:
        return True, None
    if not form.code.data:
        form.blame("code", _("The call is closed. Only an entry code lets a team in now."))
        return False, None
    try:
        return True, row_behind(form.code.data, programme, current.actor.account_id)
    except Unreadable as problem:
        form.blame("code", problem)
        return False, None


def _here(slug: str) -> Programme:
    """The programme; who acts for a team as the organiser of one begins nothing for it in another."""
    programme, own = find_by(Programme, slug=slug), current.actor.membership
    if current.actor.acting_for is not None and own.kind == "programme" and own.id != programme.id:
        abort(404)
    return programme


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
    programme = _here(slug)
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
    programme = _here(slug)
    if not current.actor.is_authenticated or current.actor.account_id is None:
        return to("accounts.sign_up.new", then=url_for(".new", slug=slug))
    form = _form(programme, request.form)
    known = next((one for one in _projects() if str(one.id) == request.form.get("known", "")), None)
    if form.validate() and known is None and not form.project.data:
        form.blame("project", _("Please fill this in."))
    allowed, allowance = _allowed(form, programme) if not form.errors else (False, None)
    if not allowed:
        return page("applications/entry/new.html", programme=programme, form=form, status=422)
    track = db.session.get(Track, int(form.track.data)) if "track" in form and form.track.data else None
    account = db.session.get_one(Account, current.actor.account_id)
    with bulk():
        team = db.session.get(Team, current.actor.team_id) if current.actor.team_id else None
        if team is None:
            team = found_team(account, form.team.data, locale=current.locale)
        with current.set(actor=_in_it(team)):
            project = known or write_down_project(team, form.project.data, locale=current.locale)
            application = begin_application(team, programme, project, track=track)
            if allowance is not None:
                redeem(application, allowance)
    return to("applications.draft.show", id=application.id)


def _in_it(team: Team) -> Actor:
    """Who begins: as they are where they act in the team, or as the captain of the one that they have just founded."""
    if team.id == current.actor.team_id:
        return current.actor
    return current.actor.using(Membership("member", "team", team.id, "captain", team.name))
