"""How fast pages answer over the real server, with one client: statements, milliseconds, bytes.

`campapp bench pages [--rows N …] [--database URL]`: a park with N applications in one camp, and a board with 300
meetings; in SQLite, or in a database made for it on a PostgreSQL server. `cpu` is the server's own time a page, which
a busy machine lengthens less than the clock on the wall. Not more than 12 statements; the median at 10,000 rows under
25 ms, at more rows not more than twice that.
"""

from __future__ import annotations

import argparse
import http.client
import statistics
import time
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import event

from benchmarks.pages_park import plant
from benchmarks.served import served, settings_for
from campapp import create_app
from campapp.accounts.sessions import COOKIE
from campapp.cli.serving import HOST
from campapp.core.db import db
from campapp.settings import Settings

REPEATS, WARM = 60, 5
COUNTED = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")
HEADS = ("rows", "page", "statements", "median ms", "p95 ms", "cpu ms", "bytes")
LINE = "{:>9}  {:<26} {:>10} {:>9} {:>8} {:>8} {:>8}"


def main(argv: list[str]) -> int:
    """Plant, serve, ask, print."""
    parser = argparse.ArgumentParser(prog="campapp bench pages", description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000])
    parser.add_argument("--database", default="", metavar="URL", help="a PostgreSQL server; else SQLite")
    wanted = parser.parse_args(argv)
    print(LINE.format(*HEADS), flush=True)
    for rows in wanted.rows:
        with settings_for(wanted.database) as settings:
            _measure(settings, rows)
    return 0


def _measure(settings: Settings, rows: int) -> None:
    app = create_app(settings)
    with app.app_context():
        upgrade()
        park = plant(rows)
    with served(settings) as (port, server):
        for name, (path, token) in park.pages.items():
            _report(app, port, server, rows, name, path, token)
    with app.app_context():
        db.engine.dispose()


def _cpu(pid: int) -> float:
    """Milliseconds of processor time that a process and its children have had so far; 0 where /proc says nothing."""
    own = Path(f"/proc/{pid}/task")
    spent = 0.0
    try:
        for task in own.iterdir():
            spent += int((task / "schedstat").read_text().split()[0]) / 1e6
            spent += sum(_cpu(int(child)) for child in (task / "children").read_text().split())
    except OSError:
        return spent
    return spent


def _report(app: Flask, port: int, server: int, rows: int, name: str, path: str, token: str) -> None:
    line = http.client.HTTPConnection(HOST, port, timeout=120)
    headers = {"Cookie": f"{COOKIE}={token}"} if token else {}
    took, size, before = [], 0, 0.0
    for number in range(WARM + REPEATS):
        if number == WARM:
            before = _cpu(server)
        begin = time.perf_counter()
        line.request("GET", path, headers=headers)
        answer = line.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status}")
        if number >= WARM:
            took.append((time.perf_counter() - begin) * 1_000)
        size = len(body)
    took.sort()
    spent = (_cpu(server) - before) / REPEATS
    figures = (statistics.median(took), took[int(0.95 * (len(took) - 1))], spent)
    asked = _statements(app, path, token)
    print(LINE.format(f"{rows:,}", name, asked, *(f"{one:.1f}" for one in figures), f"{size:,}"), flush=True)


def _statements(app: Flask, path: str, token: str) -> int:
    """How many statements the page asks: counted in this process, over the same database."""
    seen: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.lstrip().upper().startswith(COUNTED):
            seen.append(statement)

    client = app.test_client()
    if token:
        client.set_cookie(COOKIE, token)
    client.get(path)
    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    client.get(path)
    event.remove(engine, "before_cursor_execute", note)
    return len(seen)
