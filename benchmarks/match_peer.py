"""PyPI `matching` on hospital-resident instances of its own kind, step by step beside campapp, in CPU seconds.

The first figure is the matching alone, from both sides' lists in order, which the peer's game object holds when
`solve` begins; the last is a whole command each, from the start of a process to its end, by the clock.
It is no dependency: where it is not installed, its wheel is fetched once into build/peers, checked by its hash.
"""

import importlib.util
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np

from campapp.engines.frame.control import Control
from campapp.engines.frame.decode import decode
from campapp.engines.match.market import Market
from campapp.engines.match.stable import around, settle
from campapp.engines.registry import engine

T = TypeVar("T")

PEERS = Path(__file__).resolve().parents[1] / "build" / "peers"
WHEEL = "matching==1.4.3 --hash=sha256:0ce02354174aff8e0dc6fdc155a0f25e113107b7dbf983e51a8288e1726efdd1"
HEAD = (
    "residents x hospitals, ranked, room",
    "same",
    *("from lists of preference: peer, ms", "ours", "ratio"),
    *("with its blocking pairs: peer", "ours, lists made too", "ratio"),
    *("from names on: peer", "ours", "ratio"),
    *("whole command: peer, s", "ours", "ratio"),
)
SIZES = ((200, 7, 7, 30), (1_000, 50, 20, 20), (1_000, 20, 20, 50), (2_000, 20, 20, 100))
"""The first is the size of the tutorial in the peer's documentation."""

_TIMES = 5
_DEEP = 1_000_000

_WHOLE = """
import json, pathlib, sys, threading
sys.path.insert(0, sys.argv[1])
sys.setrecursionlimit(1000000)
threading.stack_size(512 << 20)
def main():
    from matching.games import HospitalResident
    given = json.loads(pathlib.Path(sys.argv[2]).read_text())
    found = HospitalResident.create_from_dictionaries(*given).solve(optimal="resident")
    rows = {hospital.name: [member.name for member in members] for hospital, members in found.items()}
    pathlib.Path(sys.argv[3]).write_text(json.dumps(rows))
thread = threading.Thread(target=main)
thread.start()
thread.join()
"""


@dataclass(frozen=True)
class Game:
    """Residents who rank some hospitals, hospitals that rank all who rank them, and their room."""

    residents: dict[str, list[str]]
    hospitals: dict[str, list[str]]
    room: dict[str, int]


def available() -> bool:
    """Whether the peer can be imported, after one attempt to fetch it."""
    if PEERS.exists():
        sys.path.append(str(PEERS))
    if importlib.util.find_spec("matching") is not None:
        return True
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as wanted:
        wanted.write(WHEEL)
        wanted.flush()
        options = [
            "--quiet",
            "--no-deps",
            "--only-binary",
            ":all:",
            "--target",
            str(PEERS),
            "-r",
            wanted.name,
        ]
        fetched = subprocess.run(
            [sys.executable, "-m", "pip", "install", *options], capture_output=True, check=False
        )
    sys.path.append(str(PEERS))
    importlib.invalidate_caches()
    return fetched.returncode == 0


def rows() -> list[list[object]]:
    """One row for each size. The peer copies its players by recursion: that takes a deep stack."""
    found: list[list[object]] = []
    limit, size = sys.getrecursionlimit(), threading.stack_size(512 << 20)
    sys.setrecursionlimit(_DEEP)
    thread = threading.Thread(target=lambda: found.extend(_row(*size) for size in SIZES))
    thread.start()
    thread.join()
    sys.setrecursionlimit(limit)
    threading.stack_size(size)
    return found


def game(residents: int, hospitals: int, ranked: int, room: int, seed: int = 1) -> Game:
    """Random preferences, as in the peer's tutorial and tests."""
    order = random.Random(seed)
    names = [f"h{number}" for number in range(hospitals)]
    wishes = {f"r{number}": order.sample(names, ranked) for number in range(residents)}
    likings: dict[str, list[str]] = {name: [] for name in names}
    for resident, wished in wishes.items():
        for name in wished:
            likings[name].append(resident)
    for liked in likings.values():
        order.shuffle(liked)
    return Game(wishes, likings, dict.fromkeys(names, room))


def as_market(given: Game) -> bytes:
    """The same as a match file: residents are teams, hospitals companies."""
    residents, hospitals, room = given.residents, given.hospitals, given.room
    sides = [
        [
            {"id": name, "min": 0, "max": most[name], "ranks": ranks, "excludes": []}
            for name, ranks in side.items()
        ]
        for side, most in ((residents, dict.fromkeys(residents, 1)), (hospitals, room))
    ]
    pairs = [
        {"team": name, "company": wished, "score": 0} for name, ranks in residents.items() for wished in ranks
    ]
    return json.dumps(
        {
            "format": "campapp.match/1",
            "objective": "stable",
            "teams": sides[0],
            "companies": sides[1],
            "pairs": pairs,
            "pinned": [],
            "forbidden": [],
        }
    ).encode()


def _row(residents: int, hospitals: int, ranked: int, room: int) -> list[object]:
    given = game(residents, hospitals, ranked, room)
    theirs, made, solved, checked = _peer(given)
    data = as_market(given)
    chosen = engine("match")
    instance: object = decode(data, chosen.instance)
    index, market = _least(lambda: _indexed(chosen.check(instance)))
    matching = _proposing(market)
    answering, result = _least(lambda: chosen.solve(market, Control()))
    same = theirs == {(pair["team"], pair["company"]) for pair in result["pairs"]}
    assert result["blocking_pairs"]["count"] == 0
    row: list[object] = [f"{residents:,} x {hospitals}, {ranked} each, {room}", same]
    pairs = [
        (1000 * solved, 1000 * matching),
        (1000 * (solved + checked), 1000 * answering),
        (1000 * (made + solved + checked), 1000 * (index + answering)),
        _commands(given, data),
    ]
    for peer, ours in pairs:
        row += [f"{peer:.3g}", f"{ours:.3g}", f"{peer / ours:.1f}"]
    return row


def _proposing(market: Market) -> float:
    """The seconds from lists of preference to who is held."""
    ready = around(market, np.zeros(0, np.int32))
    letters = ready.letters()

    def held() -> list[int]:
        standing = ready.standing()
        assert settle(letters, standing, Control())
        return standing.holds()

    return _least(held)[0]


def _indexed(market: object) -> Market:
    assert isinstance(market, Market)
    return market


def _peer(given: Game) -> tuple[set[tuple[str, str]], float, float, float]:
    """Its matching, and the seconds for making the game, solving it and looking for blocking pairs."""
    from matching.games import HospitalResident  # why: a peer, fetched for the benchmark only

    made = solved = checked = float("inf")
    for _ in range(_TIMES):
        began = time.thread_time()
        play = HospitalResident.create_from_dictionaries(given.residents, given.hospitals, given.room)
        ready = time.thread_time()
        found = play.solve(optimal="resident")
        done = time.thread_time()
        assert play.check_stability()
        made, solved = min(made, ready - began), min(solved, done - ready)
        checked = min(checked, time.thread_time() - done)
    pairs = {(member.name, hospital.name) for hospital, members in found.items() for member in members}
    return pairs, made, solved, checked


def _least(work: Callable[[], T]) -> tuple[float, T]:
    """The least seconds of some runs, and what the work gives."""
    least = float("inf")
    for _ in range(4 * _TIMES):
        began = time.thread_time()
        value = work()
        least = min(least, time.thread_time() - began)
    return least, value


def _commands(given: Game, data: bytes) -> tuple[float, float]:
    """Seconds from the start of a process to its end, for a file of the three dictionaries and for a match file."""
    import matching  # why: a peer, fetched for the benchmark only

    where = str(Path(str(matching.__file__)).parents[1])
    with tempfile.TemporaryDirectory() as folder:
        games, source, out = (Path(folder, name) for name in ("games.json", "in.json", "out.json"))
        games.write_text(json.dumps([given.residents, given.hospitals, given.room]))
        source.write_bytes(data)
        theirs = [sys.executable, "-c", _WHOLE, where, str(games), str(out)]
        ours = [sys.executable, "-m", "campapp.cli", "solve", "match", str(source), str(out)]
        return _clocked(theirs), _clocked(ours)


def _clocked(command: list[str]) -> float:
    """The least seconds of some runs of a command."""
    least = float("inf")
    for _ in range(_TIMES):
        began = time.perf_counter()
        subprocess.run(command, check=True, cwd=PEERS.parents[1])
        least = min(least, time.perf_counter() - began)
    return least
