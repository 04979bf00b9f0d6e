"""A folder read whole: rows that hold together, and everything that does not, all at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from campapp.core.language import gettext as _
from campapp.core.text import dates
from campapp.core.text.language import Unreadable
from campapp.exchange.camp import columns
from campapp.exchange.camp.checking import check
from campapp.exchange.camp.kinds import kind_of, refuse_meetings
from campapp.exchange.camp.plan import NEEDED, TABLES, Ground, Plan
from campapp.exchange.camp.reading import Problem, Reading, Table


def read(folder: Path, ground: Ground | None = None) -> Plan:
    """Read and check a folder of spreadsheets. Into a camp that is there already, no file is missing."""
    ground = ground or Ground()
    reading = Reading(folder, ground.encodings, ground.remembered)
    alone = ground.into is None
    itself = reading.table("camp", columns.CAMP_FILE, required=alone)
    camp = _camp(reading, itself, ground)
    layouts = columns.LAYOUTS if camp["kind"] == "camp" else columns.OF_A_COMPETITION
    tables = {
        **{
            name: reading.table(
                name, layouts.get(name) or columns.LAYOUTS[name], required=alone and name in layouts
            )
            for name in TABLES
        },
        **{name: reading.table(name, layout, required=False) for name, layout in columns.RESULTS.items()},
    }
    plan = Plan(
        camp=camp, problems=reading.problems, undecided=reading.undecided, sources=reading.sources,
        into=ground.into.slug if ground.into else "", **{name: table.rows for name, table in tables.items()},
    )  # fmt: skip
    if camp["kind"] != "camp":
        refuse_meetings(reading, plan)
    check(reading, plan, ground)
    reading.problems.sort(key=lambda problem: (problem.file, problem.row or 0))
    return plan


def _camp(reading: Reading, table: Table, ground: Ground) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for row in table.rows:
        key, typed = row.values["key"], row.cells.get("value", "")
        reader = columns.CAMP.get(key)
        if reader is None:
            reading.blame(row, "key", _("This key is not known."))
        elif typed:
            try:
                found[key] = reader(typed)
            except (Unreadable, ValueError) as problem:
                reading.blame(row, "value", problem)
    for key in NEEDED if ground.into is None else ():
        if key not in found and not any(p.file == table.file for p in reading.problems):
            reading.problems.append(Problem(table.file, None, key, "", _("This key is missing.")))
    if ground.into is None:
        found.setdefault("timezone", "Asia/Shanghai")
    found["kind"] = kind_of(reading, table, found, ground.into)
    _deadline(reading, table, found, ground)
    if "first_day" in found and "last_day" in found and found["last_day"] < found["first_day"]:
        reason = _("The last day is before the first.")
        reading.problems.append(Problem(table.file, None, "last_day", found["last_day"].isoformat(), reason))
    return found


def _deadline(reading: Reading, table: Table, found: dict[str, Any], ground: Ground) -> None:
    typed = found.pop("registration_deadline", None)
    if not typed:
        return
    zone = found.get("timezone") or (ground.into.zone if ground.into else "Asia/Shanghai")
    try:
        found["deadline"] = dates.moment(typed, ZoneInfo(zone))
    except Unreadable as problem:
        row = next(row for row in table.rows if row.values["key"] == "registration_deadline")
        reading.blame(row, "value", problem)
