"""The import as the command line and the page call it: read, check, take in, and say what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select

from campapp.core import clock
from campapp.core.action import transaction
from campapp.core.current import current
from campapp.core.db import db
from campapp.exchange.actions.camp import Counts, take_in
from campapp.exchange.actions.results import take_in_results
from campapp.exchange.camp.differing import Chosen, take_all
from campapp.exchange.camp.folder import read
from campapp.exchange.camp.plan import Ground, Plan
from campapp.exchange.camp.sources import Mapped, Remembered
from campapp.exchange.camp.standing import standing_of
from campapp.exchange.models import HeadingMap
from campapp.programmes.models import Programme


def standing(plan: Plan) -> Programme | None:
    """The camp that the folder is about, where it is there already."""
    return db.session.scalars(select(Programme).where(Programme.slug == plan.slug)).one_or_none()


def remembered() -> Remembered:
    """How sheets with headings of their own are read in this park."""
    rows = db.session.scalars(select(HeadingMap))
    return {row.headings_key: Mapped(row.holds, row.fields, row.constants) for row in rows}


def ground(encodings: Mapping[str, str] | None = None, into: Programme | None = None) -> Ground:
    """What an upload is read against."""
    known = remembered()
    if into is None:
        return Ground(encodings or {}, known)
    camp = standing_of(into, ())
    names = frozenset(camp.participations), frozenset(camp.teams)
    return Ground(encodings or {}, known, into, frozenset(camp.slots), *names)


def import_folder(
    folder: Path, *, check: bool = False, good_rows: bool = False, encodings: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Import a folder, the sheets being right where something else stands.

    Whoever imports by command declares by it that the teams' consents were collected outside campapp.

    Returns the document of `--json`: camp, created, unchanged, updated, errors.
    """
    plan = read(folder, ground(encodings))
    if check or not plan.whole or (plan.problems and not good_rows):
        return document_of(plan, Counts())
    return import_plan(plan, consents_of=clock.today(str(plan.camp.get("timezone") or current.zone)))


def import_plan(plan: Plan, chosen: Chosen = take_all, *, consents_of: date | None = None) -> dict[str, Any]:
    """Take in the good rows of a plan; of what differs, what was chosen. Answers the document.

    `consents_of`: when the organiser collected the new teams' consents outside campapp; None: they will be asked.
    """
    plan.only_good_rows()
    with transaction():
        programme, counts = take_in(standing(plan), plan, chosen, consents_of)
        if plan.has_results:
            take_in_results(programme, plan)
    return document_of(plan, counts)


def document_of(plan: Plan, counts: Counts) -> dict[str, Any]:
    """What `--json` prints."""
    return {
        "camp": plan.slug, "created": counts.created, "unchanged": counts.unchanged, "updated": counts.updated,
        "errors": [problem.as_dict() for problem in plan.problems],
    }  # fmt: skip
