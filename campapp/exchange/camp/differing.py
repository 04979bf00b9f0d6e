"""Where a sheet says something else than what stands: found once, shown side by side, and the only thing changed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from campapp.core.text.names import fold
from campapp.exchange.camp.plan import Plan
from campapp.exchange.camp.reading import Row
from campapp.exchange.camp.standing import Standing, contact_of

Cells = dict[str, tuple[Any, Any]]
"""Column → what stands, what the sheet says."""
CAMP_FIELDS = {
    "title_en": "title_en", "title_zh": "title_zh", "timezone": "zone", "first_day": "first_day",
    "last_day": "last_day", "deadline": "deadline", "wanted": "wanted",
}  # fmt: skip
"""Key of the camp's sheet → the programme's own name of it."""


@dataclass(frozen=True)
class Difference:
    """A row that is there already and says something else."""

    kind: str
    name: str
    place: str
    """File and row of the sheet."""
    cells: Cells
    subjects: tuple[tuple[str, int], ...] = ()
    """The rows that would change, as events name them."""

    @property
    def key(self) -> str:
        """By which a choice names it."""
        return hashlib.sha256(f"{self.kind}\n{self.place}\n{self.name}".encode()).hexdigest()[:16]

    @property
    def digest(self) -> str:
        """What exactly was shown: another one means that somebody changed it meanwhile."""
        return hashlib.sha256(repr(sorted(self.cells.items())).encode()).hexdigest()[:16]


Chosen = Callable[[Difference], bool]
"""Whether the sheet's side of a difference is taken."""


def take_all(_difference: Difference) -> bool:
    """As the command line does: the sheets are right."""
    return True


def differences(plan: Plan, standing: Standing) -> list[Difference]:
    """Every row of the sheets that differs from what stands; wrong rows are left out."""
    if standing.programme is None:
        return []
    found = [
        of_camp(plan.camp, standing), *(of_company(row, standing) for row in _good(plan.companies)),
        *of_needs(_good(plan.needs), standing), *(of_team(row, standing) for row in _good(plan.teams)),
        *(of_preference(row, standing) for row in _good(plan.preferences)),
    ]  # fmt: skip
    return [one for one in found if one is not None and one.cells]


def _good(rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if not row.wrong]


def _differing(have: Mapping[str, Any], row: Row) -> Cells:
    """The columns that the sheet has and that say something else."""
    return {
        name: (value, row[name])
        for name, value in have.items()
        if name in row.said and not (value == row[name] or (value in (None, "", []) and not row[name]))
    }


def of_camp(camp: Mapping[str, Any], standing: Standing) -> Difference | None:
    """The camp's own names and dates."""
    programme = standing.programme
    if programme is None:
        return None
    cells = {
        key: (getattr(programme, name), camp[key])
        for key, name in CAMP_FIELDS.items()
        if key in camp and getattr(programme, name) != camp[key]
    }
    subjects = (("programme", programme.id),)
    return Difference("camp", programme.title_en or programme.title_zh, "camp", cells, subjects)


def of_company(row: Row, standing: Standing) -> Difference | None:
    """A company in the camp: limits, tables, absences, whom to write to."""
    part = standing.participations.get(fold(row["company"]))
    if part is None:
        return None
    have = {
        "tables": part.own_tables, "max_meetings": part.max_meetings,
        "unavailable": standing.moments(standing.company_away[part.id]),
    }  # fmt: skip
    cells = _differing(have, _in_order(row))
    people = standing.representatives[part.company_id]
    cells |= _contacts(row, people, ("representative_email", "representative_phone"), standing)
    if part.state != "confirmed":
        cells["state"] = (part.state, "confirmed")
    subjects = (("participation", part.id), ("company", part.company_id))
    return Difference("companies", row["company"], _place(row), cells, subjects)


def of_needs(rows: Iterable[Row], standing: Standing) -> Iterator[Difference | None]:
    """A company's needs; where a file names one twice, each row stands for the next of that name."""
    taken: dict[tuple[str, str], int] = {}
    for row in rows:
        key = (fold(row["company"]), fold(row["need"]))
        at = taken.get(key, 0)
        taken[key] = at + 1
        needs = standing.needs.get(key, [])
        if at < len(needs):
            need = needs[at]
            have = {
                "description": need.problem,
                "sector": need.sector,
                "trl_min": need.trl_min,
                "offers": need.offers,
            }
            yield Difference(
                "needs", f"{row['company']} · {row['need']}", _place(row), _differing(have, row), (("need", need.id),)
            )  # fmt: skip
        else:
            yield None


def of_team(row: Row, standing: Standing) -> Difference | None:
    """A team in the camp and its project."""
    entry = standing.teams.get(fold(row["team"]))
    if entry is None:
        return None
    application, team, project = entry.application, entry.team, entry.project
    people = standing.members[team.id]
    have = {
        "project": project.title, "summary": project.summary, "sector": project.sector, "trl": project.trl,
        "members": team.size or len(people) or None, "max_meetings": application.max_meetings,
        "unavailable": standing.moments(standing.team_away[application.id]),
    }  # fmt: skip
    cells = _differing(have, _in_order(row))
    cells |= _contacts(row, people, ("captain_email", "captain_phone"), standing)
    subjects = (("application", application.id), ("team", team.id), ("project", project.id))
    return Difference("teams", row["team"], _place(row), cells, subjects)


def of_preference(row: Row, standing: Standing) -> Difference | None:
    """The rank that one side gave the other."""
    team, company = (row["from"], row["to"]) if row["side"] == "team" else (row["to"], row["from"])
    entry, part = standing.teams.get(fold(team)), standing.participations.get(fold(company))
    if entry is None or part is None:
        return None
    rows = standing.preferences.get((row["side"], entry.application.id, part.id))
    if not rows:
        return None
    known = rows[0]
    cells = _differing({"rank": known.rank}, row)
    return Difference(
        "preferences", f"{row['from']} → {row['to']}", _place(row), cells, (("preference", known.id),)
    )


def _contacts(row: Row, people: Iterable[Any], columns: tuple[str, ...], standing: Standing) -> Cells:
    """Contacts that nobody of the side has; a person is added, nobody is overwritten."""
    have = next((contact_of(person) for person in people), "")
    return {
        name: (have, row[name])
        for name in columns
        if name in row.said and row[name] and not standing.knows(people, row[name])
    }


def _in_order(row: Row) -> Row:
    """The row with its absences in time order, each once."""
    ordered = sorted(set(row.values.get("unavailable") or []))
    return Row(row.file, row.number, row.cells, {**row.values, "unavailable": ordered}, said=row.said)


def _place(row: Row) -> str:
    return f"{row.file}:{row.number}"
