"""A camp's spreadsheets in and out: upload, check, take in whole or the good rows; a ZIP of a camp; templates."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, request, send_file

from campapp.core.access import Refused, find_by
from campapp.core.current import current
from campapp.core.language import gettext as _
from campapp.core.sheet.writing import write_csv
from campapp.core.web import guarded_by, page, to
from campapp.exchange import uploads
from campapp.exchange.actions.camp import may_import
from campapp.exchange.camp import columns
from campapp.exchange.camp.exporting import packed
from campapp.exchange.camp.headings import HEADINGS
from campapp.exchange.camp.importing import import_folder, standing
from campapp.exchange.camp.plan import read
from campapp.programmes.models import Programme
from campapp.programmes.rules import manages

bp = Blueprint("exchange", __name__)
ZIP = "application/zip"
LAYOUTS = {
    "camp": columns.CAMP_FILE, "agenda": columns.AGENDA, "companies": columns.COMPANIES, "needs": columns.NEEDS,
    "teams": columns.TEAMS, "preferences": columns.PREFERENCES,
}  # fmt: skip


@bp.get("/imports")
@guarded_by(may_import)
def new() -> Response:
    """Choose the sheets of a camp."""
    return page("exchange/new.html", wrong="")


@bp.post("/imports")
@guarded_by(may_import)
def create() -> Response:
    """Keep what was uploaded and go to its check; nothing is taken in yet."""
    files = [file for file in request.files.getlist("sheets") if file.filename]
    if not files:
        return page("exchange/new.html", wrong=_("Choose at least one file."), status=422)
    return to(".show", token=uploads.keep(files))


def _folder(token: str) -> Path:
    return uploads.folder_of(token) or abort(404)


@bp.get("/imports/<token>")
@guarded_by(may_import)
def show(token: str) -> Response:
    """Every wrong cell at once; what would come in."""
    return _check(_folder(token), token)


def _check(folder: Path, token: str, *, status: int = 200, refused: str = "") -> Response:
    plan = read(folder, uploads.encodings(folder))
    rows = {name: getattr(plan, name) for name in LAYOUTS if name != "camp"}
    known = standing(plan) if plan.camp.get("title_en") else None
    return page(
        "exchange/show.html", status=status, token=token, files=uploads.names(folder), plan=plan, refused=refused,
        tally=[(name, len(found), sum(row.wrong for row in found)) for name, found in rows.items()],
        whole=all(key in plan.camp for key in ("title_en", "first_day", "last_day")),
        known=known if known is not None and may_import(current.actor, known) else None,
    )  # fmt: skip


@bp.post("/imports/<token>/encoding")
@guarded_by(may_import)
def encode(token: str) -> Response:
    """Read a file that is not UTF-8 as the person says."""
    uploads.choose(_folder(token), request.form.get("file", ""), request.form.get("encoding", ""))
    return to(".show", token=token)


@bp.post("/imports/<token>/acceptance")
@guarded_by(may_import)
def accept(token: str) -> Response:
    """Take it in: whole, or (`rows=good`) the rows that are right."""
    folder = _folder(token)
    good = request.form.get("rows") == "good"
    try:
        document = import_folder(folder, good_rows=good, encodings=uploads.encodings(folder))
    except Refused as problem:
        words = problem.reason or _("A camp of this name is there already, and it is not yours to change.")
        return _check(folder, token, status=403, refused=words)
    if document["errors"] and not good:
        return _check(folder, token, status=422)
    uploads.drop(folder)
    return page("exchange/done.html", document=document)


@bp.delete("/imports/<token>")
@guarded_by(may_import)
def destroy(token: str) -> Response:
    """Throw the upload away."""
    uploads.drop(_folder(token))
    return to(".new", done=_("The files are thrown away; nothing was taken in."))


@bp.get("/programmes/<slug>/sheets.zip")
@guarded_by(manages)
def export(slug: str) -> Response:
    """The camp as the sheets that it can be taken in from, with its matches, meetings and outcomes."""
    programme = find_by(Programme, slug=slug)
    return _zip(packed(programme), f"{slug}.zip")


@bp.get("/imports/template.zip")
@guarded_by(may_import)
def template() -> Response:
    """Empty sheets with the headings, in the reader's language."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, layout in LAYOUTS.items():
            headings = [_heading(name, column.name) for column in layout]
            rows: list[Any] = [(key, "") for key in columns.CAMP] if name == "camp" else []
            archive.writestr(f"{name}.csv", b"".join(write_csv(headings, rows)))
    return _zip(made.getvalue(), "camp-template.zip")


def _heading(table: str, column: str) -> str:
    named = HEADINGS[table].get(column, ()) if current.locale.startswith("zh") else ()
    return named[0] if named else column


def _zip(data: bytes, name: str) -> Response:
    return send_file(io.BytesIO(data), mimetype=ZIP, as_attachment=True, download_name=name)
