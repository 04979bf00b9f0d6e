"""A park for `campapp bench pages`: one camp made by actions, its rows then copied inside the database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Column, DateTime, Integer, MetaData, Text, func, insert, select, text, true
from sqlalchemy import Table as Rows
from sqlalchemy.orm import aliased

from campapp.accounts.actions import begin_session
from campapp.accounts.models import Account
from campapp.applications.models import Application, Submission
from campapp.companies.models import Company
from campapp.core.current import SYSTEM, current
from campapp.core.db import Base, db
from campapp.core.events import Event, EventPerson, EventSubject
from campapp.core.search import Terms, search_values
from campapp.core.search_index import OnConnection, create_search_index, drop_search_index
from campapp.matching.models import Match
from campapp.pool.models import Project, Snapshot
from campapp.programmes.models import Participation, Slot, Table
from campapp.scheduling.models import Meeting
from campapp.teams.models import Member, Team
from tests.outcomes.arranged import Day, day

MEETINGS, BATCH = 300, 10_000
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
MADE = Rows(
    "bench_rows",
    MetaData(),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("state", Text),
    Column("at", DateTime(timezone=True)),
    Column("trl", Integer),
    *(Column(name, Text) for name in ("number", "team_name", "project_title", "summary", "held")),
    Column("terms", Terms()),
    prefixes=["TEMPORARY"],
)
"""What differs from one application to the next; everything else is copied from the camp's first."""
# An application and its submission name each other: the key is held once both are there.
DEFERRED = "PRAGMA defer_foreign_keys = ON"
DROPPED = "ALTER TABLE submissions DROP CONSTRAINT fk_submissions_application_id"
RESTORED = (
    "ALTER TABLE submissions ADD CONSTRAINT fk_submissions_application_id "
    "FOREIGN KEY (application_id) REFERENCES applications (id)"
)


@dataclass
class Planted:
    """What is asked: page → (path, session)."""

    pages: dict[str, tuple[str, str]] = field(default_factory=dict)


def plant(rows: int) -> Planted:
    """A camp with so many applications, and 300 meetings on its board."""
    with current.set(actor=SYSTEM):
        stage = day(1)
        organiser = _session(stage.organiser, f"organiser:{stage.programme.id}")
        company = _session(stage.representative, f"representative:{stage.company.company_id}")
        camp, entry = f"/programmes/{stage.programme.slug}", stage.entry.id
        _Bulk(stage, rows).fill()
        db.session.commit()
    return Planted(
        {
            "the organiser's list": (f"{camp}/applications", organiser),
            "its search": (f"{camp}/applications?q=%E9%87%8F%E5%AD%90", organiser),
            "the palette, the same word": ("/search?q=%E9%87%8F%E5%AD%90", organiser),
            "the palette, initials": ("/search?q=lz", organiser),
            "one application": (f"/applications/{entry}", organiser),
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


class _Bulk:
    """Copies of the camp's first application, each with its team, project, member, submission and event."""

    def __init__(self, stage: Day, rows: int) -> None:
        self.stage, self.rows = stage, rows
        self.sqlite = db.session.get_bind().dialect.name == "sqlite"

    def fill(self) -> None:
        """All of it, in one transaction; the search index is made at the end, as a restored backup makes it."""
        connection = db.session.connection()
        if self.sqlite:
            connection.exec_driver_sql("PRAGMA cache_size = -400000")
        drop_search_index(OnConnection(connection), "applications")
        MADE.create(connection)
        self._make_rows()
        entries = self._applications()
        create_search_index(OnConnection(connection), "applications")
        _meetings(self.stage, list(range(entries, entries + min(MEETINGS, self.rows))))
        MADE.drop(connection)
        if not self.sqlite:
            self._numbered()
        db.session.commit()
        db.session.execute(text("ANALYZE"))

    def _make_rows(self) -> None:
        first, made = self.stage.entry.submitted_at, range(self.rows)
        values = (self._made(n, first) for n in made)
        while batch := list(islice(values, BATCH)):
            db.session.execute(insert(MADE), batch)

    @staticmethod
    def _made(n: int, first: Any) -> dict[str, Any]:
        name = f"{WORDS[n % len(WORDS)]}{n}"
        row = {
            "n": n, "number": f"B-{n:07d}", "team_name": name, "project_title": f"{name} 平台",
            "summary": f"{name},面向园区的第 {n} 个场景。", "at": first + timedelta(milliseconds=40 * n),
            "trl": n % 9 + 1, "state": "accepted" if n % 9 == 0 or n < MEETINGS else "submitted",
        }  # fmt: skip
        found = search_values(Application, row)
        return row | {"held": found["search_text"], "terms": found["search_terms"]}

    @staticmethod
    def _above(model: type[Base]) -> int:
        return int(db.session.scalar(select(func.max(model.id))) or 0) + 1

    def _copy(self, model: type[Base], like: int, **changed: Any) -> int:
        """As many rows of a table like one of it; what the first id exceeds its number by."""
        above = self._above(model)
        one = aliased(model)
        names = [attribute.key for attribute in model.__mapper__.column_attrs if attribute.key != "id"]
        values = [changed[name] if name in changed else getattr(one, name) for name in names]
        columns = [model.id, *(getattr(model, name) for name in names)]
        rows = select(MADE.c.n + above, *values).join_from(MADE, one, true()).where(one.id == like)
        db.session.execute(
            insert(model).from_select(columns, rows.order_by(MADE.c.n), include_defaults=False)
        )
        return above

    def _applications(self) -> int:
        like, made, n = self.stage.entry, MADE.c, MADE.c.n
        submission = db.session.get_one(Submission, like.submission_id)
        member = db.session.scalars(select(Member.id).where(Member.team_id == like.team_id)).first()
        name = {"name": made.team_name}
        teams = self._copy(Team, like.team_id, **name, name_key=made.team_name, sort_key=made.team_name)
        self._copy(Member, member or 0, **name, team_id=n + teams, account_id=None)
        projects = self._copy(Project, like.project_id, team_id=n + teams, title=made.project_title)
        snapshots = self._copy(Snapshot, submission.snapshot_id, project_id=n + projects)
        words = {
            key: made[key] for key in ("team_name", "project_title", "summary", "number", "state", "trl")
        }
        search = {"search_text": made.held, "search_terms": made.terms}
        db.session.execute(text(DEFERRED if self.sqlite else DROPPED))
        entries = self._above(Application)
        submissions = self._copy(
            Submission, submission.id, application_id=n + entries, snapshot_id=n + snapshots,
            received_at=made["at"],
        )  # fmt: skip
        self._copy(
            Application, like.id, **words, **search, team_id=n + teams, project_id=n + projects,
            team_sort=made.team_name, submitted_at=made["at"], submission_id=n + submissions,
        )  # fmt: skip
        if not self.sqlite:
            db.session.execute(text(RESTORED))
        self._events(entries)
        return entries

    def _events(self, entries: int) -> None:
        named = select(Event.id).where(Event.name == "application_submitted")
        like = db.session.scalars(named.order_by(Event.id)).first() or 0
        person, subject = (
            db.session.scalars(select(model.id).where(model.event_id == like)).first() or 0
            for model in (EventPerson, EventSubject)
        )
        events = self._copy(Event, like, at=MADE.c["at"])
        self._copy(EventPerson, person, event_id=MADE.c.n + events, name=MADE.c.team_name)
        about = {"kind": text("'application'"), "subject_id": MADE.c.n + entries}
        self._copy(EventSubject, subject, event_id=MADE.c.n + events, **about)

    def _numbered(self) -> None:
        """PostgreSQL counts on from the highest id."""
        for mapper in Base.registry.mappers:
            table = mapper.class_.__tablename__
            highest = f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM \"{table}\""
            db.session.execute(text(highest))


def _copied(model: type[Base], rows: Iterable[dict[str, Any]]) -> list[int]:
    """Insert a few rows; their ids in order."""
    made = insert(model).returning(model.id, sort_by_parameter_order=True)
    return list(db.session.scalars(made, list(rows)))


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
