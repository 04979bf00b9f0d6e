"""`campapp bench match [FILE…]`: large markets, real evenings, and the peer on its own instances."""

import gzip
import json
import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks import match_peer
from benchmarks.flows import REAL, measured, table
from campapp.engines.frame.control import Control
from campapp.engines.solving import solve_bytes

Json = dict[str, Any]

HEAD = (
    "instance",
    "status",
    "objective",
    "bound",
    "theta",
    "matched",
    "blocking",
    "seconds",
    "allowed",
    "MB",
)


def main(argv: Sequence[str]) -> int:
    """Print the tables; with files, those files alone."""
    if argv:
        table("files", HEAD, [_row(name, _bytes(Path(name)), None) for name in argv])
        return 0
    if match_peer.available():
        table("PyPI matching 1.4.3, the same hospital-resident games", match_peer.HEAD, match_peer.rows())
    else:
        print("PyPI matching 1.4.3 is neither installed nor to be had: no comparison")
    evenings = sorted((REAL / "match" / "speeddating").glob("*.json.gz"))
    if evenings:
        table("evenings of real/match, each by itself in milliseconds", *_evenings(evenings))
    rows = [
        _row(f"10,000 x 200, all pairs, {objective}", market(objective, 10_000, 200, 200), allowed)
        for objective, allowed in (("total", 6), ("stable", 6), ("fair", 12))
    ]
    rows += [
        _row(f"100,000 x 1,000, 20 each, {objective}", market(objective, 100_000, 1_000, 20), 60)
        for objective in ("total", "stable", "fair")
    ]
    table("at the scale of a national programme, whole commands", HEAD, rows)
    return 0


def market(objective: str, teams: int, companies: int, each: int, seed: int = 1) -> bytes:
    """A market with random scores; a team has `each` candidates, a company room for its share of two a team."""
    order = random.Random(seed)
    room = max(1, 2 * teams // companies)
    names = [f"company-{number}" for number in range(companies)]
    party = '{"id":"%s","min":0,"max":%d,"ranks":[],"excludes":[]}'
    pair = '{"team":"team-%d","company":"%s","score":%.4f}'
    pairs = (
        pair % (team, name, order.random())
        for team in range(teams)
        for name in (names if each == companies else order.sample(names, each))
    )
    return (
        f'{{"format":"campapp.match/1","objective":"{objective}",'
        f'"teams":[{",".join(party % (f"team-{team}", 3) for team in range(teams))}],'
        f'"companies":[{",".join(party % (name, room) for name in names)}],'
        f'"pairs":[{",".join(pairs)}],"pinned":[],"forbidden":[]}}'
    ).encode()


def _row(name: str, data: bytes, allowed: float | None) -> list[object]:
    answer, seconds, peak = measured("match", data)
    return [
        name,
        answer["status"],
        answer["objective"],
        answer["bound"],
        answer["theta"],
        len(answer["pairs"]),
        answer["blocking_pairs"]["count"],
        seconds,
        "-" if allowed is None else allowed,
        round(peak),
    ]


def _bytes(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def _evenings(paths: Sequence[Path]) -> tuple[Sequence[str], list[list[object]]]:
    rows: list[list[object]] = []
    for path in paths:
        stable = _bytes(path)
        row: list[object] = [path.name.removesuffix(".json.gz")]
        for data in (stable, stable.replace(b'"stable"', b'"total"', 1)):
            began = time.perf_counter()
            answer = json.loads(solve_bytes("match", data, Control()))
            row += [len(answer["pairs"]), answer["objective"], 1000 * (time.perf_counter() - began)]
        rows.append(row)
    return ("evening", "stable", "its sum", "ms", "total", "its sum", "ms"), rows
