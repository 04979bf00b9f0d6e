"""Where persons stand in the tables: what is theirs when they ask for it, and what is emptied when they go.

A row is somebody's where one of its columns names their account. Secrets are left out. What the rows of a team say
about it (answers, files, results) is the team's; its members are handed it too, as long as they are in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Column, Select, Table, or_, select

from campapp.accounts.models import Account
from campapp.applications.models import Application, Consent, EntryFile, Submission
from campapp.core.db import Base, db
from campapp.core.events import Event, EventPerson
from campapp.core.files import StoredFile
from campapp.park.named import identity_questions, in_teams, masked, named_by_others
from campapp.pool.models import Project, Snapshot
from campapp.teams.models import Member, Team

LEFT_OUT = frozenset({"throttles", "jobs", "second_factors", "codes", "runs", "packages"})
"""Tables that hold machinery, or secrets only."""


def own_rows(account_id: int) -> dict[str, list[dict[str, Any]]]:
    """Every row that names the account, by table."""
    found: dict[str, list[dict[str, Any]]] = {}
    for table in Base.metadata.sorted_tables:
        columns = list(account_columns(table))
        if table.name in LEFT_OUT or not columns:
            continue
        rows = db.session.execute(
            select(*shown_columns(table))
            .where(or_(*(column == account_id for column in columns)))
            .order_by(table.c.id)
        )
        if listed := [plain(row._mapping) for row in rows]:
            found[table.name] = listed
    return found


def account_columns(table: Table) -> Iterator[Column[Any]]:
    """The columns of a table that name an account."""
    for column in table.columns:
        points = any(key.column.table.name == "accounts" for key in column.foreign_keys)
        if points or column.name == "account_id" or (table.name == "accounts" and column.name == "id"):
            yield column


def shown_columns(table: Table) -> list[Column[Any]]:
    """What may be handed out of a table."""
    return [
        column
        for column in table.columns
        if not column.info.get("secret") and column.name not in {"search_text", "search_terms"}
    ]


def plain(row: Any) -> dict[str, Any]:
    """A row as JSON takes it; what is empty is left out."""
    found = {}
    for name, value in row.items():
        if value not in (None, "", {}, []):
            found[name] = str(value) if isinstance(value, datetime | date | Decimal | bytes) else value
    return found


def _present_teams(account: Account) -> Select[int]:
    """The teams that the person is in. Who left, or was taken out, is handed nothing that a team wrote since."""
    return select(Member.team_id).where(Member.account_id == account.id, Member.left_at.is_(None))


def whole(account: Account) -> dict[str, Any]:
    """Everything about a person, as one document."""
    teams = _present_teams(account)
    entries = select(Application).where(Application.team_id.in_(teams))
    traces, numbers = in_teams(account), identity_questions(teams)
    acts = (
        select(EventPerson.values, Event.id)
        .join(Event, Event.id == EventPerson.event_id)
        .where(Event.account_id == account.id)
    )
    return {
        "account": account.id, **own_rows(account.id),
        "teams": _all(select(Team.__table__).where(Team.id.in_(teams))),
        "projects": _all(select(Project.__table__).where(Project.team_id.in_(teams))),
        "applications": [
            {"number": row.number, "state": row.state, "team": row.team_name, "project": row.project_title,
             "answers": masked(row, traces, numbers), "submitted_at": str(row.submitted_at or "")}
            for row in db.session.scalars(entries.order_by(Application.id))
        ],
        "own_consents": _all(
            select(Consent.__table__)
            .join(Member, Member.id == Consent.member_id)
            .where(Member.account_id == account.id)
            .order_by(Consent.id)
        ),
        "named_by_others": named_by_others(account),
        "changes": [{"event": row[1], **row[0]} for row in db.session.execute(acts) if row[0]],
    }  # fmt: skip


def _all(statement: Any) -> list[dict[str, Any]]:
    return [plain(row._mapping) for row in db.session.execute(statement)]


def own_files(account: Account) -> list[StoredFile]:
    """The files that the person gave, and those of the entries of the teams that they are in."""
    teams = _present_teams(account)
    entries = (
        select(EntryFile.file_id)
        .join(Application, Application.id == EntryFile.application_id)
        .where(Application.team_id.in_(teams), EntryFile.removed_at.is_(None))
    )
    rows = select(StoredFile).where(or_(StoredFile.account_id == account.id, StoredFile.id.in_(entries)))
    return list(db.session.scalars(rows.order_by(StoredFile.id)))


def snapshots_of(account: Account) -> list[Snapshot]:
    """The submitted versions in which the person may be named."""
    teams = select(Member.team_id).where(Member.account_id == account.id)
    return list(
        db.session.scalars(
            select(Snapshot)
            .join(Submission, Submission.snapshot_id == Snapshot.id)
            .join(Application, Application.id == Submission.application_id)
            .where(Application.team_id.in_(teams))
            .with_for_update(of=Snapshot, key_share=True)
        )
    )
