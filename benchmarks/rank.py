"""`campapp bench rank [FILE…]`: simulated rounds, real panels with held-out truth, waves, speed.

Files are instances of `campapp.rank/1` (also `.gz`), with `X.truth.json` beside `X.json` where the truth is known.
Without files: the tables of docs/engines.md, and `../shared/data/real/rank` where it is present.
`--seeds N` takes fewer simulated rounds than a hundred.
"""

import argparse
import gzip
import json
import resource
import sys
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.rank_rounds import QUOTA, Round, best, found, ranks_agree
from campapp.engines.frame.control import Control
from campapp.engines.rank.contract import Review
from campapp.engines.rank.wave import next_wave
from campapp.engines.solving import solve_bytes

METHODS = ("mean", "trimmed", "zscore", "calibrated")
REAL = Path(__file__).resolve().parents[2] / "shared" / "data" / "real" / "rank"
HELD_OUT: dict[str, tuple[float, int | None]] = {
    "diving2000-3of7": (0.44, 4),
    "skating-components-3of9": (0.35, 6),
    "insteval-half": (1.22, None),
} | {
    f"writing-dense-3of43-{draw}": (noise, 40) for draw, noise in enumerate((3.68, 3.3, 3.53, 3.42, 3.65), 1)
}
"""Where the truth is a mean of other judges: the noise of one, and how many they were; None: as many as here."""

MANY = 500
"""So many applications with a truth are enough to count which chances came true."""

Json = dict[str, Any]


def main(argv: list[str]) -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="campapp bench rank", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--seeds", type=int, default=100)
    chosen = parser.parse_args(argv)
    files = chosen.files or sorted(path for path in REAL.glob("*.json.gz") if ".truth." not in path.name)
    if not chosen.files:
        simulated(chosen.seeds)
        waves(chosen.seeds)
        speed()
    if files:
        panels(files)
    return 0


def answer(instance: Json, method: str) -> Json:
    """OUT of the engine."""
    data = json.dumps(instance | {"method": method}).encode()
    told: Json = json.loads(solve_bytes("rank", data, Control()))
    return told


def file_of(reviews: list[Review], quota: int = QUOTA) -> Json:
    """IN for a simulated round."""
    rows = [{"application": own.application, "judge": own.judge, "score": own.score} for own in reviews]
    return {"format": "campapp.rank/1", "scale": [0, 100], "quota": quota, "reviews": rows, "ties": "share"}


def estimates(told: Json) -> dict[str, float]:
    """Each application's estimate."""
    return {row["application"]: row["estimate"] for row in told["ranking"]}


def simulated(seeds: int) -> None:
    """How many of the true best twenty each method finds, and whether intervals and chances are honest."""
    for severity, unevenness in ((1.0, 0.3), (0.0, 0.0)):
        shares: dict[str, list[float]] = {}
        covered: list[float] = []
        chances: list[tuple[float, bool]] = []
        for seed in range(seeds):
            one = Round(seed, severity, unevenness)
            one.review_all(3)
            truth, instance = one.truth(), file_of(one.reviews)
            shares.setdefault("judges known", []).append(found(one.knowing_the_judges(), truth, QUOTA))
            for method in METHODS:
                told = answer(instance, method)
                shares.setdefault(method, []).append(found(estimates(told), truth, QUOTA))
            rows = told["ranking"]
            covered.append(
                float(np.mean([row["low"] <= truth[row["application"]] <= row["high"] for row in rows]))
            )
            top = best(truth, QUOTA)
            chances += [(row["in_quota"], row["application"] in top) for row in rows]
        print(
            f"\n{seeds} rounds, 200 applications × 40 judges × 3; severity {severity}, unevenness {unevenness}"
        )
        for name, own in shares.items():
            print(
                f"  {name:14} {100 * np.mean(own):5.1f} % of the best 20,"
                f" {np.mean(own) / np.mean(shares['mean']):.2f} × mean"
            )
        print(f"  95 % intervals cover {100 * np.mean(covered):.1f} %")
        print("  in_quota said / came true: " + ", ".join(_reliability(chances)))


def _reliability(chances: list[tuple[float, bool]]) -> list[str]:
    said, true = np.array([own[0] for own in chances]), np.array([own[1] for own in chances])
    edges = [0.0, 0.05, 0.2, 0.4, 0.6, 0.8, 0.95, 1.01]
    bins = [(said >= low) & (said < high) for low, high in pairwise(edges)]
    return [f"{said[own].mean():.2f}/{true[own].mean():.2f}" for own in bins if own.any()]


def waves(seeds: int) -> None:
    """Two reviews for each first, the last 200 of the 600 in two waves where `next_wave` says."""
    shares = []
    for seed in range(seeds):
        one = Round(seed)
        one.review_all(2)
        for _ in range(2):
            for name in next_wave(one.reviews, 100, quota=QUOTA):
                one.review(int(name[1:]))
        shares.append(found(estimates(answer(file_of(one.reviews), "calibrated")), one.truth(), QUOTA))
    print(f"\nthe same 600 reviews in waves: {100 * np.mean(shares):.1f} % of the best 20 ({seeds} rounds)")


def speed() -> None:
    """10,000 applications × 5 reviews."""
    print("\n10,000 applications × 5 reviews, whole answer from bytes to bytes")
    for judges in (200, 2_500):
        one = Round(1, applications=10_000, judges=judges)
        one.review_all(5)
        for method in METHODS:
            began = time.perf_counter(), time.process_time()
            told = answer(file_of(one.reviews, 1_000), method)
            wall, used = time.perf_counter() - began[0], time.process_time() - began[1]
            print(
                f"  {judges:5} judges  {method:10} {told['status']}  {wall:5.2f} s ({used:.2f} s of a core)"
            )
    print(f"  peak memory {_peak() >> 20} MB")


def _peak() -> int:
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used if sys.platform == "darwin" else used << 10


def panels(files: list[Path]) -> None:
    """Share of the true best found, and Spearman's correlation with the truth, method by method.

    `noise` is the gain's standard deviation over draws of the applications (bootstrap): what another draw of the
    same kind would change by chance.
    """
    print(f"\n{'panel':26}" + "".join(f"{method:>14}" for method in METHODS) + "   gain   noise  covered   s")
    gains, below = [], []
    chances: list[str] = []
    for path in files:
        instance = _read(path)
        beside = path.with_name(path.name.replace(".json", ".truth.json"))
        truth = _read(beside)["value"] if beside.exists() else {}
        told = {method: answer(instance, method) for method in METHODS}
        marks = {method: agreement(estimates(own), truth, instance["quota"]) for method, own in told.items()}
        gain = marks["calibrated"][1] - marks["mean"][1]
        noise = noise_of_gain(estimates(told["mean"]), estimates(told["calibrated"]), truth)
        name = path.name.split(".json")[0]
        gains.append(gain)
        if gain < -2 * noise:
            below.append(name)
        cells = "".join(f"  {share:.2f} ({rho:.3f})" for share, rho in marks.values())
        print(
            f"{name:26}{cells}  {gain:+.3f}  {noise:.3f}  {_covered(told['calibrated'], truth, name)}"
            f"  {told['calibrated']['seconds']:.1f}"
        )
        if len(told["calibrated"]["ranking"]) == len(truth) >= MANY:
            chances += _came_true(name, told["calibrated"], truth, instance["quota"])
    print(f"{'mean gain over the mean':26}{np.mean(gains):+.3f}, least {min(gains):+.3f}")
    print(f"below the mean by more than twice a draw's noise: {', '.join(below) or 'none'}")
    print("\nin_quota said / came true, by the held-out truth (with its own noise allowed for, where known)")
    print("\n".join(chances))


def noise_of_gain(
    mean: dict[str, float], calibrated: dict[str, float], truth: dict[str, float], draws: int = 400
) -> float:
    """The standard deviation of the gain in rank correlation when the applications are drawn again."""
    known = sorted(set(mean) & set(truth))
    if len(known) < 3:
        return float("nan")
    columns = [np.array([own[name] for name in known]) for own in (mean, calibrated, truth)]
    random = np.random.default_rng(0)
    gains = []
    for _ in range(draws):
        drawn = random.integers(0, len(known), len(known))
        before, after, true = (column[drawn] for column in columns)
        if all(len(set(column.tolist())) > 1 for column in (before, after, true)):
            gains.append(ranks_agree(after, true) - ranks_agree(before, true))
    return float(np.std(gains))


def _came_true(name: str, told: Json, truth: dict[str, float], quota: int) -> list[str]:
    """How often the chances that were said came true among the best by the truth.

    The truth is other judges' mean: with their noise known, the chance to be among the best by *it* is reckoned
    from estimates, intervals and that noise.
    """
    rows = told["ranking"]
    top = best(truth, quota)
    inside = [row["application"] in top for row in rows]
    plain = _reliability([(row["in_quota"], own) for row, own in zip(rows, inside, strict=True)])
    lines = [f"  {name:26}{', '.join(plain)}"]
    if name in HELD_OUT:
        random = np.random.default_rng(0)
        estimate = np.array([row["estimate"] for row in rows])
        deviation = np.array([(row["high"] - row["low"]) / 3.92 for row in rows])
        noise = np.array([_noise(name, row) for row in rows])
        drawn = estimate + np.hypot(deviation, noise) * random.standard_normal((2000, len(rows)))
        cut = np.partition(drawn, len(rows) - quota, axis=1)[:, len(rows) - quota]
        said = (drawn >= cut[:, None]).mean(axis=0)
        lines.append(f"  {'':26}{', '.join(_reliability(list(zip(said.tolist(), inside, strict=True))))}")
    return lines


def agreement(estimate: dict[str, float], truth: dict[str, float], quota: int) -> tuple[float, float]:
    """Share of the best found, and rank correlation; over those with a truth, then a tenth of them, at least three."""
    known = sorted(set(estimate) & set(truth))
    if len(known) < 2:
        return float("nan"), float("nan")
    most = min(quota, len(known)) if len(known) == len(estimate) else max(3, len(known) // 10)
    said = {name: estimate[name] for name in known}
    true = {name: truth[name] for name in known}
    rho = ranks_agree(np.array([said[name] for name in known]), np.array([true[name] for name in known]))
    return found(said, true, most), rho


def _covered(told: Json, truth: dict[str, float], name: str) -> str:
    """How many 95 % intervals hold the truth, widened by the truth's own noise where other judges gave it."""
    if name not in HELD_OUT:
        return "   –   "
    inside = []
    for row in told["ranking"]:
        if row["application"] in truth:
            half = np.hypot((row["high"] - row["low"]) / 2, 1.96 * _noise(name, row))
            middle = (row["high"] + row["low"]) / 2
            inside.append(abs(truth[row["application"]] - middle) <= half)
    return f"{100 * np.mean(inside):5.1f} %"


def _noise(name: str, row: Json) -> float:
    """The deviation of one application's truth from what all judges would say."""
    one, many = HELD_OUT[name]
    noise: float = one / (row["reviews"] if many is None else many) ** 0.5
    return noise


def _read(path: Path) -> Json:
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    read: Json = json.loads(data)
    return read
