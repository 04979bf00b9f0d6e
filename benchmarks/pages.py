"""How fast pages answer: statements, median and p95 in milliseconds, bytes; over the real server, with one client.

`campapp bench pages [--rows N …]`: a park with N applications in one camp, and a board with 300 meetings.
"""

from __future__ import annotations

import argparse
import http.client
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import event

from benchmarks.pages_park import plant
from campapp import create_app
from campapp.accounts.sessions import COOKIE
from campapp.cli.serving import HOST, free_port
from campapp.core.db import db
from campapp.settings import Settings

REPEATS, WARM = 60, 5
COUNTED = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")


def main(argv: list[str]) -> int:
    """Plant, serve, ask, print."""
    parser = argparse.ArgumentParser(prog="campapp bench pages", description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000])
    wanted = parser.parse_args(argv)
    print(
        f"{'rows':>9}  {'page':<26} {'statements':>10} {'median ms':>9} {'p95 ms':>8} {'bytes':>8}",
        flush=True,
    )
    for rows in wanted.rows:
        with tempfile.TemporaryDirectory(prefix="campapp-bench-") as folder:
            settings = Settings(data=Path(folder))
            app = create_app(settings)
            with app.app_context():
                upgrade()
                park = plant(rows)
            with _served(settings) as port:
                for name, (path, token) in park.pages.items():
                    _report(app, port, rows, name, path, token)
    return 0


@contextmanager
def _served(settings: Settings) -> Iterator[int]:
    port = free_port(HOST, 8700)
    options = "--worker-class gthread --workers 1 --threads 8 --no-control-socket --log-level error"
    where = ("--bind", f"{HOST}:{port}", *options.split())
    command = [sys.executable, "-m", "gunicorn", "campapp.wsgi:app", *where]
    source = str(Path(__file__).parents[1])
    server = subprocess.Popen(
        command, env={**os.environ, "CAMPAPP_DATA": str(settings.data), "PYTHONPATH": source}
    )
    try:
        for _try in range(600):
            try:
                http.client.HTTPConnection(HOST, port, timeout=5).connect()
                break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=20)


def _report(app: Flask, port: int, rows: int, name: str, path: str, token: str) -> None:
    line = http.client.HTTPConnection(HOST, port, timeout=120)
    headers = {"Cookie": f"{COOKIE}={token}"} if token else {}
    took, size = [], 0
    for number in range(WARM + REPEATS):
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
    asked, p95 = _statements(app, path, token), took[int(0.95 * (len(took) - 1))]
    print(
        f"{rows:>9,}  {name:<26} {asked:>10} {statistics.median(took):>9.1f} {p95:>8.1f} {size:>8,}",
        flush=True,
    )


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
