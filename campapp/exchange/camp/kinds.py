"""Whether the sheets are a camp's or a competition's, and what has no place in the latter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from campapp.core.language import gettext as _
from campapp.exchange.camp.reading import Reading, Table
from campapp.programmes.models import Programme

OF_MEETINGS = ("agenda", "companies", "needs", "preferences", "matches", "schedule")


def kind_of(reading: Reading, table: Table, found: Mapping[str, Any], into: Programme | None) -> str:
    """A camp, unless the sheet says a competition; what is there already stays what it is."""
    standing = into.kind if into else ""
    if standing and found.get("kind", standing) != standing:
        row = next(row for row in table.rows if row.values["key"] == "kind")
        reading.blame(row, "value", _("This programme is of another kind."))
    return standing or str(found.get("kind", "camp"))


def refuse_meetings(reading: Reading, plan: Any) -> None:
    """Sheets of companies and their days say nothing about a competition."""
    for name in OF_MEETINGS:
        for row in getattr(plan, name):
            reading.blame(row, "", _("A competition has no companies, tables or meetings."))
