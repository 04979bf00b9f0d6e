"""What a new draft is filled with: the pool's project, its team and organisation, and the last entry's answers."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from campapp.applications.models import Application, Submission
from campapp.core.db import db
from campapp.core.form import kinds
from campapp.core.form.answers import plain
from campapp.core.form.asked import Declared, all_fields, by_key
from campapp.organisations.models import Organisation
from campapp.pool.models import Project, Snapshot
from campapp.programmes.models import EntryForm
from campapp.teams.models import Team


def prefilled(document: Declared, project: Project, team: Team) -> dict[str, Any]:
    """The answers that are known already and fit their fields; the team changes them as it likes."""
    last, form = _last_entry(project)
    found: dict[str, Any] = {}
    for field in all_fields(document):
        value = None
        if (
            field.get("again")
            and field["key"] in last
            and form.get(field["key"], {}).get("kind") == field["kind"]
        ):
            value = _without_identities(last[field["key"]], form[field["key"]], field)
        if field.get("profile"):
            value = known(field["profile"], project, team) or value
        if field["kind"] == "choice" and isinstance(value, int):
            value = str(value)
        if value not in (None, "", [], {}) and kinds.fits(field, value):
            found[field["key"]] = value
    return found


def _without_identities(value: Any, before: Declared, now: Declared) -> Any:
    """A table's rows without identity numbers, which are given anew each time: the rule that needs one may differ."""
    private = {*kinds.identity_columns(before), *kinds.identity_columns(now)}
    if not private:
        return value
    return [{key: cell for key, cell in row.items() if key not in private} for row in value]


def known(profile: str, project: Project, team: Team) -> Any:
    """What the pool says: a column of the project, `team.…` or `organisation.…`."""
    where, _dot, column = profile.rpartition(".")
    if where == "organisation":
        row: Any = db.session.get(Organisation, team.organisation_id) if team.organisation_id else None
    else:
        row = team if where == "team" else project
    return plain(getattr(row, column, None))


def _last_entry(project: Project) -> tuple[dict[str, Any], dict[str, Declared]]:
    """What the project's last submission said, and the fields that it answered."""
    row = db.session.execute(
        select(Snapshot.document, EntryForm.document)
        .select_from(Submission)
        .join(Application, Application.id == Submission.application_id)
        .join(Snapshot, Snapshot.id == Submission.snapshot_id)
        .join(EntryForm, EntryForm.id == Submission.form_id)
        .where(Application.project_id == project.id)
        .order_by(Submission.id.desc())
        .limit(1)
    ).first()
    return (dict(row[0].get("answers", {})), by_key(row[1])) if row else ({}, {})
