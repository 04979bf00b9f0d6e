"""Conflicts in the reader's words."""

from __future__ import annotations

from campapp.core.language import gettext as _
from campapp.scheduling.conflicts import Conflict
from campapp.scheduling.timetable import Timetable


def in_words(conflict: Conflict, table: Timetable) -> str:
    """One conflict, with whom."""
    other = table.meetings.get(conflict.ids[0]) if conflict.ids else None
    team = table.teams.get(other.application_id, "") if other else ""
    company = table.companies.get(other.participation_id, "") if other else ""
    words = {
        "closed": _("The slot or table is closed."),
        "team busy": _("The team meets %(company)s then.", company=company),
        "company busy": _("The company meets %(team)s then.", team=team),
        "table busy": _("%(team)s sits at this table then.", team=team),
        "team absent": _("The team is away then."),
        "company absent": _("The company is away then."),
        "not its table": _("This table belongs to another company."),
        "no table": _("No table is free then."),
    }
    return words[conflict.kind]


def in_brief(conflict: Conflict, table: Timetable) -> str:
    """The same, as it stands in a cell."""
    other = table.meetings.get(conflict.ids[0]) if conflict.ids else None
    if other is not None and conflict.kind == "team busy":
        return table.companies.get(other.participation_id, "")[:6]
    return {"team absent": _("team away"), "company absent": _("away"), "closed": _("closed")}.get(
        conflict.kind, ""
    )
