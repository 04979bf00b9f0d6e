"""How fast lists and search answer at 10,000 and 200,000 rows: median and p95 in milliseconds, statements.

`campapp bench search [--rows N …] [--database-url URL]`
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Index, MetaData, String, event, insert, text, true
from sqlalchemy.orm import Mapped, mapped_column

from campapp.core.access import sees
from campapp.core.current import CONSOLE, current
from campapp.core.db import Base, db, tune
from campapp.core.list.columns import Column
from campapp.core.list.declared import List, Preset
from campapp.core.list.filters import Choice, Option
from campapp.core.list.terms import Terms
from campapp.core.search import Searchable, search_values

FIRST = ["智能", "微波", "量子", "边缘", "无人", "开源", "医学", "工业", "园区", "算力"]
SECOND = ["芯片", "网络", "成像", "配送", "机器人", "平台", "调度", "测试", "巡检", "安全"]
ENGLISH = [
    "edge",
    "chip",
    "radar",
    "imaging",
    "scheduler",
    "drone",
    "PaddlePaddle",
    "RISC-V",
    "vision",
    "twin",
]
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
REPEATS = 15


class Apart(Base):
    """Tables of this benchmark only."""

    __abstract__ = True
    metadata = MetaData()


class Entry(Searchable, Apart):
    """A row like an application."""

    __tablename__ = "bench_entries"
    __table_args__ = (
        Index("ix_bench_entries_received", "programme_id", "received_at", "id"),
        Index("ix_bench_entries_state", "programme_id", "state", "received_at", "id"),
    )
    searched = ("name", "summary")

    programme_id: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(String(2000))
    state: Mapped[str] = mapped_column(String(20))
    received_at: Mapped[datetime]


class Entries(List[Entry]):
    """A list like the organiser's."""

    name, model, order = "bench", Entry, "-received"
    columns = (
        Column("name", "name"),
        Column("received", "received", value=lambda row: row.received_at, sort=Entry.received_at),
    )
    filters = (
        Terms(),
        Choice(
            "state", "state", Entry.state, [Option("submitted", "submitted"), Option("accepted", "accepted")]
        ),
    )
    presets = (Preset("all"), Preset("accepted", "state=accepted"))

    def everything(self) -> Any:
        """One programme's entries."""
        return super().everything().where(Entry.programme_id == 1)


ASKED = {
    "the list": "",
    "one state": "state=accepted",
    "a rare word": "q=罕见词",
    "a word of 1 row in 10": "q=量子",
    "a word of most rows": "q=项目",
    "a phrase": "q=智能芯片",
    "two words": "q=量子 radar",
    "a beginning": "q=padd",
    "no hit": "q=不存在的",
}


def main(argv: list[str]) -> int:
    """Plant, ask, print."""
    parser = argparse.ArgumentParser(prog="campapp bench search", description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 200_000])
    parser.add_argument("--database-url", default="", help="an empty PostgreSQL database; else SQLite")
    wanted = parser.parse_args(argv)
    sees(Entry)(lambda _actor: true())
    print(f"{'rows':>9}  {'asked':<22} {'median ms':>9} {'p95 ms':>8} {'statements':>10}  found")
    for rows in wanted.rows:
        with tempfile.TemporaryDirectory() as folder, _database(wanted.database_url, Path(folder)):
            _plant(rows)
            for words, query in ASKED.items():
                _report(rows, words, query)
    return 0


@contextmanager
def _database(url: str, folder: Path) -> Iterator[None]:
    app = Flask("bench")
    app.config["SQLALCHEMY_DATABASE_URI"] = url or f"sqlite:///{folder}/bench.sqlite3"
    db.init_app(app)
    with app.test_request_context("/"), current.set(actor=CONSOLE):
        tune(db.engine, 30)
        Apart.metadata.create_all(db.engine)
        try:
            yield
        finally:
            db.session.remove()
            Apart.metadata.drop_all(db.engine)
            db.engine.dispose()


def _plant(rows: int) -> None:
    chance = random.Random(1)
    for begin in range(0, rows, 5_000):
        made = [_row(n, chance) for n in range(begin, min(begin + 5_000, rows))]
        db.session.execute(insert(Entry), [row | search_values(Entry, row) for row in made])
        db.session.commit()
    db.session.execute(text("ANALYZE"))
    db.session.commit()


def _row(n: int, chance: random.Random) -> dict[str, Any]:
    first, second, english = chance.choice(FIRST), chance.choice(SECOND), chance.choice(ENGLISH)
    rare = "罕见词" if n % 1_000 == 7 else ""
    return {
        "programme_id": 1,
        "name": f"{first}{second} {n}",
        "summary": f"项目面向{chance.choice(FIRST)}{chance.choice(SECOND)},采用 {english} 技术{rare}。",
        "state": "accepted" if n % 9 == 0 else "submitted",
        "received_at": BEGIN + timedelta(seconds=n // 3),
    }


def _report(rows: int, words: str, query: str) -> None:
    found = ""

    def ask() -> None:
        nonlocal found
        db.session.rollback()
        listing = Entries.from_url(query, "/")
        found = f"{len(listing.rows)} of {listing.total}"

    ask()
    took = sorted(_timed(ask) for _ in range(REPEATS))
    asked = _statements(ask)
    p95 = took[int(0.95 * (len(took) - 1))]
    print(
        f"{rows:>9,}  {words:<22} {statistics.median(took):>9.1f} {p95:>8.1f} {asked:>10}  {found}",
        flush=True,
    )


def _timed(call: Callable[[], None]) -> float:
    begin = time.perf_counter()
    call()
    return (time.perf_counter() - begin) * 1_000


def _statements(call: Callable[[], None]) -> int:
    seen: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("SELECT"):
            seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    call()
    event.remove(db.engine, "before_cursor_execute", note)
    return len(seen)
