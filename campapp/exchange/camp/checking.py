"""Whether the rows of a folder hold together: slots, names that stand once, and names that others speak of."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from datetime import date

from campapp.core.language import gettext as _
from campapp.core.text.names import fold
from campapp.exchange.camp.plan import Ground, Plan
from campapp.exchange.camp.reading import Reading, Row


def check(reading: Reading, plan: Plan, ground: Ground) -> None:
    """Blame every row that does not fit the others or the camp that it goes into."""
    _check_agenda(reading, plan, ground)
    _check_names(reading, plan, ground)
    if not reading.unreadable:  # else each name of a file that was not read would be told as unknown
        _check_links(reading, plan, ground)


def _check_agenda(reading: Reading, plan: Plan, ground: Ground) -> None:
    camp = ground.into
    first = plan.camp.get("first_day") or (camp.first_day if camp else None)
    last = plan.camp.get("last_day") or (camp.last_day if camp else None)
    slots: dict[tuple[date, str], Row] = {}
    for row in plan.agenda:
        if row.wrong:
            continue
        if row["end"] <= row["start"] and row["end"] != "00:00":
            reading.blame(row, "end", _("It ends before it begins."))
        elif first and last and not first <= row["day"] <= last:
            reading.blame(row, "day", _("This day is not one of the camp's."))
        elif row["kind"] == "slot":
            _check_slot(reading, slots, row)
        elif not row["title"]:
            reading.blame(row, "title", _("This cell is empty."))


def _check_slot(reading: Reading, slots: dict[tuple[date, str], Row], row: Row) -> None:
    if (row["day"], row["start"]) in slots:
        reading.blame(row, "start", _("This slot stands in the file twice."))
        return
    for (day, start), other in slots.items():
        if day == row["day"] and start < row["end"] and row["start"] < other["end"]:
            reading.blame(row, "start", _("This slot overlaps the one in row %(row)s.", row=other.number))
            return
    slots[row["day"], row["start"]] = row


def _unique(reading: Reading, rows: Iterable[Row], column: str) -> dict[str, Row]:
    """Rows by their folded name; a second one with the same name is blamed."""
    found: dict[str, Row] = {}
    for row in rows:
        if row.values.get(column) is None:
            continue
        key = fold(row[column])
        if key in found:
            reading.blame(row, column, _("This name stands in row %(row)s already.", row=found[key].number))
        else:
            found[key] = row
    return found


def _check_names(reading: Reading, plan: Plan, ground: Ground) -> None:
    _unique(reading, plan.companies, "company")
    _unique(reading, plan.teams, "team")
    slots = ground.slots | {
        (row["day"], row["start"])
        for row in plan.agenda
        if row.values.get("kind") == "slot" and not row.wrong
    }
    for row in (*plan.companies, *plan.teams):
        for day, start in row.values.get("unavailable") or ():
            if (day, start) not in slots:
                reason = _("There is no slot at %(day)s %(start)s.", day=day.isoformat(), start=start)
                reading.blame(row, "unavailable", reason)
                break


def _check_links(reading: Reading, plan: Plan, ground: Ground) -> None:
    companies = ground.companies | {
        fold(row["company"]) for row in plan.companies if row.values.get("company")
    }
    teams = ground.teams | {fold(row["team"]) for row in plan.teams if row.values.get("team")}
    for row in plan.needs:
        _known(reading, row, "company", companies, _("There is no company with this name."))
    for row in (*plan.matches, *plan.schedule, *plan.outcomes):
        _known(reading, row, "team", teams, _("There is no team with this name."))
        _known(reading, row, "company", companies, _("There is no company with this name."))
    seen: dict[tuple[str, str, str], Row] = {}
    for row in plan.preferences:
        if row.wrong:
            continue
        own, other = (teams, companies) if row["side"] == "team" else (companies, teams)
        words = {
            "team": _("There is no team with this name."),
            "company": _("There is no company with this name."),
        }
        far = "company" if row["side"] == "team" else "team"
        _known(reading, row, "from", own, words[row["side"]])
        _known(reading, row, "to", other, words[far])
        key = (row["side"], fold(row["from"]), fold(row["to"]))
        if key in seen:
            reading.blame(
                row, "to", _("This preference stands in row %(row)s already.", row=seen[key].number)
            )
        seen.setdefault(key, row)


def _known(reading: Reading, row: Row, column: str, names: AbstractSet[str], reason: str) -> None:
    value = row.values.get(column)
    if value and fold(value) not in names:
        reading.blame(row, column, reason)
