"""A camp's sheets as one ZIP: those of a camp, or empty ones to fill in."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from flask import Blueprint, Response, send_file

from campapp.core.access import find_by
from campapp.core.current import current
from campapp.core.sheet.writing import write_csv
from campapp.core.web import guarded_by
from campapp.exchange.actions.camp import may_import
from campapp.exchange.camp.columns import CAMP, LAYOUTS
from campapp.exchange.camp.exporting import packed
from campapp.exchange.camp.headings import HEADINGS
from campapp.programmes.models import Programme
from campapp.programmes.rules import manages

bp = Blueprint("archive", __name__)


@bp.get("/programmes/<slug>/sheets.zip")
@guarded_by(manages)
def show(slug: str) -> Response:
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
            headings = [heading(name, column.name) for column in layout]
            rows: list[Any] = [(key, "") for key in CAMP] if name == "camp" else []
            archive.writestr(f"{name}.csv", b"".join(write_csv(headings, rows)))
    return _zip(made.getvalue(), "camp-template.zip")


def heading(table: str, column: str) -> str:
    """What a column is called in the reader's language."""
    named = HEADINGS[table].get(column, ()) if current.locale.startswith("zh") else ()
    return named[0] if named else column


def _zip(data: bytes, name: str) -> Response:
    return send_file(io.BytesIO(data), mimetype="application/zip", as_attachment=True, download_name=name)
