"""Outcomes: the list, one of them, reporting and changing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, request

from campapp.companies.models import Company
from campapp.core import clock
from campapp.core.access import find, signed_in
from campapp.core.action import may
from campapp.core.current import ORGANISER, REPRESENTATIVE, current
from campapp.core.db import db
from campapp.core.events import timeline
from campapp.core.files import StoredFile
from campapp.core.form.fields import picked
from campapp.core.language import gettext as _
from campapp.core.list.export import KINDS
from campapp.core.sent import file_sent
from campapp.core.text.language import Unreadable
from campapp.core.timeline import stops
from campapp.core.web import guarded_by, page, to
from campapp.outcomes import queries
from campapp.outcomes.actions.outcome import change_outcome, confirm_outcome, follow_outcome, report_outcome
from campapp.outcomes.actions.report import side_of
from campapp.outcomes.forms import OutcomeForm
from campapp.outcomes.lists import OutcomeList
from campapp.outcomes.models import Outcome
from campapp.outcomes.words import SIDES, TYPES, money_shown, state_shown
from campapp.pool.models import Project
from campapp.pool.sectors import sector_name

bp = Blueprint("outcome", __name__)
LIMIT = 20
"""Megabytes of a piece of evidence."""


@bp.get("/outcomes")
@guarded_by(signed_in)
def index() -> Response:
    """What came of it, as far as the reader sees."""
    listing = OutcomeList.from_url(request.args)
    if request.args.get("as") in KINDS:
        return listing.export(request.args["as"]).answer()
    return page("outcomes/outcome/index.html", list=listing, fragment="results")


@bp.get("/outcomes/<int:id>")
@guarded_by(signed_in)
def show(id: int) -> Response:
    """One outcome: who says so, on what evidence, what happened to it."""
    outcome = find(Outcome, id)
    history = stops(db.session.scalars(timeline("outcome", id).limit(30)).all())
    if side_of(current.actor):  # who of the other side clicked is not for this one
        history = [{**stop, "note": ""} for stop in history]
    return page(
        "outcomes/outcome/show.html", outcome=outcome, milestones=queries.milestones_of(outcome), types=TYPES,
        state_shown=state_shown(outcome), sides=SIDES, history=history,
        may_confirm=may(confirm_outcome, outcome), may_change=may(change_outcome, outcome),
        may_follow=may(follow_outcome, outcome), money=money_shown,
        today=clock.today(current.zone),
    )  # fmt: skip


@bp.get("/outcomes/new")
@guarded_by(signed_in)
def choose() -> Response:
    """The form for one project; without one, which project it is."""
    if project_id := request.args.get("project", type=int):
        return new(project_id)
    query = request.args.get("q", "")
    found = queries.projects_to_report(query)
    more = len(found) > queries.OFFERED
    return page(
        "outcomes/outcome/choose.html", projects=found[: queries.OFFERED], more=more, query=query, sector=sector_name
    )  # fmt: skip


def new(project_id: int) -> Response:
    """An empty form, filled from the meeting where it came of one."""
    project = find(Project, project_id)
    met = queries.met_in(request.args.get("meeting", type=int))
    given = {name: str(value) for name, value in met.items()}
    return _page(project, None, _form(project, None, **given))


@bp.post("/projects/<int:id>/outcomes")
@guarded_by(report_outcome)
def create(id: int) -> Response:
    """Report it; the other side is asked."""
    project = find(Project, id)
    form = _form(project, None, request.form)
    evidence = _checked(form)
    if evidence is None or form.errors:
        return _page(project, None, form, 422)
    values, company = _values(form)
    values |= {
        k: v for k, v in queries.met_in(request.form.get("meeting", type=int)).items() if k == "meeting_id"
    }
    outcome = report_outcome(project, company=company, evidence=evidence(), **values)
    return to(".show", id=outcome.id, done=_("Reported. The other side is asked to confirm it."))


@bp.get("/outcomes/<int:id>/edit")
@guarded_by(change_outcome)
def edit(id: int) -> Response:
    """The form, filled."""
    outcome = find(Outcome, id)
    return _page(outcome.project, outcome, _form(outcome.project, outcome))


@bp.post("/outcomes/<int:id>")
@guarded_by(change_outcome)
def update(id: int) -> Response:
    """Other figures; it must be confirmed anew."""
    outcome = find(Outcome, id)
    form = _form(outcome.project, outcome, request.form)
    evidence = _checked(form, kept=outcome)
    if evidence is None or form.errors:
        return _page(outcome.project, outcome, form, 422)
    values, company = _values(form)
    change_outcome(
        outcome, version=request.form.get("version", type=int), evidence=evidence(),
        company_id=company.id if company else None, **values,
    )  # fmt: skip
    return to(".show", id=id, done=_("Changed. It must be confirmed anew."))


def _form(project: Project, outcome: Outcome | None, sent: Any = None, **given: str) -> OutcomeForm:
    if outcome is not None:
        given = {"company_id": str(outcome.company_id or ""), "programme_id": str(outcome.programme_id or "")}
    form = OutcomeForm.of(outcome, sent, **given)
    form.company_id.choices = picked([("", "—"), *queries.companies_for(project)])
    form.programme_id.choices = [
        ("", "—"),
        *((str(key), name) for key, name in queries.programmes_for(project)),
    ]
    if current.actor.role == REPRESENTATIVE:
        form.company_id.choices = form.company_id.choices[1:]
    if current.actor.role == ORGANISER:
        form.programme_id.choices = form.programme_id.choices[1:]
    return form


def _page(project: Project, outcome: Outcome | None, form: OutcomeForm, status: int = 200) -> Response:
    return page(
        "outcomes/outcome/edit.html", project=project, outcome=outcome, form=form, limit=LIMIT, status=status,
        meeting=request.values.get("meeting", type=int),
    )  # fmt: skip


def _checked(form: OutcomeForm, kept: Outcome | None = None) -> Callable[[], StoredFile | None] | None:
    """Check the form and the file with it; what keeps the file once all is well, None where it is not."""
    good = form.validate()
    given = request.files.get("evidence")
    proven = (given is not None and given.filename) or form.evidence_link.data
    proven = proven or (kept is not None and kept.evidence_file_id)
    if current.actor.role not in {REPRESENTATIVE, "member"} and not proven:
        form.blame("evidence", _("What you write down for a side needs evidence: a file or a link."))
        return None
    if not good:
        return None
    try:
        stored = file_sent("evidence", (), LIMIT)
    except Unreadable as problem:
        form.blame("evidence", problem)
        return None
    return lambda: stored


def _values(form: OutcomeForm) -> tuple[dict[str, Any], Company | None]:
    values = form.values
    values.pop("evidence")
    company_id = values.pop("company_id")
    values["programme_id"] = int(values["programme_id"]) if values["programme_id"] else None
    values["text"], values["evidence_link"] = values["text"] or "", values["evidence_link"] or ""
    return values, db.session.get(Company, int(company_id)) if company_id else None
