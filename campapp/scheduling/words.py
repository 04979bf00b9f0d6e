"""Conflicts, and what happened to meetings, in the reader's words."""

from __future__ import annotations

from campapp.core.language import gettext as _
from campapp.core.language import lazy_gettext as _l
from campapp.core.timeline import tell_as
from campapp.scheduling.conflicts import Conflict
from campapp.scheduling.timetable import Timetable

tell_as(
    attendance_ticked=_l("Attendance ticked"),
    feed_link_renewed=_l("Private calendar link renewed"),
    absence_marked=_l("Absence on the day marked"),
    meeting_expected=_l("Meeting to be placed"),
    meeting_freed=_l("Meeting dropped, its place is free"),
    meeting_moved=_l("Meeting moved"),
    move_undone=_l("Move of a meeting undone"),
    meeting_pinned=_l("Meeting pinned"),
    meeting_unpinned=_l("Meeting unpinned"),
    meeting_over=_l("Meeting ticked as held or not held"),
    meeting_seated=_l("Who sits in the meeting was set"),
    schedule_run_started=_l("A schedule run was started"),
    schedule_chosen=_l("A schedule run was chosen"),
    schedule_published=_l("Schedule published"),
    schedule_followed_zone=_l("Schedule published anew after the time zone changed"),
)


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
