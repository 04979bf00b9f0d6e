"""A sheet with headings of its own: what it holds and which heading is which column, said once and remembered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, abort, request

from campapp.core.form.base import Form
from campapp.core.language import gettext as _
from campapp.core.sheet.tables import heading_key
from campapp.core.text.language import Unreadable
from campapp.core.web import guarded_by, page, to
from campapp.exchange.actions.camp import may_import
from campapp.exchange.actions.headings import forget_headings, map_headings
from campapp.exchange.camp.columns import LAYOUTS, OF_A_COMPETITION, Column
from campapp.exchange.camp.sources import Mapped, Source, guess
from campapp.exchange.forms import mapping_form, suggested
from campapp.exchange.views.upload import folder_of, plan_of

bp = Blueprint("sheet", __name__)
NOTHING = "nothing"


Layouts = Mapping[str, tuple[Column, ...]]


def _source(token: str, number: int) -> tuple[Source, Layouts]:
    """A sheet of one's own upload, with its headings in the row that was asked for; the tables that there can be."""
    plan = plan_of(folder_of(token))
    layouts = LAYOUTS if plan.camp["kind"] == "camp" else OF_A_COMPETITION
    if not 0 <= number < len(plan.sources):
        abort(404)
    source = plan.sources[number]
    row = request.values.get("row", 0, type=int)
    if 1 <= row <= source.rows and row != source.table.heading_row:
        return replace(source, table=source.at(row), mapped=None), layouts
    return source, layouts


def _holds(source: Source, layouts: Layouts) -> str:
    asked = request.values.get("holds", "")
    if asked in {*layouts, NOTHING}:
        return asked
    if source.mapped is not None and not source.holds:
        return NOTHING
    found = source.holds if source.holds in layouts else guess(source.table.headings)
    return found if found in layouts else "teams"


@bp.get("/imports/<token>/sheets/<int:number>")
@guarded_by(may_import)
def show(token: str, number: int) -> Response:
    """Which table it is, and which heading gives each column."""
    source, layouts = _source(token, number)
    holds = _holds(source, layouts)
    columns, headings = layouts.get(holds, ()), source.table.headings
    as_it_is = source if source.holds == holds else replace(source, holds=holds, mapped=None)
    given: dict[str, Any] = suggested(as_it_is, columns, headings)
    form = mapping_form(columns, headings).of(**given)
    return _page(token, number, source, layouts, holds, form)


def _page(
    token: str, number: int, source: Source, layouts: Layouts, holds: str, form: Form, *, status: int = 200
) -> Response:
    return page(
        "exchange/sheet.html", status=status, token=token, number=number, source=source, holds=holds, form=form,
        columns=layouts.get(holds, ()), tables=list(layouts), nothing=NOTHING, lines=source.table.lines[:3],
    )  # fmt: skip


@bp.put("/imports/<token>/sheets/<int:number>")
@guarded_by(may_import)
def update(token: str, number: int) -> Response:
    """Read sheets with these headings so, now and from now on."""
    source, layouts = _source(token, number)
    holds, headings = _holds(source, layouts), source.table.headings
    columns = layouts.get(holds, ())
    form = mapping_form(columns, headings).of(sent=request.form)
    mapped = _said(form, columns, headings, holds)
    if mapped is None:
        return _page(token, number, source, layouts, holds, form, status=422)
    map_headings(None, headings, holds=mapped.holds, fields=mapped.fields, constants=mapped.constants)
    return to(
        "exchange.upload.show", token=token, done=_("Sheets with these headings are read so from now on.")
    )


def _said(form: Form, columns: tuple[Column, ...], headings: tuple[str, ...], holds: str) -> Mapped | None:
    """What the form says; None where something is missing or cannot be read, with the words beside it."""
    if holds == NOTHING:
        return Mapped("")
    good = form.validate()
    said: dict[str, str] = {}
    constants: dict[str, str] = {}
    for column in columns:
        given, same = form[f"from_{column.name}"].data, form[f"all_{column.name}"].data or ""
        if given and not form[f"from_{column.name}"].errors:
            said[column.name] = heading_key(headings[int(given)])
        if same:
            constants[column.name] = same
            good = _readable(form, column, same) and good
        if column.required and not given and not same:
            form.blame(f"from_{column.name}", _("Choose a heading, or say what holds for every row."))
            good = False
    return Mapped(holds, said, constants) if good else None


def _readable(form: Form, column: Column, same: str) -> bool:
    try:
        column.reader(same)
    except (Unreadable, ValueError) as problem:
        form.blame(f"all_{column.name}", problem)
        return False
    return True


@bp.delete("/imports/<token>/sheets/<int:number>")
@guarded_by(may_import)
def destroy(token: str, number: int) -> Response:
    """Forget what was said of these headings."""
    forget_headings(None, _source(token, number)[0].table.headings)
    return to(
        "exchange.upload.show", token=token, done=_("Forgotten; headings are known by their names again.")
    )
