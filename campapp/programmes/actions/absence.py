"""When companies cannot meet: each says so itself, or the staff writes it down for several at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import delete, select

from campapp.companies.models import Company
from campapp.core.access import Rule
from campapp.core.action import Act, action
from campapp.core.current import REPRESENTATIVE, Membership, current
from campapp.core.db import db
from campapp.core.outbox import tell
from campapp.programmes.models import Absence, Participation, Programme, Slot
from campapp.programmes.rules import helps_camp, helps_with, takes_part

helps_participation: Rule = helps_with(Participation)


@dataclass(frozen=True)
class Change:
    """Slots that were ticked and slots whose tick was taken away; the others stay as they are by now."""

    ticked: frozenset[int] = frozenset()
    cleared: frozenset[int] = frozenset()


def _away(participation: Participation) -> set[int]:
    own = select(Absence.slot_id).where(Absence.participation_id == participation.id)
    return set(db.session.scalars(own))


@action("absences_set", rule=takes_part | helps_participation)
def set_absences(act: Act, participation: Participation, slots: Iterable[Slot]) -> None:
    """The slots in which the company cannot meet."""
    wanted, have = {slot.id for slot in slots}, _away(participation)
    gone = Absence.participation_id == participation.id, Absence.slot_id.in_(have - wanted)
    db.session.execute(delete(Absence).where(*gone))
    db.session.add_all(
        Absence(participation_id=participation.id, slot_id=one) for one in sorted(wanted - have)
    )
    act.note(slots=sorted(wanted))


@action("absences_written_down", rule=helps_camp)
def write_down_absences(act: Act, programme: Programme, changes: Mapping[int, Change]) -> list[Participation]:
    """What several companies said: each event names the company and who wrote it down, and each is told once.

    Answers the participations that changed. What a company changed itself meanwhile, elsewhere in its row, stays.
    """
    slots = {one.id: one for one in db.session.scalars(select(Slot).where(Slot.programme_id == programme.id))}
    rows = db.session.scalars(
        select(Participation)
        .where(Participation.programme_id == programme.id, Participation.id.in_(changes))
        .order_by(Participation.id)
        .with_for_update(key_share=True)
    )
    changed = []
    for row in rows:
        change, have = changes[row.id], _away(row)
        wanted = (have - change.cleared) | (change.ticked & set(slots))
        if wanted != have:
            company = db.session.get_one(Company, row.company_id)
            _for(act, company, row, [slots[one] for one in sorted(wanted)])
            changed.append(row)
    act.note(companies=len(changed))
    return changed


def _for(act: Act, company: Company, row: Participation, slots: list[Slot]) -> None:
    """Set them in the company's place, and tell it who did."""
    place = Membership(REPRESENTATIVE, "company", company.id, "lead", company.name)
    with current.set(actor=act.by.for_(place)):
        set_absences(row, slots)
    away = [f"{slot.day.isoformat()} {slot.start}" for slot in sorted(slots, key=lambda slot: slot.starts_at)]
    tell(company, "programmes/absences", row, by=act.by.name, away=away)
