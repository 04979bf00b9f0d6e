"""A park of its own for a benchmark: a folder, perhaps a database on a PostgreSQL server, and real processes."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from campapp.cli.serving import HOST, hold, port_of
from campapp.settings import Settings


@contextmanager
def settings_for(server: str) -> Iterator[Settings]:
    """A folder, and on a server a database, that are gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="campapp-bench-") as folder:
        if not server:
            yield Settings(data=Path(folder))
            return
        name = f"campapp_bench_{os.getpid()}"
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"'.encode())
            try:
                yield Settings(data=Path(folder), database_url=f"{server.rpartition('/')[0]}/{name}")
            finally:
                connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


@contextmanager
def served(settings: Settings, processes: int = 1) -> Iterator[tuple[int, int]]:
    """The server's port and process."""
    with hold(HOST, 8700) as door:
        port = port_of(door)
    options = (
        f"--worker-class gthread --workers {processes} --threads 8 --no-control-socket --log-level error"
    )
    where = ("--bind", f"{HOST}:{port}", *options.split())
    command = [sys.executable, "-m", "gunicorn", "campapp.wsgi:app", *where]
    given = {
        "CAMPAPP_DATA": str(settings.data),
        "CAMPAPP_DATABASE_URL": settings.database_url,
        "PYTHONPATH": str(Path(__file__).parents[1]),
    }
    server = subprocess.Popen(command, env={**os.environ, **given})
    try:
        for _try in range(600):
            try:
                http.client.HTTPConnection(HOST, port, timeout=5).connect()
                break
            except OSError:
                time.sleep(0.1)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(timeout=20)
