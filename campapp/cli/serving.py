"""`campapp run`, `worker`, `demo`: what is prepared before a park is served."""

from __future__ import annotations

import fcntl
import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

import click

from campapp.cli.frame import Wishes, inside, refuse, say, settings, shared
from campapp.cli.processes import serve
from campapp.settings import Settings

HOST, BACKLOG, LAST_PORT = "127.0.0.1", 2048, 65_535
PORT = click.IntRange(0, LAST_PORT)
MARK = "serving"
"""The file that whoever serves a folder holds."""


@click.command()
@click.option("--port", type=PORT, default=8000, show_default=True, help="Another free one if it is taken.")
@click.option("--host", default=HOST, show_default=True)
@shared
def run(wishes: Wishes, port: int, host: str) -> None:
    """Serve the park: two web processes and a worker."""
    with alone(settings(wishes)) as mark:
        with inside(wishes) as app:
            _migrate()
            token = _set_up_token()
        door, address = _opened(host, port, mark)
        if token:
            say(f"This park is empty. Set it up at {address}/setup?token={token}")
        serve(app, door, ready="" if token else f"campapp is at {address}")


@click.command()
@shared
def worker(wishes: Wishes) -> None:
    """Do background work until stopped; as many of them as wanted with PostgreSQL."""
    from campapp.worker import work  # why: loaded only where it is run

    with inside(wishes) as app:
        work(app)


@click.command()
@click.option("--port", type=PORT, default=8000, show_default=True, help="Another free one if it is taken.")
@click.option("--reset", is_flag=True, help="Throw the demo park away and plant it anew.")
@shared
def demo(wishes: Wishes, port: int, reset: bool) -> None:
    """Plant the demo park and serve it."""
    chosen = settings(wishes, demo=True)
    with alone(chosen) as mark:
        if reset:
            _throw_away(chosen)
        door, address = _opened(HOST, port, mark)  # mails of the demo link to where it is served
        with inside(wishes, demo=True, public_url=chosen.public_url or address) as app:
            words = _planted(chosen)
        serve(app, door, ready=f"\ncampapp is at {address}\n\n{words}\n")


def _planted(chosen: Settings) -> str:
    """The demo park stands, planted now if it did not; its accounts in words."""
    from campapp.demo.planting import (  # why: the demo's data only here
        accounts_in_words,
        is_planted,
        plant,
    )

    _migrate()
    if not is_planted():
        if _holds_a_park():
            refuse(f"{chosen.data} holds a park of its own; the demo needs an empty folder (--data DIR).")
        say("Planting the demo park …")
        began = time.monotonic()
        plant()
        say(f"Planted in {time.monotonic() - began:.0f} s.")
    return accounts_in_words()


@contextmanager
def alone(chosen: Settings) -> Iterator[IO[str] | None]:
    """A folder with its own SQLite is one process's while it serves, and says at which address; else nobody's."""
    if chosen.database_url:
        yield None
        return
    chosen.data.mkdir(parents=True, exist_ok=True)
    with (chosen.data / MARK).open("a+") as mark:
        try:
            # why: unlike flock, no child that is left over holds it
            fcntl.lockf(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            mark.seek(0)
            refuse(
                f"{chosen.data} is served already, {mark.read() or 'by a park that is starting'}. End that first."
            )
        mark.truncate(0)
        yield mark


def _opened(host: str, port: int, mark: IO[str] | None) -> tuple[socket.socket, str]:
    """The door and its address, said where it is another one than was asked for."""
    door = hold(host, port)
    if port and port_of(door) != port:
        say(f"Port {port} is taken; using {port_of(door)}.")
    address = f"http://{f'[{host}]' if ':' in host else host}:{port_of(door)}"
    if mark:
        print(f"at {address}", end="", file=mark, flush=True)
    return door, address


def _migrate() -> None:
    from flask_migrate import upgrade  # why: loaded only where it is run

    upgrade()


def _set_up_token() -> str:
    from campapp.accounts.setup import setup_token  # why: loaded only where it is run

    return str(setup_token())


def _holds_a_park() -> bool:
    from campapp.core.park import the_park  # why: loaded only where it is run

    return the_park() is not None


def _throw_away(chosen: Settings) -> None:
    if chosen.database_url:
        refuse("The demo is reset in a folder, not in a PostgreSQL database.")
    marker = chosen.data / "demo"
    if any(one.name != MARK for one in chosen.data.iterdir()) and not marker.exists():
        refuse(f"{chosen.data} is not a demo park; nothing was thrown away.")
    for name in ("campapp.sqlite3", "campapp.sqlite3-wal", "campapp.sqlite3-shm", "demo"):
        (chosen.data / name).unlink(missing_ok=True)
    shutil.rmtree(chosen.files, ignore_errors=True)


def hold(host: str, wanted: int) -> socket.socket:
    """A socket that listens on the wanted port or the next free one, so that nobody else takes it while the park is
    prepared; who comes early waits until it is served."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for port in (*range(wanted, min(wanted + 50, LAST_PORT + 1)), 0):
        try:
            return socket.create_server((host, port), family=family, backlog=BACKLOG)
        except socket.gaierror as error:
            refuse(f"{host} is no address of this machine: {error.strerror}")
        except OSError as error:
            reason = error.strerror
    return refuse(f"nothing can be served on {host}: {reason}")


def port_of(door: socket.socket) -> int:
    """The port that a held socket listens on."""
    return int(door.getsockname()[1])
