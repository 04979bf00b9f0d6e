"""The import as the command line and the page call it: read, check, take in, and say what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import select

from campapp.core.action import transaction
from campapp.core.db import db
from campapp.exchange.actions.camp import Counts, take_in
from campapp.exchange.actions.results import take_in_results
from campapp.exchange.camp.plan import Plan, read
from campapp.programmes.models import Programme


def standing(plan: Plan) -> Programme | None:
    """The camp that the folder is about, where it is there already."""
    return db.session.scalars(select(Programme).where(Programme.slug == plan.slug)).one_or_none()


def import_folder(
    folder: Path, *, check: bool = False, good_rows: bool = False, encodings: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Import a folder. With problems nothing is taken in, unless the good rows are asked for.

    Returns the document of `--json`: camp, created, unchanged, updated, errors.
    """
    plan = read(folder, encodings)
    errors = [problem.as_dict() for problem in plan.problems]
    counts = Counts()
    whole = all(key in plan.camp for key in ("title_en", "first_day", "last_day"))
    if not check and whole and (good_rows or not plan.problems):
        plan.only_good_rows()
        with transaction():
            programme, counts = take_in(standing(plan), plan)
            if plan.has_results:
                take_in_results(programme, plan)
    return {
        "camp": plan.slug, "created": counts.created, "unchanged": counts.unchanged, "updated": counts.updated,
        "errors": errors,
    }  # fmt: skip
