"""The engine `rank`: a round's reviews in, applications in order and what is known of the judges out."""

from collections.abc import Sequence
from operator import itemgetter
from typing import NamedTuple

import msgspec

from campapp.engines.frame.control import Control
from campapp.engines.frame.engine import Engine, Result
from campapp.engines.rank.averages import averages, written
from campapp.engines.rank.calibrated import Calibration, calibrated
from campapp.engines.rank.contract import Instance, check
from campapp.engines.rank.groups import WARNING, ZSCORE_WARNING, groups_of, listed
from campapp.engines.rank.panel import Panel, panel
from campapp.engines.rank.standing import half_up, ranked, shares_of_quota

BYTES_A_REVIEW = 2_500
DISCUSSED = (0.2, 0.8)
"""Whose chance of a place lies between these, ends included, a panel should discuss."""

Row = dict[str, object]


class Standing(NamedTuple):
    """What a method says of one application."""

    estimate: float
    low: float
    high: float
    in_quota: float


def memory(instance: Instance) -> int:
    """Bytes that an answer takes at most: arrays for two chains and more, and the rows of OUT."""
    return 50_000_000 + BYTES_A_REVIEW * len(instance.reviews)


def solve(instance: Instance, control: Control) -> Result:
    """OUT of `campapp.rank/1`."""
    if not instance.reviews:
        return {"status": "optimal", "ranking": [], "judges": [], "cut": {"applications": []}, "groups": []}
    judged = panel(instance.reviews)
    finished = True
    if instance.method == "calibrated":
        found = calibrated(judged, instance.scale, instance.quota, control)
        standings, finished = _calibrated(instance, judged, found), found.finished
        judges = _judges(judged, found.severity.tolist(), found.spread.tolist())
    else:
        standings = _averaged(instance)
        nothing = [None] * len(judged.judges)
        judges = _judges(judged, nothing, nothing)
    order = ranked({name: own.estimate for name, own in standings.items()}, instance.ties, instance.reviews)
    cut = [name for name, _ in order if DISCUSSED[0] <= standings[name].in_quota <= DISCUSSED[1]]
    result: Result = {
        "status": "optimal" if finished else "feasible",
        "ranking": _rows(judged, standings, order),
        "judges": judges,
        "cut": {"applications": cut},
    }
    return result | _groups(instance, judged)


def _averaged(instance: Instance) -> dict[str, Standing]:
    exact = averages(instance.method, instance.reviews)
    if instance.decimals is not msgspec.UNSET:
        exact = {name: half_up(value, instance.decimals) for name, value in exact.items()}
    estimates = {name: float(value) for name, value in exact.items()}
    shares = shares_of_quota(estimates, instance.quota)
    return {name: Standing(value, value, value, shares[name]) for name, value in estimates.items()}


def _calibrated(instance: Instance, judged: Panel, found: Calibration) -> dict[str, Standing]:
    columns = [column.tolist() for column in (found.estimate, found.low, found.high)]
    if instance.decimals is not msgspec.UNSET:
        places = instance.decimals
        columns = [[float(half_up(written(value), places)) for value in column] for column in columns]
    rows = zip(judged.applications, *columns, found.in_quota.tolist(), strict=True)
    return {name: Standing(*own) for name, *own in rows}


def _judges(judged: Panel, severity: Sequence[float | None], spread: Sequence[float | None]) -> list[Row]:
    reviews = judged.reviews_of_judges().tolist()
    rows = sorted(zip(judged.judges, severity, spread, reviews, strict=True), key=itemgetter(0))
    return [dict(zip(("judge", "severity", "spread", "reviews"), row, strict=True)) for row in rows]


def _rows(judged: Panel, standings: dict[str, Standing], order: list[tuple[str, int]]) -> list[Row]:
    reviews = dict(zip(judged.applications, judged.reviews_of_applications().tolist(), strict=True))
    return [
        {
            "application": name,
            "estimate": standings[name].estimate,
            "low": standings[name].low,
            "high": standings[name].high,
            "rank": rank,
            "in_quota": standings[name].in_quota,
            "reviews": reviews[name],
        }
        for name, rank in order
    ]


def _groups(instance: Instance, judged: Panel) -> Result:
    number, of_application, _ = groups_of(judged)
    found: Result = {"groups": listed(judged, number, of_application)}
    if number > 1:
        found["warning"] = WARNING.format(number) + (ZSCORE_WARNING if instance.method == "zscore" else "")
    return found


ENGINE = Engine(kind="rank", instance=Instance, check=check, memory=memory, solve=solve)
