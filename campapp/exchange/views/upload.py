"""Sheets uploaded: chosen, checked, compared with what stands, taken in whole or as far as they are right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, request

from campapp.core.access import Refused, visible
from campapp.core.current import current
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by, page, to
from campapp.exchange import uploads
from campapp.exchange.actions.camp import may_import
from campapp.exchange.camp.columns import LAYOUTS, OF_A_COMPETITION, RESULTS
from campapp.exchange.camp.differing import Difference, differences
from campapp.exchange.camp.folder import read
from campapp.exchange.camp.importing import ground, import_plan, standing
from campapp.exchange.camp.plan import Plan
from campapp.exchange.camp.standing import standing_of
from campapp.exchange.forms import DeclarationForm
from campapp.exchange.queries import typed_by_their_own
from campapp.programmes.models import Programme

bp = Blueprint("upload", __name__)
COLUMNS = {"camp": LAYOUTS | RESULTS, "competition": LAYOUTS | RESULTS | OF_A_COMPETITION}
"""By kind of programme: what each table holds."""


def _camps() -> list[Programme]:
    """The programmes that the reader may bring sheets into, newest first."""
    camps = visible(Programme).where(Programme.state != "archived")
    found = db.session.scalars(camps.order_by(Programme.first_day.desc(), Programme.id.desc()))
    return [camp for camp in found if may_import(current.actor, camp)]


@bp.get("/imports")
@guarded_by(may_import)
def new() -> Response:
    """Choose the sheets of a camp."""
    return page("exchange/new.html", wrong="", camps=_camps(), into=request.args.get("into", ""))


@bp.post("/imports")
@guarded_by(may_import)
def create() -> Response:
    """Keep what was uploaded and go to its check; nothing is taken in yet."""
    files = [file for file in request.files.getlist("sheets") if file.filename]
    into, camps = request.form.get("into", ""), _camps()
    if not files or into not in {"", *(camp.slug for camp in camps)}:
        wrong = _("Choose at least one file.") if not files else _("There is no such programme of yours.")
        return page("exchange/new.html", wrong=wrong, camps=camps, into=into, status=422)
    token = uploads.keep(files)
    if into:
        uploads.bring(folder_of(token), into)
    return to(".show", token=token)


def folder_of(token: str) -> Path:
    """One's own upload, or 404."""
    return uploads.folder_of(token) or abort(404)


def plan_of(folder: Path) -> Plan:
    """An upload as it is read now."""
    slug = uploads.into(folder)
    camp = next((one for one in _camps() if one.slug == slug), None) if slug else None
    if slug and camp is None:
        abort(404)
    return read(folder, ground(uploads.encodings(folder), camp))


@bp.get("/imports/<token>")
@guarded_by(may_import)
def show(token: str) -> Response:
    """Every wrong cell at once; what would come in; what differs from what stands."""
    folder = folder_of(token)
    return _check(folder, token, plan_of(folder))


def _check(folder: Path, token: str, plan: Plan, *, status: int = 200, refused: str = "",
           declaration: DeclarationForm | None = None) -> Response:  # fmt: skip
    rows = {name: getattr(plan, name) for name in LAYOUTS if name != "camp"}
    mine = _mine(plan)
    found, layouts = _differences(plan, mine), COLUMNS[plan.camp["kind"]]
    return page(
        "exchange/show.html", status=status, token=token, files=uploads.names(folder), plan=plan, refused=refused,
        tally=[(name, len(found), sum(row.wrong for row in found)) for name, found in rows.items()],
        unused=[one.fitting(layouts[one.holds]).unknown if one.holds else () for one in plan.sources],
        declaration=declaration or DeclarationForm.of(sent=request.form or None),
        known=mine, differing=found, whole_digest=_digest(found), typed=typed_by_their_own(found),
    )  # fmt: skip


def _mine(plan: Plan) -> Programme | None:
    """The camp that it goes into, where it is there already and the reader's to change."""
    known = standing(plan) if plan.slug else None
    return known if known is not None and may_import(current.actor, known) else None


def _differences(plan: Plan, camp: Programme | None) -> list[Difference]:
    return differences(plan, standing_of(camp, plan.company_names)) if camp is not None else []


def _digest(found: Iterable[Difference]) -> str:
    """Of everything that differs: a choice for all rows holds for exactly these."""
    return Difference("all", "", "", {one.key: (one.digest, "") for one in found}).digest


@bp.post("/imports/<token>/encoding")
@guarded_by(may_import)
def encode(token: str) -> Response:
    """Read a file that is not UTF-8 as the person says."""
    uploads.choose(folder_of(token), request.form.get("file", ""), request.form.get("encoding", ""))
    return to(".show", token=token)


@bp.post("/imports/<token>/acceptance")
@guarded_by(may_import)
def accept(token: str) -> Response:
    """Take it in: whole, or (`rows=good`) the rows that are right; where something else stands, as chosen."""
    folder = folder_of(token)
    plan = plan_of(folder)
    if not plan.whole or (plan.problems and request.form.get("rows") != "good"):
        return _check(folder, token, plan, status=422)
    found = _differences(plan, _mine(plan))
    declaration = DeclarationForm.of(sent=request.form)
    if not declaration.validate():
        return _check(folder, token, plan, status=422, declaration=declaration)
    collected = declaration.collected_on.data if declaration.declared.data else None
    taken = _taken(found, request.form)
    if taken is None:
        words = _("Choose for each row that differs; some may have changed while you looked at them.")
        return _check(folder, token, plan, status=422, refused=words)
    try:
        document = import_plan(plan, lambda one: (one.key, one.digest) in taken, consents_of=collected)
    except Refused as problem:
        words = problem.reason or _(
            "A programme of this name is there already, and it is not yours to change."
        )
        return _check(folder, token, plan_of(folder), status=403, refused=words)
    uploads.drop(folder)
    return page("exchange/done.html", document=document)


def _taken(found: list[Difference], form: Mapping[str, Any]) -> set[tuple[str, str]] | None:
    """The differences whose sheet's side was chosen, exactly as shown; None while a choice is missing."""
    way, _colon, digest = str(form.get("all", "")).partition(":")
    if way in {"keep", "take"} and found:
        if digest != _digest(found):
            return None
        return {(one.key, one.digest) for one in found} if way == "take" else set()
    choices = {one.key: str(form.get(f"row:{one.key}", "")) for one in found}
    if any(choices[one.key] not in {f"keep:{one.digest}", f"take:{one.digest}"} for one in found):
        return None
    return {(one.key, one.digest) for one in found if choices[one.key].startswith("take:")}


@bp.delete("/imports/<token>")
@guarded_by(may_import)
def destroy(token: str) -> Response:
    """Throw the upload away."""
    uploads.drop(folder_of(token))
    return to(".new", done=_("The files are thrown away; nothing was taken in."))
