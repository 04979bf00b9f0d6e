"""`campapp bench assign [FILE…]`: real conferences with their known values, and a large round."""

import gzip
import json
import random
from collections.abc import Sequence
from pathlib import Path

from benchmarks.flows import REAL, measured, table

HEAD = ("instance", "status", "objective", "bound", "theta", "reviews", "seconds", "allowed", "MB")

KNOWN = {
    "midl2018": (201.885, 0.163029, 201.665),
    "midl2018-exactly2": (150.043, 0.0, 150.043),
    "aamas2015": (1406.25, 0.25, 1406.25),
    "aamas2016": (949.5, 0.25, 949.5),
    "csconf1": (497.0, 1.0, 497.0),
    "csconf2": (566.0, 1.0, 566.0),
    "csconf3": (1817.0, 1.0, 1817.0),
    "sigir-query": (127.25, 0.25, 127.25),
}
"""Best total, best threshold and the total at it, as measured by an exact flow of another make."""


def main(argv: Sequence[str]) -> int:
    """Print the tables; with files, those files alone."""
    if argv:
        table("files", HEAD, [_row(name, _bytes(Path(name)), None) for name in argv])
        return 0
    found = sorted((REAL / "assign").glob("*.json.gz"))
    if found:
        head = ("conference", "total", "known", "seconds", "theta", "known", "its total", "known", "seconds")
        table("real/assign, whole commands", head, [_known(path) for path in found])
    rows = [
        _row(f"2,000 x 150 x 3, {objective}{words}", panel(objective, composed=composed), 10)
        for objective in ("total", "fair")
        for composed, words in ((False, ""), (True, ", composed"))
    ]
    table("a large round, whole commands", HEAD, rows)
    return 0


def panel(objective: str, *, composed: bool, applications: int = 2_000, judges: int = 150) -> bytes:
    """A round in which every judge has an affinity to every application, and loads are tight."""
    order = random.Random(7)
    load = 3 * applications // judges + 2
    categories = ("investor", "engineer", "researcher")
    rows = [
        {"application": f"a{a}", "judge": f"j{j}", "score": round(order.random(), 4)}
        for a in range(applications)
        for j in range(judges)
    ]
    composition = {"composition": {"investor": 1, "engineer": 1}} if composed else {}
    conflicts = order.sample([(row["application"], row["judge"]) for row in rows], len(rows) // 100)
    return json.dumps(
        {
            "format": "campapp.assign/1",
            "objective": objective,
            "applications": [{"id": f"a{a}", "reviews": 3, **composition} for a in range(applications)],
            "judges": [
                {"id": f"j{j}", "min": load // 2, "max": load, "category": categories[j % 3]}
                for j in range(judges)
            ],
            "affinity": rows,
            "conflicts": [{"application": a, "judge": j} for a, j in conflicts],
            "pinned": [],
        }
    ).encode()


def _row(name: str, data: bytes, allowed: float | None) -> list[object]:
    answer, seconds, peak = measured("assign", data)
    return [
        name,
        answer["status"],
        answer["objective"],
        answer["bound"],
        answer["theta"],
        len(answer["assignments"]),
        seconds,
        "-" if allowed is None else allowed,
        round(peak),
    ]


def _known(path: Path) -> list[object]:
    name = path.name.removesuffix(".json.gz")
    total, theta, at_theta = KNOWN.get(name, ("-", "-", "-"))
    given = json.loads(_bytes(path))
    best, seconds, _ = measured("assign", json.dumps({**given, "objective": "total"}).encode())
    fair, longer, _ = measured("assign", json.dumps({**given, "objective": "fair"}).encode())
    return [
        name,
        best["objective"],
        total,
        seconds,
        fair["theta"],
        theta,
        fair["objective"],
        at_theta,
        longer,
    ]


def _bytes(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
