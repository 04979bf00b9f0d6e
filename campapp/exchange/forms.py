"""What is typed about a sheet with headings of its own."""

from __future__ import annotations

from campapp.core.form import fields
from campapp.core.form.base import Form
from campapp.core.language import gettext as _
from campapp.exchange.camp.columns import Column
from campapp.exchange.camp.sources import Source


def mapping_form(columns: tuple[Column, ...], headings: tuple[str, ...]) -> type[Form]:
    """A form that asks for each column which heading gives it (its number), or what holds for every row."""
    named = list(enumerate(headings))
    made: dict[str, object] = {}
    for column in columns:
        made[f"from_{column.name}"] = fields.select(column.name, named)
        made[f"all_{column.name}"] = fields.line(_("The same for every row"), 200)
    return type("MappingForm", (Form,), made)


def suggested(source: Source, columns: tuple[Column, ...], headings: tuple[str, ...]) -> dict[str, str]:
    """What the form begins with: as the sheet is read now."""
    found = {f"from_{n}": str(headings.index(h)) for n, h in source.fitting(columns).fields.items()}
    constants = source.mapped.constants if source.mapped else {}
    return {**found, **{f"all_{name}": text for name, text in constants.items()}}
