"""A draft: begun, saved field by field as it is typed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from campapp.applications.actions.prefill import prefilled
from campapp.applications.models import Application, DraftField
from campapp.applications.rules import may_edit, may_submit
from campapp.applications.states import TRACK_OPEN
from campapp.applications.timing import timing_of
from campapp.core.access import Refused
from campapp.core.action import Act, action
from campapp.core.db import db
from campapp.core.events import Stale
from campapp.core.form.asked import by_key
from campapp.core.language import gettext as _
from campapp.pool.actions import change_project
from campapp.pool.models import Project
from campapp.programmes.models import EntryForm, Programme, Track
from campapp.teams.models import Team
from campapp.teams.rules import in_team


def newest_form(programme_id: int) -> EntryForm | None:
    """The newest version of a programme's entry form."""
    return db.session.scalars(
        select(EntryForm)
        .where(EntryForm.programme_id == programme_id)
        .order_by(EntryForm.number.desc())
        .limit(1)
    ).one_or_none()


def refresh_names(application: Application, team: Team, project: Project) -> None:
    """Carry the names that lists show over to the application."""
    application.team_name, application.team_sort = team.name, team.sort_key
    application.project_title, application.summary = project.title, project.summary
    application.trl = project.trl


@action("application_begun", rule=in_team)
def begin_application(
    act: Act, team: Team, programme: Programme, project: Project, *, track: Track | None = None
) -> Application:
    """A draft of a team's entry. One that is active already is that one."""
    known = db.session.scalars(
        select(Application).where(
            Application.programme_id == programme.id,
            Application.team_id == team.id,
            Application.state != "withdrawn",
        )
    ).one_or_none()
    if known is not None:
        return known
    form = newest_form(programme.id)
    application = Application(
        programme_id=programme.id, team_id=team.id, project_id=project.id, state="draft",
        form_id=form.id if form else None, track_id=track.id if track else None,
    )  # fmt: skip
    refresh_names(application, team, project)
    if form is not None:
        application.answers = prefilled(form.document, project, team)
    db.session.add(application)
    db.session.flush()
    act.about(programme, project)
    return application


@action("entry_named", rule=may_submit)
def name_entry(act: Act, application: Application, title: str, track: Track | None = None) -> None:
    """What the project is called, and its track; what was submitted keeps its name until the next submission.

    The organiser's list shows the track, so one that was submitted stays until it is taken back or returned.
    """
    project = db.session.get_one(Project, application.project_id)
    change_project(project, title=title)
    if application.state in TRACK_OPEN:
        application.track_id = track.id if track else None
    if application.state == "draft":
        application.project_title = title
    act.about(project)


def refuse_frozen(application: Application, key: str, at: datetime) -> None:
    """Refuse a change to a field that is frozen by now."""
    form = newest_form(application.programme_id)
    field = by_key(form.document).get(key) if form else None
    if field is not None and field.get("freeze") and timing_of(application).is_frozen(field, at):
        raise Refused("draft_saved", _("This answer has been fixed since %(day)s.", day=field["freeze"]))


@action("draft_saved", rule=may_edit)
def save_answer(
    act: Act, application: Application, key: str, value: Any, *, seen: int | None = None, name: str = ""
) -> DraftField:
    """One field of the draft, as typed. `seen` is the version that the writer looked at.

    Raises:
        Stale: somebody else of the team changed this very field since; the page shows both.
    """
    refuse_frozen(application, key, act.at)
    field = db.session.scalars(
        select(DraftField).where(DraftField.application_id == application.id, DraftField.key == key)
    ).one_or_none()
    if field is None:
        field = DraftField(application_id=application.id, key=key, changed_at=act.at)
        db.session.add(field)
    elif seen is not None and field.version != seen and application.answers.get(key) != value:
        raise Stale(field, seen)
    field.account_id, field.name, field.changed_at = act.by.account_id, name or act.by.name, act.at
    answers = dict(application.answers)
    if value in (None, "", [], {}):
        answers.pop(key, None)
    else:
        answers[key] = value
    application.answers = answers
    db.session.flush()
    return field
