"""One application, as the team, the organiser and the company see it."""

from __future__ import annotations

from flask import Blueprint, Response
from sqlalchemy import select

from campapp.accounts.rules import corrects_people
from campapp.applications import queries
from campapp.applications.agreeing import members_read, own_said, unnamed_count
from campapp.applications.checking import checked_items
from campapp.applications.forms import DecisionForm, MarkForm
from campapp.applications.models import Application
from campapp.applications.reading import answered_by, document_of, shown_answers
from campapp.applications.rules import may_edit
from campapp.applications.timing import timing_of
from campapp.core.access import find, sight_of, signed_in
from campapp.core.current import MEMBER, ORGANISER, REPRESENTATIVE, current
from campapp.core.db import db
from campapp.core.events import timeline
from campapp.core.text.names import fold
from campapp.core.web import guarded_by, page, to
from campapp.programmes.models import Programme

bp = Blueprint("application", __name__)


@bp.get("/applications/<int:id>")
@guarded_by(signed_in)
def show(id: int) -> Response:
    """The team reads its draft and what counts; others read the submitted version only."""
    return shown(find(Application, id))


def shown(
    application: Application,
    status: int = 200,
    *,
    decision: DecisionForm | None = None,
    note: MarkForm | None = None,
) -> Response:
    """Its page, perhaps with a form of the staff's to be mended."""
    own = current.actor.role == MEMBER
    behind, form = queries.background(application), queries.form_of(application)
    staff = None if own else queries.for_staff(application, decision, note)
    newest = document_of(form)
    # What was submitted reads in the words of the form that it answered, also after the form has changed.
    answered = answered_by(behind.submission) or newest
    document, answers = (newest, application.answers) if own else (answered, behind.frozen.get("answers", {}))
    members = db.session.scalars(members_read(Application.id == application.id)).all()
    named = {fold(member.name) for member in members}
    return page(
        "applications/application/show.html", status=status, application=application, own=own,
        may_change=own and may_edit(current.actor, application),
        submission=behind.submission,
        frozen=behind.frozen, programme=behind.programme, team=behind.team, project=behind.project,
        members=members, unnamed=unnamed_count(application) if current.actor.role == REPRESENTATIVE else 0,
        asks_me=own and not own_said(application),
        sections=shown_answers(document, answers, newest=newest, application=application, named=named),
        timing=timing_of(application) if own else None, given=queries.shown_files(application),
        staff=staff,
        corrects=not own and corrects_people(current.actor),
        checked=checked_items(behind.checked),
        history=db.session.scalars(timeline("application", application.id).limit(30)).all() if staff else [],
    )  # fmt: skip


@bp.get("/applications")
@guarded_by(signed_in)
def index() -> Response:
    """The own team's applications over all programmes; an organiser's are those of the programme."""
    if current.actor.role == ORGANISER:
        programme = find(Programme, current.actor.programme_id)
        return to("applications.list.index", slug=programme.slug)
    rows = db.session.execute(
        select(Application, Programme)
        .join(Programme, Programme.id == Application.programme_id)
        .where(sight_of(Application, current.actor))
        .order_by(Application.id.desc())
        .limit(100)
    ).all()
    return page("applications/application/index.html", rows=rows)
