"""`campapp bench match [FILE…]`: large markets, real evenings, and the peer on its own instances."""

import gzip
import json
import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.flows import REAL, measured, table
from campapp.engines.frame.control import Control
from campapp.engines.frame.decode import decode
from campapp.engines.registry import engine
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
    table("against PyPI matching 1.4.3, hospital-resident, 1,000 x 50, 20 ranks each", *_against_peer())
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


def _against_peer() -> tuple[Sequence[str], list[list[object]]]:
    rows: list[list[object]] = []
    for seed in range(3):
        residents, hospitals, room = hospital_resident(1_000, 50, 20, seed)
        theirs, their_whole, their_solve = _peer(residents, hospitals, room)
        data = as_market(residents, hospitals, room)
        began = time.perf_counter()
        answer = json.loads(solve_bytes("match", data, Control()))
        whole = time.perf_counter() - began
        chosen = engine("match")
        indexed = chosen.check(decode(data, chosen.instance))
        began = time.perf_counter()
        chosen.solve(indexed, Control())
        alone = time.perf_counter() - began
        same = theirs == {(pair["team"], pair["company"]) for pair in answer["pairs"]}
        rows.append(
            [seed, same, their_whole, whole, their_whole / whole, their_solve, alone, their_solve / alone]
        )
    return ("seed", "same", "peer, s", "file to file, s", "ratio", "its solve, s", "ours, s", "ratio"), rows


def hospital_resident(
    residents: int, hospitals: int, ranked: int, seed: int
) -> tuple[dict[str, list[str]], dict[str, list[str]], dict[str, int]]:
    """Residents who rank some hospitals, hospitals that rank all who rank them, and their room."""
    order = random.Random(seed)
    names = [f"h{number}" for number in range(hospitals)]
    wishes = {f"r{number}": order.sample(names, ranked) for number in range(residents)}
    likings: dict[str, list[str]] = {name: [] for name in names}
    for resident, wished in wishes.items():
        for name in wished:
            likings[name].append(resident)
    for liked in likings.values():
        order.shuffle(liked)
    return wishes, likings, dict.fromkeys(names, residents // hospitals)


def as_market(
    residents: dict[str, list[str]], hospitals: dict[str, list[str]], room: dict[str, int]
) -> bytes:
    """The same as a match file: residents are teams, hospitals companies."""
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


def _peer(
    residents: dict[str, list[str]], hospitals: dict[str, list[str]], room: dict[str, int]
) -> tuple[set[tuple[str, str]], float, float]:
    from matching.games import HospitalResident  # why: a peer, installed for benchmarks only

    began = time.perf_counter()
    game = HospitalResident.create_from_dictionaries(residents, hospitals, room)
    made = time.perf_counter()
    found = game.solve(optimal="resident")
    done = time.perf_counter()
    pairs = {(member.name, hospital.name) for hospital, members in found.items() for member in members}
    return pairs, done - began, done - made
