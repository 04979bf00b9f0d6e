"""An organising unit may belong to an organisation."""

from __future__ import annotations

from flask import url_for

from campapp.core.db import db
from campapp.core.language import lazy_gettext as _l
from campapp.core.language import say
from campapp.organisations.belonging import Kind, belongs
from campapp.programmes.models import Programme, Unit
from campapp.programmes.rules import manages_row


def _page(unit: Unit) -> str:
    programme = db.session.get_one(Programme, unit.programme_id)
    return url_for("programmes.programme.show", slug=programme.slug)


belongs(
    Kind(
        "unit",
        Unit,
        _l("Organising unit"),
        manages_row(Unit),
        lambda unit: say(unit, "name"),
        _page,
        staff=False,
    )
)
