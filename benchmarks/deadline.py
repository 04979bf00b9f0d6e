"""A crowd in the last minute before a deadline: is anybody's submission lost, and how long does the receipt take?

`campapp bench deadline [--people 300] [--seconds 60] [--database URL …]`: everybody opens the last page and presses
*Submit*, the nearer to the deadline the more of them, some a little late. The same crowd comes to two server processes
and to one; on SQLite, and on each PostgreSQL server that is named. `lost`: receipts shown for which nothing is stored;
`late in`: stored though it came after the deadline's own second. Both must be 0.

`--faults` lets something go wrong meanwhile, before two processes: one of them dies, the machine stops and is started
again, the disk is full for a while, the clock is set back by seven minutes. Who gets no answer, or "not now", presses
again; `again` counts those people, and what must be 0 is counted in `wrong` too (see `tests/faults/deadline.py`).
"""

from __future__ import annotations

import argparse
import http.client
import random
import re
import statistics
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from flask_migrate import upgrade
from sqlalchemy import func, select

from benchmarks.deadline_faults import measure_faults
from benchmarks.served import served, settings_for
from campapp import create_app
from campapp.accounts.actions import begin_session, found_account
from campapp.accounts.sessions import COOKIE
from campapp.applications.models import Application, Submission
from campapp.cli.serving import HOST
from campapp.core import clock
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.park import Park
from campapp.programmes.models import Programme
from campapp.settings import Settings
from tests.factories import application, camp

LATE = 1.05
"""The crowd goes on arriving until this multiple of the time."""
HEADS = (
    "database", "processes", "people", "accepted", "refused", "failed", "lost", "late in", "median ms", "p95 ms",
    "worst ms",
)  # fmt: skip
LINE = "{:<11} {:>9} {:>7} {:>9} {:>8} {:>7} {:>5} {:>8} {:>10} {:>8} {:>9}"
HIDDEN = re.compile(r'name="(csrf_token|nonce)" value="([^"]*)"')


@dataclass
class Told:
    """What the crowd was told: by application the status, and how long each press took."""

    status: dict[int, int] = field(default_factory=dict)
    problems: Counter[str] = field(default_factory=Counter)
    took: list[float] = field(default_factory=list)


def main(argv: list[str]) -> int:
    """Plant, serve, press, count; 1 if anything was lost or taken late."""
    parser = argparse.ArgumentParser(prog="campapp bench deadline", description=__doc__)
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument(
        "--database", default=[], nargs="*", metavar="URL", help="PostgreSQL servers, besides SQLite"
    )
    parser.add_argument("--faults", action="store_true", help="let something go wrong meanwhile")
    wanted = parser.parse_args(argv)
    if wanted.faults:
        return measure_faults(wanted.database, wanted.people, wanted.seconds)
    print(LINE.format(*HEADS), flush=True)
    bad = 0
    for server in ["", *wanted.database]:
        for processes in (2, 1):
            with settings_for(server) as settings:
                bad += _measure(settings, processes, wanted.people, wanted.seconds)
    return 1 if bad else 0


def _measure(settings: Settings, processes: int, people: int, seconds: float) -> int:
    app = create_app(settings)
    with app.app_context():
        upgrade()
        crowd = _planted(people)
    told = Told()
    with served(settings, processes) as (port, _server):
        _warm(port)
        with app.app_context():
            deadline = _set_deadline(seconds)
        _press_all(port, crowd, deadline, seconds, told)
    with app.app_context():
        found = _counted(told, deadline)
        db.session.remove()
        db.engine.dispose()
    name = "PostgreSQL" if settings.database_url else "SQLite"
    took = sorted(told.took)
    figures = (statistics.median(took), took[int(0.95 * (len(took) - 1))], took[-1])
    print(LINE.format(name, processes, people, found["accepted"], found["refused"], found["failed"], found["lost"],
                      found["late"], *(f"{one * 1000:.0f}" for one in figures)), flush=True)  # fmt: skip
    for problem, number in told.problems.most_common(3):
        print(f"  {number} × {problem}", flush=True)
    return found["lost"] + found["late"]


def _planted(people: int) -> list[tuple[int, str]]:
    """That many teams with a complete draft: the application and the captain's session."""
    crowd = []
    with current.set(actor=SYSTEM):
        db.session.add(Park(name_zh="软件园", name_en="Software Park"))
        db.session.commit()
        programme = camp(deadline=clock.now() + timedelta(days=1), slots=False)
        for number in range(people):
            captain = found_account(name=f"Captain {number}", kind="mail", value=f"c{number}@people.example",
                                    confirmed=True, locale="zh_CN", password="")  # fmt: skip
            entry = application(programme, captain, f"Team {number}", state="draft")
            with current.set(actor=SYSTEM):
                crowd.append((entry.id, begin_session(captain, membership=f"member:{entry.team_id}")))
    db.session.remove()
    return crowd


def _warm(port: int) -> None:
    """Wait until every process has answered: the clock runs for people, not for imports."""
    for _ in range(8):
        line = http.client.HTTPConnection(HOST, port, timeout=120)
        line.request("GET", "/healthz")
        line.getresponse().read()
        line.close()


def _set_deadline(seconds: float) -> datetime:
    with current.set(actor=SYSTEM):
        programme = db.session.scalars(select(Programme)).one()
        programme.deadline = clock.now() + timedelta(seconds=seconds)
        db.session.commit()
        deadline = programme.deadline
        db.session.remove()
    return deadline


def _press_all(
    port: int, crowd: list[tuple[int, str]], deadline: datetime, seconds: float, told: Told
) -> None:
    chance = random.Random(1)
    began = time.monotonic()
    lock = threading.Lock()
    threads = []
    for entry, session in crowd:
        at = seconds * LATE * chance.random() ** 0.5  # the density grows towards the end
        thread = threading.Thread(target=_press, args=(port, entry, session, began + at, told, lock))
        thread.start()
        threads.append(thread)
    for thread in threads:
        thread.join()


def _press(port: int, entry: int, session: str, at: float, told: Told, lock: threading.Lock) -> None:
    """Open the page, wait for the moment, press, and read what is answered."""
    line = http.client.HTTPConnection(HOST, port, timeout=120)
    cookie = {"Cookie": f"{COOKIE}={session}"}
    try:
        time.sleep(max(0.0, at - time.monotonic() - 0.5))
        _status, page, cookie = _ask(line, "GET", f"/applications/{entry}/submission/new", cookie)
        fields = dict(HIDDEN.findall(page))
        time.sleep(max(0.0, at - time.monotonic()))
        begin = time.perf_counter()
        headers = {**cookie, "Content-Type": "application/x-www-form-urlencoded"}
        status, page, _cookie = _ask(
            line, "POST", f"/applications/{entry}/submission", headers, urlencode(fields)
        )
        with lock:
            told.took.append(time.perf_counter() - begin)
            told.status[entry] = status
    except (OSError, http.client.HTTPException) as problem:
        with lock:
            told.problems[f"{type(problem).__name__}: {problem}"] += 1
    finally:
        line.close()


def _ask(
    line: http.client.HTTPConnection, method: str, path: str, headers: dict[str, str], body: str = ""
) -> Any:
    line.request(method, path, body or None, headers)
    answer = line.getresponse()
    text = answer.read().decode()
    kept = {
        name: value.partition(";")[0] for name, value in answer.getheaders() if name.lower() == "set-cookie"
    }
    return answer.status, text, {"Cookie": "; ".join([headers["Cookie"], *kept.values()])}


def _counted(told: Told, deadline: datetime) -> dict[str, int]:
    stored = {row.application_id: row.received_at for row in db.session.scalars(select(Submission))}
    shown = {entry for entry, status in told.status.items() if status == 303}
    states = dict(
        db.session.execute(select(Application.state, func.count()).group_by(Application.state)).all()
    )
    assert states.get("submitted", 0) == len(stored)
    return {
        "accepted": len(shown),
        "refused": sum(status == 403 for status in told.status.values()),
        "failed": sum(status not in {303, 403} for status in told.status.values()) + told.problems.total(),
        "lost": len(shown - stored.keys()),
        "late": sum(at >= deadline + timedelta(seconds=1) for at in stored.values()),
    }
