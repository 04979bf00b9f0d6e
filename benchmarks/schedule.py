"""`campapp bench schedule [FILE…]`: the schedule engine beside a monolithic CP-SAT model, and repairs.

Files are instances of `campapp.schedule/1` (also `.gz`). Without files: medium, large, the published B2B
originals, ITC 2007 and tables from `../shared/data` where it is present, and 10,000 meetings made up. MB is
the most that the command's process took and the most that one of its helpers did. `--seconds S` is the limit of each
(60), `--workers N` (2), `--peer S` the limit of the CP-SAT model (0: leave it out).
"""

import argparse
import gzip
import json
import multiprocessing
import os
import resource
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.schedule_made import made
from benchmarks.schedule_peer import peer
from campapp.engines.frame.control import Control
from campapp.engines.solving import solve_bytes

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
DEFAULT = (
    "schedule/medium-*.json.gz",
    "schedule/large-*.json.gz",
    "real/schedule/b2b/*.original.json.gz",
    "real/schedule/itc2007/*.json.gz",
    "real/schedule/tables-phase2/*.json.gz",
)
PEER_MEETINGS = 400
"""Above so many meetings the monolithic model finds nothing in minutes."""

Json = dict[str, Any]


def main(argv: list[str]) -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="campapp bench schedule", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--peer", type=float, default=10.0)
    chosen = parser.parse_args(argv)
    files = chosen.files or [path for pattern in DEFAULT for path in sorted(DATA.glob(pattern))]
    row(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start")
    row("file", "meetings", "status", "seconds", "MB", "values (bound)", "CP-SAT: value in seconds, ratios")
    for path in files:
        given: Json = json.loads(read(path))
        answer, took, size = apart(given, chosen.seconds, chosen.workers)
        beside = beside_peer(given, answer, took, chosen.peer)
        name = path.name.removesuffix(".gz").removesuffix(".json")
        row(name, len(given["meetings"]), answer["status"], f"{took:.1f}", size, values(answer), beside)
    if not chosen.files:
        given = made(10_000, companies=310, teams=4_700, slots=40, days=2, tables=320, seed=1)
        answer, took, size = apart(given, chosen.seconds, chosen.workers)
        row("made up", len(given["meetings"]), answer["status"], f"{took:.1f}", size, values(answer), "-")
        seated(chosen.seconds, chosen.workers)
        repairs(chosen.workers)
    return 0


def read(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def apart(given: Json, seconds: float, workers: int) -> tuple[Json, float, int]:
    """The answer, its seconds, and the megabytes of the process that made it."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        answer, size = pool.apply(solved, (given, seconds, workers))
    return answer, answer["seconds"], size


def solved(given: Json, seconds: float, workers: int) -> tuple[Json, int]:
    answer: Json = json.loads(
        solve_bytes("schedule", json.dumps(given).encode(), Control(seconds=seconds, workers=workers))
    )
    own, helpers = (
        resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return answer, (own + helpers) // 1024


def values(answer: Json) -> str:
    return " ".join(f"{level}={v}({answer['bounds'][level]})" for level, v in answer["values"].items())


def beside_peer(given: Json, answer: Json, took: float, limit: float) -> str:
    """What the monolithic model reaches at the first level of breaks, everything placed."""
    level = next((v for v in answer["values"] if v.endswith("_breaks")), None)
    if not limit or level is None or len(given["meetings"]) > PEER_MEETINGS or answer["unplaced"]:
        return "-"
    began = time.monotonic()
    value, bound = peer(given, level, limit)
    seconds = time.monotonic() - began
    if value is None:
        return f"nothing in {seconds:.0f} s"
    proven = "proven" if value == bound else f"bound {bound:.0f}"
    worse = (value + 1) / (answer["values"][level] + 1)
    return f"{level}={value} ({proven}) in {seconds:.1f} s; breaks × {worse:.1f}, time × {seconds / took:.1f}"


def seated(seconds: float, workers: int) -> None:
    """Changes of table at each place in the objective."""
    for name in ("medium-1", "large-1"):
        path = DATA / "schedule" / f"{name}.json.gz"
        if path.exists():
            given: Json = json.loads(read(path))
            for place in (1, 2, 3):
                levels = ["placed", "team_breaks", "company_breaks"]
                levels.insert(place, "table_changes")
                answer, took, size = apart(given | {"objective": levels}, seconds, workers)
                row(name, len(given["meetings"]), answer["status"], f"{took:.1f}", size, values(answer))


def repairs(workers: int) -> None:
    """A slot closed after publication: as few moves as can be."""
    row("repair", "meetings", "status", "seconds", "MB", "values (bound)", "")
    for name, seconds in (("medium-1", 5.0), ("large-1", 15.0)):
        path = DATA / "schedule" / f"{name}.json.gz"
        if path.exists():
            given: Json = json.loads(read(path))
            for what, broken in breakages(given, workers):
                answer, took, size = apart(broken, seconds, workers)
                row(
                    f"{name}, {what}",
                    len(given["meetings"]),
                    answer["status"],
                    f"{took:.1f}",
                    size,
                    values(answer),
                )


def breakages(given: Json, workers: int) -> list[tuple[str, Json]]:
    """The published schedule of an instance, and what may happen to it."""
    first = given | {"objective": ["placed", "team_breaks"]}
    answer, _, _ = apart(first, 30.0, workers)
    again = given | {"objective": ["placed", "moves"], "previous": answer["placements"]}
    company = next(p for p in given["participants"] if p["kind"] == "company")
    slot = answer["placements"][0]["slot"]
    away = company | {"unavailable": [*company.get("unavailable", []), slot]}
    closed = [t | {"unavailable": [slot]} for t in given["tables"][: len(given["tables"]) * 4 // 5]]
    return [
        (
            "a company away for a slot",
            again | {"participants": [away if p is company else p for p in given["participants"]]},
        ),
        ("a room lost", again | {"tables": given["tables"][1:]}),
        ("most tables closed for a slot", again | {"tables": closed + given["tables"][len(closed) :]}),
    ]


def row(*cells: object) -> None:
    sys.stdout.write(" | ".join(str(cell) for cell in cells) + "\n")
    sys.stdout.flush()
