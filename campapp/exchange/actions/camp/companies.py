"""Companies of a plan: they take part, with whom to write to, absences and needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from campapp.companies.actions import change_need, name_representative, state_need, write_down_company
from campapp.companies.models import Company, Need
from campapp.core.db import db
from campapp.core.text.names import fold
from campapp.exchange.actions.camp.known import Known
from campapp.exchange.camp.columns import is_number
from campapp.exchange.camp.differing import Cells, of_company, of_needs
from campapp.exchange.camp.reading import Row
from campapp.exchange.camp.standing import spoken
from campapp.programmes.actions.absence import set_absences
from campapp.programmes.actions.participation import (
    bring_need,
    change_limits,
    change_own_tables,
    confirm_participation,
    invite_company,
    show_teams,
)
from campapp.programmes.models import Participation

FIELDS = {"description": "problem", "sector": "sector", "trl_min": "trl_min", "offers": "offers"}
"""Column → a need's own name of it."""


def take_in_company(known: Known, row: Row) -> None:
    """A company takes part; one that does already is changed where the sheet's side was chosen."""
    key = fold(row["company"])
    difference = of_company(row, known.standing)
    part = known.standing.participations.get(key)
    if part is None:
        known.standing.participations[key] = _invited(known, row, key)
        known.counts.note("companies", "created")
        return
    changed = difference is not None and known.takes(difference)
    if difference is not None and changed:
        _change(known, part, row, difference.cells)
    if part.teams_shown_at is None and part.state == "confirmed":
        show_teams(part)
    known.counts.note("companies", "updated" if changed else "unchanged")


def _invited(known: Known, row: Row, key: str) -> Participation:
    company = known.standing.companies.get(key) or write_down_company(None, row["company"])
    known.standing.companies[key] = company
    part = invite_company(
        known.programme,
        company,
        state="confirmed",
        max_meetings=row["max_meetings"],
        own_tables=row["tables"],
    )
    people = known.standing.representatives[company.id]
    for contact in (row["representative_email"], row["representative_phone"]):
        if contact and not known.standing.knows(people, contact):
            _represent(known, company, row, contact)
    if row["unavailable"]:
        set_absences(part, known.standing.slots_at(row["unavailable"]))
    show_teams(part)
    return part


def _change(known: Known, part: Participation, row: Row, cells: Cells) -> None:
    if "state" in cells:
        confirm_participation(part)
    if "tables" in cells:
        change_own_tables(part, row["tables"])
    if "max_meetings" in cells:
        change_limits(part, max_meetings=row["max_meetings"], min_meetings=part.min_meetings)
    if "unavailable" in cells:
        set_absences(part, known.standing.slots_at(row["unavailable"]))
    company = db.session.get_one(Company, part.company_id)
    for column in ("representative_email", "representative_phone"):
        if column in cells:
            _represent(known, company, row, row[column])


def _represent(known: Known, company: Company, row: Row, contact: str) -> None:
    """Somebody of the company, by a contact that nobody has confirmed."""
    people = known.standing.representatives[company.id]
    other = row["representative_email"] if contact == row["representative_phone"] else ""
    same = next((person for person in people if other and person.mail == other and not person.phone), None)
    if same is not None:
        same.phone = contact
        return
    name = row["representative"] or (company.name[:100] if is_number(contact) else contact.partition("@")[0])
    people.append(name_representative(company, name, lead=True, **spoken(contact)))


def take_in_needs(known: Known, rows: Iterable[Row]) -> None:
    """Needs, brought to the camp. Where a file names one twice, each row takes the next of that name."""
    rows = [row for row in rows if fold(row["company"]) in known.standing.participations]
    seen: Counter[tuple[str, str]] = Counter()
    for row, difference in zip(rows, list(of_needs(rows, known.standing)), strict=True):
        key = (fold(row["company"]), fold(row["need"]))
        standing = known.standing.needs[key]
        at, seen[key] = seen[key], seen[key] + 1
        if at >= len(standing):
            standing.append(_stated(known, row, key[0]))
            known.counts.note("needs", "created")
        else:
            changed = difference is not None and known.takes(difference)
            if difference is not None and changed:
                values = {FIELDS[name]: row[name] for name in difference.cells}
                change_need(standing[at], **values)
            known.counts.note("needs", "updated" if changed else "unchanged")
        bring_need(known.standing.participations[key[0]], standing[at])


def _stated(known: Known, row: Row, company: str) -> Need:
    chinese = any("\u4e00" <= c <= "\u9fff" for c in row["need"] + row["description"])
    values = {name: row[column] for column, name in FIELDS.items()}
    need = state_need(
        known.standing.companies[company], row["need"], locale="zh_CN" if chinese else "en", **values
    )
    db.session.flush()
    return need
