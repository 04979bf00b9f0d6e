"""The method `calibrated`: quality and judges estimated together, everything else integrated out."""

from dataclasses import dataclass

import numpy as np

from campapp.engines.frame.control import Control
from campapp.engines.rank.gibbs import Sampler
from campapp.engines.rank.groups import groups_of
from campapp.engines.rank.incidence import incidence
from campapp.engines.rank.limits import Limits, at_an_end, expected_score
from campapp.engines.rank.model import first_state
from campapp.engines.rank.panel import Numbers, Panel
from campapp.engines.rank.posterior import Posterior
from campapp.engines.rank.scores import Scores

NORMAL_95 = 1.959963984540054
MANY_REVIEWS = 20_000
LARGEST = float(np.finfo(np.float64).max)
_FAR = 2.0**60
"""Scores that differ by one have fewer digits before the point: 53 bits, the first included."""


@dataclass(frozen=True)
class Calibration:
    """Per application and per judge of a panel, in its order; `finished` unless time ran out."""

    estimate: Numbers
    low: Numbers
    high: Numbers
    in_quota: Numbers
    deviation: Numbers  # of each estimate
    severity: Numbers
    spread: Numbers
    noise: float  # of one score by the average judge: what a normal would need to say as much
    finished: bool


@dataclass(frozen=True)
class Effort:
    """How long and with how many chains a panel is sampled; fixed by its size alone."""

    chains: int
    settling: int
    sweeps: int


def effort(reviews: int) -> Effort:
    """Many short chains for few reviews; two for many, where each draw is nearly the same."""
    if reviews >= MANY_REVIEWS:
        return Effort(chains=2, settling=50, sweeps=90)
    return Effort(chains=min(16, max(2, 24_000 // max(1, reviews))), settling=100, sweeps=300)


def calibrated(panel: Panel, scale: list[float], quota: int, control: Control) -> Calibration:
    """Sample the posterior of `model.py`, and sum it up in points of the scale."""
    if panel.score.min() == panel.score.max():
        return _without_differences(panel, quota)
    power = _power(panel.score)
    score, ends = np.ldexp(panel.score, -power), _within_reach(scale, power)
    centre, unit = float(score.mean()), float(score.std())
    posterior, finished, cut = _sampled(panel, (score - centre) / unit, scale, quota, control)
    estimate = centre + unit * posterior.estimate()
    deviation, noise = unit * posterior.deviation(), unit * posterior.noise()
    reach = NORMAL_95 * deviation

    def shown(latent: Numbers) -> Numbers:
        seen = expected_score(latent, noise, ends) if cut else np.clip(latent, ends[0], ends[1])
        return _in_points(seen, power)

    return Calibration(
        estimate=shown(estimate),
        low=shown(estimate - reach),
        high=shown(estimate + reach),
        in_quota=posterior.in_quota(),
        deviation=_in_points(deviation, power),
        severity=_in_points(unit * posterior.severity(), power),
        spread=posterior.spread(),
        noise=float(_in_points(np.array(noise), power)),
        finished=finished,
    )


def _power(score: Numbers) -> int:
    """The power of two that scores differ by: divided by it, none has a square too large or small to reckon with.

    As powers of two change no digit, the answer is the same in points of any size.
    """
    with np.errstate(over="ignore"):
        return int(np.frexp(min(float(score.max() - score.min()), LARGEST))[1])


def _within_reach(scale: list[float], power: int) -> list[float]:
    """The scale divided by the power of two, cut where no score can be."""
    with np.errstate(over="ignore"):
        ends = np.clip(np.ldexp(np.array(scale), -power), -_FAR, _FAR)
    return [float(end) for end in ends]


def _in_points(values: Numbers, power: int) -> Numbers:
    """Multiplied by the power of two again."""
    with np.errstate(over="ignore"):
        points: Numbers = np.clip(np.ldexp(values, power), -LARGEST, LARGEST)
    return points


def _sampled(
    panel: Panel, standard: Numbers, scale: list[float], quota: int, control: Control
) -> tuple[Posterior, bool, bool]:
    """The posterior, whether it was sampled to the end, and whether scores at an end were cut there."""
    work = effort(len(standard))
    ends = at_an_end(panel.score, scale)
    groups = groups_of(panel)
    seen = incidence(panel, groups)
    state = first_state(panel, standard, groups[0], work.chains)
    scores, limits = Scores(panel, standard, work.chains), Limits(panel, ends, standard)
    sampler = Sampler(seen, scores, limits, state, np.random.default_rng(control.seed))
    posterior = Posterior(panel, quota)
    for sweep in range(work.settling + work.sweeps):
        control.check()
        control.report(None, None, sweep=sweep, sweeps=work.settling + work.sweeps)
        late = control.out_of_time()
        sampler.sweep()
        if sweep >= work.settling or late:
            posterior.add(sampler)
        if late:
            return posterior, False, bool(len(ends))
    return posterior, True, bool(len(ends))


def _without_differences(panel: Panel, quota: int) -> Calibration:
    """All scores are equal: so are all estimates, and all judges."""
    applications, judges = len(panel.applications), len(panel.judges)
    same = np.full(applications, panel.score[0])
    share = np.full(applications, min(quota, applications) / applications)
    none, alike = np.zeros(applications), np.ones(judges)
    return Calibration(same, same, same, share, none, 0 * alike, alike, noise=0.0, finished=True)
