"""What match and assign owe beyond the right answer: the same bytes, the time limit, cancel, memory, rest."""

import json
import os
import random
import select
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from campapp.engines.flow.solver import LARGE
from campapp.engines.frame import memory
from campapp.engines.frame.control import Control
from campapp.engines.frame.errors import BadInput, Cancelled
from campapp.engines.registry import KINDS
from campapp.engines.solving import solve_bytes
from tests.engines.checkers import assign as assign_checker
from tests.engines.malformed import assign, match

Json = dict[str, Any]


def market(objective: str, teams: int, companies: int, least: int = 0) -> bytes:
    """A market in which everybody may meet everybody."""
    order = random.Random(3)
    party = {"min": least, "ranks": [], "excludes": []}
    return json.dumps(
        {
            "format": "campapp.match/1",
            "objective": objective,
            "teams": [{"id": f"t{t}", "max": 3, **party} for t in range(teams)],
            "companies": [{"id": f"c{c}", "max": 2 * teams // companies, **party} for c in range(companies)],
            "pairs": [
                {"team": f"t{t}", "company": f"c{c}", "score": order.random()}
                for t in range(teams)
                for c in range(companies)
            ],
            "pinned": [],
            "forbidden": [],
        }
    ).encode()


def panel(objective: str, applications: int, judges: int) -> bytes:
    """A panel in which everybody knows something of everything."""
    order = random.Random(4)
    return json.dumps(
        {
            "format": "campapp.assign/1",
            "objective": objective,
            "applications": [{"id": f"a{a}", "reviews": 3} for a in range(applications)],
            "judges": [
                {"id": f"j{j}", "min": 0, "max": 4 * applications // judges + 1} for j in range(judges)
            ],
            "affinity": [
                {"application": f"a{a}", "judge": f"j{j}", "score": order.random()}
                for a in range(applications)
                for j in range(judges)
            ],
            "conflicts": [],
            "pinned": [],
        }
    ).encode()


LARGE_FILES = [
    ("match", market("total", 600, 110)),
    ("match", market("fair", 600, 110)),
    ("match", market("stable", 600, 110)),
    ("match", market("total", 600, 110, least=1)),
    ("assign", panel("total", 450, 150)),
    ("assign", panel("fair", 450, 150)),
]


def test_the_large_files_are_large() -> None:
    assert all(data.count(b'"score"') >= LARGE for _, data in LARGE_FILES)


@pytest.mark.parametrize(("kind", "good"), [("match", match.GOOD), ("assign", assign.GOOD)])
def test_the_same_file_gives_the_same_bytes(kind: str, good: Any) -> None:
    def answer() -> bytes:
        return solve_bytes(kind, good.data, Control(seed=5, now=lambda: 0.0))

    assert answer() == answer()


@pytest.mark.parametrize(("kind", "data"), LARGE_FILES)
def test_in_a_process_that_can_be_ended_a_flow_is_the_same(kind: str, data: bytes) -> None:
    here = json.loads(solve_bytes(kind, data, Control()))
    apart = json.loads(solve_bytes(kind, data, Control(seconds=300)))
    assert here["status"] == apart["status"] == "optimal"
    assert {**here, "seconds": 0} == {**apart, "seconds": 0}


@pytest.mark.parametrize(("kind", "data"), LARGE_FILES)
def test_without_time_there_is_still_an_answer_with_a_true_bound(kind: str, data: bytes) -> None:
    best = json.loads(solve_bytes(kind, data, Control()))
    quick = json.loads(solve_bytes(kind, data, Control(seconds=0)))
    assert quick["status"] in ("feasible", "optimal")
    assert quick["objective"] <= quick["bound"]
    if json.loads(data)["objective"] == "total":
        assert quick["objective"] <= best["objective"] + 1e-9 <= quick["bound"] + 2e-9
    rows = quick["pairs"] if kind == "match" else quick["assignments"]
    assert len(rows) > 0
    if kind == "assign":
        assign_checker.check(json.loads(data), quick)


def test_a_limit_holds_while_a_file_is_read(tmp_path: Path) -> None:
    source, out = tmp_path / "in.json", tmp_path / "out.json"
    pairs = b'{"team":"a","company":"b","score":1},' * 3_000_000
    source.write_bytes(b'{"format":"campapp.match/1","objective":"total","pairs":[' + pairs + b"]}")
    out.write_bytes(b"before")
    began = time.monotonic()
    command = ["solve", "match", str(source), str(out), "--time-limit", "0.2"]
    done = subprocess.run(
        [sys.executable, "-m", "campapp.cli", *command], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (1, "the time limit came before the file was read\n")
    assert time.monotonic() - began < 3.0
    assert out.read_bytes() == b"before"


@pytest.mark.parametrize(("kind", "data"), LARGE_FILES)
def test_the_command_keeps_its_limit(kind: str, data: bytes, tmp_path: Path) -> None:
    source, out = tmp_path / "in.json", tmp_path / "out.json"
    source.write_bytes(data)
    command = ["solve", kind, str(source), str(out), "--time-limit", "1"]
    done = subprocess.run(
        [sys.executable, "-m", "campapp.cli", *command], capture_output=True, text=True, check=False
    )
    if done.returncode:  # on a busy machine the limit may come first; then nothing is written
        assert (done.returncode, done.stderr.startswith("the time limit came before")) == (1, True), (
            done.stderr
        )
        assert not out.exists()
        return
    answer = json.loads(out.read_bytes())
    assert answer["seconds"] < 2.0
    assert answer["status"] in ("optimal", "feasible")


def test_whoever_stops_waiting_ends_the_work() -> None:
    program = (
        "import os, select, sys, time; from campapp.engines.frame.guard import in_time\n"
        "def work(read, solved, left):\n"
        "    read(); print(os.getpid(), flush=True)\n"
        "    poll = select.poll()\n"
        "    while not left(): poll.poll(20)\n"
        "    return 0\n"
        "in_time(work, time.monotonic() + 60)"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as waiting:
        assert waiting.stdout is not None
        worker = int(waiting.stdout.readline())
        waiting.kill()
        waiting.wait()
    gone(worker)


def test_work_that_goes_on_past_the_limit_is_ended_with_all_that_it_started() -> None:
    program = (
        "import subprocess, sys, time; from campapp.engines.frame import guard\n"
        "guard.READ = 60\n"
        "def work(read, solved, left):\n"
        "    helper = subprocess.Popen(['tail', '-f', '/dev/null']); print(helper.pid, flush=True)\n"
        "    read(); helper.wait(); solved()\n"
        "    return 0\n"
        "sys.exit(guard.in_time(work, time.monotonic()))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "the time limit came before there was an answer\n")
    gone(int(done.stdout))


@pytest.mark.parametrize("kind", KINDS)
def test_each_command_is_ended_when_it_has_no_answer_soon_after_its_limit(kind: str, tmp_path: Path) -> None:
    (tmp_path / "in.json").write_bytes(b"{}")
    program = (
        "import signal, sys; from campapp.engines import solving; from campapp.engines.frame import guard\n"
        "guard.READ = 60\n"  # on a busy machine too it is the answer that is waited for
        "def hangs(kind, source, target, limit, seed, many, started, read, solved, stop):\n"
        "    read(); signal.pause()\n"
        "solving.solve_file = hangs\n"
        "from campapp.cli.solving import solve\n"
        "solve(sys.argv[1:])"
    )
    command = [sys.executable, "-c", program, kind, "in.json", "out.json", "--time-limit", "0.1"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path, timeout=60,
                          env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])})  # fmt: skip
    assert (done.returncode, done.stderr) == (1, "the time limit came before there was an answer\n")
    assert not (tmp_path / "out.json").exists()


def gone(process: int) -> None:
    """Wait until the process has ended."""
    try:
        handle = os.pidfd_open(process)
    except ProcessLookupError:
        return
    ended = select.select([handle], [], [], 60)[0]
    os.close(handle)
    assert ended


@pytest.mark.parametrize(("kind", "data"), LARGE_FILES)
def test_a_cancel_is_heard_within_a_second(kind: str, data: bytes) -> None:
    pressed = threading.Event()
    heard: list[float] = []

    def stop() -> bool:
        if pressed.is_set() and not heard:
            heard.append(time.monotonic())
        return pressed.is_set()

    timer = threading.Timer(0.15, pressed.set)
    timer.start()
    began = time.monotonic()
    try:
        solve_bytes(kind, data, Control(stop=stop))
    except Cancelled:
        assert time.monotonic() - heard[0] < 1.0
    else:
        assert time.monotonic() - began < 10.0
    timer.join()


@pytest.mark.parametrize(("kind", "data"), [LARGE_FILES[0], LARGE_FILES[4]])
def test_more_than_the_memory_is_refused_before_it_is_taken(
    kind: str, data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "available", lambda: len(data) * 2)
    with pytest.raises(BadInput, match="of memory"):
        solve_bytes(kind, data, Control())
    monkeypatch.setattr(memory, "available", lambda: len(data) * 9)
    monkeypatch.setattr("campapp.engines.flow.native.minimum_cost", lambda *a: pytest.fail("was run"))
    monkeypatch.setattr("campapp.engines.flow.native.maximum", lambda *a: pytest.fail("was run"))
    if kind == "assign":
        data = data.replace(b'"affinity": [', b'"affinity": [], "x": [').replace(b'"x"', b'"conflicts"')
    with pytest.raises(BadInput):
        monkeypatch.setattr(memory, "available", lambda: 16 << 20)
        solve_bytes(kind, data, Control())
