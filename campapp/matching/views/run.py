"""A run: its progress, its result, its files, checked and chosen."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, make_response, request

from campapp.core.access import find, visible
from campapp.core.action import may
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.language import ngettext
from campapp.core.web import guarded_by, no_content, page, to
from campapp.matching import overview, result
from campapp.matching.actions.run import choose
from campapp.matching.camp import Pair
from campapp.matching.reasons import fit_of, parts_of, worded
from campapp.matching.rules import reads_run
from campapp.matching.words import OBJECTIVES
from campapp.programmes.models import Programme
from campapp.runs.actions import file_of, stop
from campapp.runs.models import Run
from campapp.runs.words import failure

bp = Blueprint("run", __name__)
GOING = ("queued", "running")


@bp.get("/runs/<int:id>")
@guarded_by(reads_run)
def show(id: int) -> Response:
    """Progress while it runs (204 while nothing is newer), then what it found."""
    run = find(Run, id, kind="match")
    beat = int(run.progress.get("beat", 0)) + (0 if run.state == "queued" else 1)
    if run.state in GOING and request.args.get("seen", type=int) == beat:
        return no_content()
    programme = db.session.get_one(Programme, run.programme_id)
    if run.state not in GOING and "seen" in request.args:
        answer = make_response("", 200)
        answer.headers["HX-Redirect"] = f"/runs/{id}"
        return answer
    common: dict[str, Any] = {
        "run": run,
        "programme": programme,
        "beat": beat,
        "objectives": OBJECTIVES,
        "manages": may(choose, run),
    }
    if run.state != "solved":
        return page("matching/run/progress.html", fragment="work", going=run.state in GOING,
                    failure=failure(run), **common)  # fmt: skip
    others = [one for one in overview.runs_of(programme) if one.state == "solved" and one.id != id]
    other = _other(others)
    found, beside = result.read_two(run, other) if other else (result.read(run), None)
    return page(
        "matching/run/show.html", found=found, beside=beside, others=others, pair=_pair(found),
        counts=overview.matches_by_state(programme), rules=overview.pair_rules(programme), **common,
    )  # fmt: skip


def _other(others: list[Run]) -> Run | None:
    wanted = request.args.get("with", type=int)
    return next((one for one in others if one.id == wanted), None)


def _pair(found: result.Result) -> dict[str, object] | None:
    """The pair looked at: `?pair=team:company`."""
    team, _colon, company = request.args.get("pair", "").partition(":")
    if not (team.isdecimal() and company.isdecimal()) or len(team + company) > 18:
        return None
    pair: Pair = (int(team), int(company))
    if pair[0] not in found.teams or pair[1] not in found.companies:
        return None
    why = result.why_pair(found, pair)
    names = found.teams[pair[0]], found.companies[pair[1]]
    return {
        "team": pair[0], "company": pair[1], "names": names, "matched": pair in found.matched,
        "score": found.scores.get(pair), "reasons": worded(why, *names), "fit": fit_of(why), "parts": parts_of(why),
        "why_not": result.why_not(found, pair),
    }  # fmt: skip


@bp.get("/runs/<int:id>/files/<any('in','out','fit-in','fit-out'):name>")
@guarded_by(reads_run)
def file(id: int, name: str) -> Response:
    """One of its files, byte for byte: its own two, and those of the fit that its input rests on."""
    body = file_of(find(Run, id), name) or abort(404)
    answer = make_response(body)
    answer.headers["Content-Type"] = "application/json"
    answer.headers["Content-Disposition"] = f'attachment; filename="run-{id}.{name}.json"'
    return answer


@bp.post("/runs/<int:id>/stop")
@guarded_by(stop)
def create_stop(id: int) -> Response:
    """Stop and keep the best so far, or cancel."""
    how = "cancel" if request.form.get("how") == "cancel" else "keep"
    stop(find(Run, id), how)
    return to(
        ".show",
        id=id,
        done=_("It stops and keeps the best so far.") if how == "keep" else _("It is cancelled."),
    )


@bp.post("/runs/<int:id>/choice")
@guarded_by(choose)
def create_choice(id: int) -> Response:
    """Its pairs become the proposals."""
    run = find(Run, id, kind="match")
    count = choose(run)
    programme = db.session.scalars(visible(Programme).where(Programme.id == run.programme_id)).one()
    done = ngettext(
        "%(num)d pair of this run is a proposal now.", "%(num)d pairs of this run are proposals now.", count
    )
    return to("matching.matching.show", slug=programme.slug, done=done)
