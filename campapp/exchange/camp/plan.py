"""A folder read whole: rows that hold together, and everything that does not, all at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from campapp.core.language import gettext as _
from campapp.core.sheet.decoding import Undecided
from campapp.core.text import dates
from campapp.core.text.language import Unreadable
from campapp.core.text.names import fold
from campapp.core.text.slugs import slug as slug_of
from campapp.exchange.camp import columns
from campapp.exchange.camp.kinds import kind_of, refuse_meetings
from campapp.exchange.camp.reading import Problem, Reading, Row, Table
from campapp.exchange.camp.sources import Remembered, Source
from campapp.programmes.models import Programme

NEEDED = ("title_en", "first_day", "last_day")
"""What a camp cannot be without."""
TABLES = tuple(name for name in columns.LAYOUTS if name != "camp")


@dataclass
class Plan:
    """What a folder says of a camp."""

    camp: dict[str, Any] = field(default_factory=dict)
    agenda: list[Row] = field(default_factory=list)
    companies: list[Row] = field(default_factory=list)
    needs: list[Row] = field(default_factory=list)
    teams: list[Row] = field(default_factory=list)
    preferences: list[Row] = field(default_factory=list)
    matches: list[Row] = field(default_factory=list)
    schedule: list[Row] = field(default_factory=list)
    outcomes: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    undecided: dict[str, Undecided] = field(default_factory=dict)
    """Files that are not UTF-8, with the ways in which they can be read."""
    sources: list[Source] = field(default_factory=list)
    """The sheets as they were found."""
    into: str = ""
    """The slug of the camp that the person chose; empty: the one that the sheets name."""

    @property
    def has_results(self) -> bool:
        """Whether it says what came of the camp, too."""
        return bool(self.matches or self.schedule or self.outcomes)

    @property
    def slug(self) -> str:
        """By which the camp is known."""
        return self.into or slug_of(self.camp.get("title_en", ""))

    @property
    def whole(self) -> bool:
        """Whether it is clear which camp it is, and when."""
        return bool(self.into) or all(key in self.camp for key in NEEDED)

    @property
    def company_names(self) -> set[str]:
        """The companies that it names, folded."""
        rows = (*self.companies, *self.needs)
        return {fold(row["company"]) for row in rows if row.values.get("company")}

    def only_good_rows(self) -> None:
        """Leave out the rows that are wrong; a camp without its own dates cannot be taken in at all."""
        for name in (*TABLES, *columns.RESULTS):
            setattr(self, name, [row for row in getattr(self, name) if not row.wrong])


@dataclass(frozen=True)
class Ground:
    """What a folder is read against: how the person and the park read it, and the camp that it goes into."""

    encodings: Mapping[str, str] = field(default_factory=dict)
    remembered: Remembered = field(default_factory=dict)
    into: Programme | None = None
    slots: frozenset[tuple[date, str]] = frozenset()
    """Names of that camp, so that sheets may speak of what they do not bring."""
    companies: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()


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
    _check_agenda(reading, plan, ground)
    _check_names(reading, plan, ground)
    if not reading.unreadable:  # else each name of a file that was not read would be told as unknown
        _check_links(reading, plan, ground)
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
