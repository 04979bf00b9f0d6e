"""A park for `campapp bench pages`: one camp made by actions, its rows then copied in bulk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert, select, text

from campapp.accounts.actions import begin_session
from campapp.accounts.models import Account
from campapp.applications.models import Application, Submission
from campapp.companies.models import Company
from campapp.core.current import SYSTEM, current
from campapp.core.db import Base, db
from campapp.core.search import search_values
from campapp.matching.models import Match
from campapp.pool.models import Project, Snapshot
from campapp.programmes.models import Participation, Slot, Table
from campapp.scheduling.models import Meeting
from campapp.teams.models import Team
from tests.outcomes.arranged import Day, day

MEETINGS, BATCH = 300, 2_000
WORDS = (
    "量子成像",
    "边缘推理",
    "开源芯片",
    "无人配送",
    "医学影像",
    "园区算力",
    "工业质检",
    "微波雷达",
    "智能网联",
)


@dataclass
class Planted:
    """What is asked: page → (path, session)."""

    pages: dict[str, tuple[str, str]] = field(default_factory=dict)


def plant(rows: int) -> Planted:
    """A camp with so many applications, and 300 meetings on its board."""
    with current.set(actor=SYSTEM):
        stage = day(1)
        entries = _applications(stage, rows)
        _meetings(stage, entries)
        db.session.execute(text("ANALYZE"))
        db.session.commit()
        organiser = _session(stage.organiser, f"organiser:{stage.programme.id}")
        company = _session(stage.representative, f"representative:{stage.company.company_id}")
    camp = f"/programmes/{stage.programme.slug}"
    return Planted(
        {
            "the organiser's list": (f"{camp}/applications", organiser),
            "its search": (f"{camp}/applications?q=%E9%87%8F%E5%AD%90", organiser),
            "one application": (f"/applications/{stage.entry.id}", organiser),
            "the company's review page": ("/matches", company),
            "the public page": (camp, ""),
            "the board, 300 meetings": (f"{camp}/board", organiser),
        }
    )


def _session(account: Account, membership: str) -> str:
    return str(begin_session(account, membership=membership))


def _values(row: Any, **changed: Any) -> dict[str, Any]:
    """A row's columns by attribute, without its id."""
    names = [attribute.key for attribute in type(row).__mapper__.column_attrs if attribute.key != "id"]
    return {name: getattr(row, name) for name in names} | changed


def _copied(model: type[Base], rows: Iterator[dict[str, Any]]) -> list[int]:
    """Insert in batches; the new ids in order."""
    known = db.session.scalars(select(model.id).order_by(model.id.desc()).limit(1)).first() or 0
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            db.session.execute(insert(model), batch)
            batch = []
    if batch:
        db.session.execute(insert(model), batch)
    db.session.commit()
    return list(db.session.scalars(select(model.id).where(model.id > known).order_by(model.id)))


def _applications(stage: Day, rows: int) -> list[int]:
    entry = stage.entry
    project, team = db.session.get_one(Project, entry.project_id), db.session.get_one(Team, entry.team_id)
    submission = db.session.get_one(Submission, entry.submission_id)
    like_team, like_project, like_entry = _values(team), _values(project), _values(entry)
    like_snapshot = _values(db.session.get_one(Snapshot, submission.snapshot_id))
    like_submission = _values(submission)
    names = [f"{WORDS[n % len(WORDS)]}{n}" for n in range(rows)]
    teams = _copied(Team, (like_team | {"name": name, "name_key": name, "sort_key": name} for name in names))
    projects = _copied(Project, (like_project | {"team_id": one, "title": name}
                                 for one, name in zip(teams, names, strict=True)))  # fmt: skip
    snapshots = _copied(Snapshot, (like_snapshot | {"project_id": one} for one in projects))
    made = zip(teams, projects, names, strict=True)
    entries = _copied(Application, (_entry(like_entry, n, *one) for n, one in enumerate(made)))
    pairs = zip(entries, snapshots, strict=True)
    _copied(Submission, (like_submission | {"application_id": one, "snapshot_id": two} for one, two in pairs))
    db.session.execute(text(
        "UPDATE applications SET submission_id = "
        "(SELECT s.id FROM submissions s WHERE s.application_id = applications.id AND s.number = 1)"
    ))  # fmt: skip
    db.session.commit()
    return entries


def _entry(like: dict[str, Any], n: int, team: int, project: int, name: str) -> dict[str, Any]:
    row = like | {
        "team_id": team, "project_id": project, "team_name": name, "team_sort": name, "submission_id": None,
        "project_title": f"{name} 平台", "summary": f"{name},面向园区的第 {n} 个场景。", "number": f"B-{n:07d}",
        "state": "accepted" if n % 9 == 0 or n < MEETINGS else "submitted",
    }  # fmt: skip
    return row | search_values(Application, row)


def _meetings(stage: Day, entries: list[int]) -> None:
    """The company that is there and more like it, each at a table of its own, through all slots."""
    slots = list(db.session.scalars(select(Slot.id).order_by(Slot.starts_at)))
    wanted = -(-MEETINGS // len(slots))
    company = db.session.get_one(Company, stage.company.company_id)
    names = [f"Company {n}" for n in range(wanted)]
    companies = _copied(Company, (_renamed(company, name) for name in names))
    like_part, like_table = _values(stage.company), _values(db.session.scalars(select(Table)).first())
    parts = _copied(Participation, (like_part | {"company_id": one} for one in companies))
    tables = _copied(Table, (like_table | {"participation_id": one, "name": f"B{n:02d}"}
                             for n, one in enumerate(parts)))  # fmt: skip
    places = [(part, table, slot) for part, table in zip(parts, tables, strict=True) for slot in slots][
        :MEETINGS
    ]
    like_match = _values(db.session.get_one(Match, stage.meetings[0].match_id))
    held = entries[: len(places)]
    matches = _copied(Match, (like_match | {"application_id": entry, "participation_id": place[0]}
                              for entry, place in zip(held, places, strict=True)))  # fmt: skip
    like = _values(stage.meetings[0])
    _copied(Meeting, (
        like | {"match_id": match, "application_id": entry, "participation_id": place[0], "table_id": place[1],
                "slot_id": place[2], "uid": f"bench-{match}@campapp.example"}
        for match, entry, place in zip(matches, held, places, strict=True)
    ))  # fmt: skip


def _renamed(company: Company, name: str) -> dict[str, Any]:
    row = _values(company)
    row |= {key: name for key in ("name", "name_zh", "name_en", "name_key") if key in row}
    return row | search_values(Company, row)
