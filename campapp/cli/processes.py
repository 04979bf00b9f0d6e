"""A park being served: gunicorn's processes and the worker, forked from one parent that has built the application."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import Any, NoReturn

from flask import Flask
from gunicorn.app.base import BaseApplication

from campapp.cli.frame import say

WEB_PROCESSES, THREADS = 2, 8
PATIENCE = 15.0
"""Seconds that a process has to end by itself."""


class Web(BaseApplication):
    """gunicorn over an application that is built already."""

    def __init__(self, app: Flask, door: socket.socket) -> None:
        self.served = app
        self.door = door
        super().__init__()

    def load_config(self) -> None:
        wanted: dict[str, Any] = {
            "bind": f"fd://{self.door.fileno()}", "worker_class": "gthread", "workers": WEB_PROCESSES,
            "threads": THREADS, "control_socket_disable": True, "loglevel": "warning", "graceful_timeout": 10,
        }  # fmt: skip
        for name, value in wanted.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self.served


def serve(app: Flask, door: socket.socket, ready: str = "") -> None:
    """Serve on a held socket until a signal asks to end; a process that dies is started again, and who comes
    meanwhile waits. `ready` is said once a page is answered."""
    from campapp.core.db import db  # why: `--help` must not load the whole house

    with app.app_context():
        db.session.remove()
        db.engine.dispose()  # a connection must not be shared with the children
    tasks: dict[str, Callable[[], None]] = {
        "the web server": lambda: Web(app, door).run(),
        "the worker": lambda: _work(app),
    }
    children = {name: _fork(task) for name, task in tasks.items()}
    ended = _until_signal()
    if ready and _answers(door, ended):
        say(ready)
    while not ended:
        for name, pid in children.items():
            code = _code(pid)
            if code is not None and not ended:
                say(f"{name} ended ({code}); starting it again")
                time.sleep(1)
                children[name] = _fork(tasks[name])
        time.sleep(0.2)
    _end(list(children.values()))


def _work(app: Flask) -> None:
    from campapp.worker import work  # why: loaded only where it is run

    work(app)


def _fork(task: Callable[[], None]) -> int:
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    return pid or _child(task)


def _child(task: Callable[[], None]) -> NoReturn:
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    try:
        task()
    except SystemExit as leaving:
        os._exit(leaving.code if isinstance(leaving.code, int) else 1)
    except KeyboardInterrupt:
        os._exit(130)
    except BaseException:
        sys.excepthook(*sys.exc_info())
        os._exit(1)
    os._exit(0)


def _until_signal() -> list[int]:
    """A list that is empty until a signal asks to end."""
    asked: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        asked.append(number)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    return asked


def _answers(door: socket.socket, ended: list[int]) -> bool:
    """Wait until a page is answered: whether one is before a signal asks to end."""
    host, port = door.getsockname()[:2]
    while not ended:
        with suppress(OSError, http.client.HTTPException):
            line = http.client.HTTPConnection(host, port, timeout=1)
            line.request("GET", "/healthz")
            line.getresponse().close()
            return True
        time.sleep(0.02)
    return False


def _code(pid: int) -> int | None:
    done, status = os.waitpid(pid, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if done else None


def _end(pids: list[int]) -> None:
    for pid in pids:
        os.kill(pid, signal.SIGTERM)
    until = time.monotonic() + PATIENCE
    while pids and time.monotonic() < until:
        pids = [pid for pid in pids if _code(pid) is None]
        time.sleep(0.05)
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
