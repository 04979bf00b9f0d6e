"""What is typed about sheets: headings of their own, and what their organiser declares."""

from __future__ import annotations

from typing import Any

from campapp.core.form import fields
from campapp.core.form.base import Form
from campapp.core.language import gettext as _
from campapp.core.language import lazy_gettext as _l
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


class DeclarationForm(Form):
    """That the teams, and the people whom the sheet names, agreed outside campapp, and when."""

    declared = fields.tick(
        _l("The new teams, and the people named in the sheet, agreed: the organiser runs the programme with their "
           "entry and passes it, with those names, to its companies"),
        description=_l("Collected by the organiser outside campapp; the paper can be added team by team. Without it "
                       "each team is asked, and no company sees it before."),
    )  # fmt: skip
    collected_on = fields.day(_l("Collected on"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Declared with its day."""
        good = super().validate(extra_validators)
        if good and self.declared.data and self.collected_on.data is None:
            self.collected_on.errors = [_("Please fill this in.")]
            return False
        return good
