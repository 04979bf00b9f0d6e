"""Where a camp's matching stands, a new run, a pair by hand."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request, url_for

from campapp.applications.models import Application
from campapp.core.access import find, find_by
from campapp.core.action import may
from campapp.core.form import fields
from campapp.core.language import gettext as _
from campapp.core.states import NotAllowed
from campapp.core.web import guarded_by, page, to
from campapp.matching import overview
from campapp.matching.actions import run as runs
from campapp.matching.actions.preference import fix_pair
from campapp.matching.actions.release import add_match, cancel
from campapp.matching.forms import PairForm, RunForm
from campapp.matching.lists import Matches
from campapp.matching.models import Match
from campapp.matching.weights import Weights
from campapp.matching.words import OBJECTIVES
from campapp.programmes.models import Participation, Programme
from campapp.programmes.rules import reads_camp

bp = Blueprint("matching", __name__)


@bp.get("/programmes/<slug>/matching")
@guarded_by(reads_camp)
def show(slug: str) -> Response:
    """What goes in, what was found, what is to do; the matches filtered, sorted, saved as views, exported."""
    programme = find_by(Programme, slug=slug)
    if kind := request.args.get("as"):
        return _matches(programme).export(kind).answer()
    return _page(programme)


def _matches(programme: Programme) -> Matches:
    return Matches.from_url(request.args, url_for(".show", slug=programme.slug), programme=programme)


def _page(programme: Programme, run_form: RunForm | None = None, pair_form: PairForm | None = None,
          status: int = 200) -> Response:  # fmt: skip
    weights = Weights.of(programme.options.get("weights"))
    given: dict[str, Any] = {name: int(value) for name, value in weights.as_dict().items()}
    teams, companies = overview.teams_in(programme), overview.companies_in(programme)
    counts = overview.matches_by_state(programme)
    return page(
        "matching/matching/show.html", fragment="list", status=status, programme=programme, teams=teams,
        companies=companies, counts=counts, run_form=run_form or RunForm.of(**given),
        pair_form=pair_form or _pairs(teams, companies), runs=overview.runs_of(programme),
        rules=overview.pair_rules(programme), list=_matches(programme), objectives=OBJECTIVES,
        manages=may(runs.start, programme),
    )  # fmt: skip


def _pairs(teams: dict[int, str], companies: dict[int, tuple[str, int]], sent: Any = None) -> PairForm:
    form = PairForm.of(sent=sent)
    form.team.choices = fields.picked(teams.items())
    form.company.choices = fields.picked((key, name) for key, (name, _needs) in companies.items())
    return form


@bp.post("/programmes/<slug>/runs")
@guarded_by(runs.start)
def create_run(slug: str) -> Response:
    """Freeze what stands now, and compute."""
    programme = find_by(Programme, slug=slug)
    form = RunForm.of(sent=request.form)
    if not form.validate():
        return _page(programme, run_form=form, status=422)
    weights = Weights.of(form.values)
    run = runs.start(programme, objective=form.objective.data, weights=weights)
    return to("matching.run.show", id=run.id)


@bp.post("/programmes/<slug>/matches")
@guarded_by(add_match)
def create_match(slug: str) -> Response:
    """A pair by hand."""
    programme = find_by(Programme, slug=slug)
    form = _pairs(overview.teams_in(programme), overview.companies_in(programme), request.form)
    if not form.validate():
        return _page(programme, pair_form=form, status=422)
    application = find(Application, int(form.team.data), programme_id=programme.id)
    participation = find(Participation, int(form.company.data), programme_id=programme.id)
    try:
        match = add_match(programme, application, participation)
    except NotAllowed:
        form.blame("company", _("These two are matched already."))
        return _page(programme, pair_form=form, status=422)
    return to(".show", slug=slug, done=_("The pair is a proposal; it waits for the next release."),
              undo=url_for(".destroy_match", id=match.id))  # fmt: skip


@bp.delete("/matches/<int:id>")
@guarded_by(cancel)
def destroy_match(id: int) -> Response:
    """Take a match away; its meeting goes with it."""
    match = find(Match, id)
    programme = find(Programme, match.programme_id)
    cancel(match, request.form.get("reason", "")[:500])
    return to(".show", slug=programme.slug, done=_("The match is taken away."))


@bp.post("/programmes/<slug>/pairs/<int:team>/<int:company>/rule")
@guarded_by(fix_pair)
def create_rule(slug: str, team: int, company: int) -> Response:
    """Pin or forbid a pair for the next runs."""
    kind = "forbidden" if request.form.get("kind") == "forbidden" else "pinned"
    return _fixed(slug, team, company, kind, undo=True)


@bp.delete("/programmes/<slug>/pairs/<int:team>/<int:company>/rule")
@guarded_by(fix_pair)
def destroy_rule(slug: str, team: int, company: int) -> Response:
    """Neither pinned nor forbidden any more."""
    return _fixed(slug, team, company, "", undo=False)


def _fixed(slug: str, team: int, company: int, kind: str, *, undo: bool) -> Response:
    programme = find_by(Programme, slug=slug)
    application = find(Application, team, programme_id=programme.id)
    participation = find(Participation, company, programme_id=programme.id)
    fix_pair(programme, application, participation, kind)
    done = {"pinned": _("Pinned for the next run."), "forbidden": _("Forbidden for the next run."),
            "": _("The pair is free again.")}  # fmt: skip
    back = request.form.get("run", type=int) or request.args.get("run", type=int)
    undone = url_for(".destroy_rule", slug=slug, team=team, company=company, run=back) if undo else ""
    if back:
        return to("matching.run.show", id=back, pair=f"{team}:{company}", done=done[kind], undo=undone)
    return to(".show", slug=slug, done=done[kind], undo=undone)
