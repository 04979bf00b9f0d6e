"""What the chains have seen, summed up sweep by sweep.

Given the judges, the qualities are independent normals; so means, variances and chances are taken from those
normals and averaged over the sweeps (Rao and Blackwell), which makes them smoother than counting draws, and
exactly equal for applications with the same reviews.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from campapp.engines.rank.gibbs import Sampler
from campapp.engines.rank.panel import Indices, Numbers, Panel

EVERY = 4
"""The chance of a place is looked at in every fourth sweep: neighbours say much the same."""


@dataclass
class Posterior:
    """Sums over sweeps and chains, in units of the model."""

    panel: Panel
    quota: int
    draws: int = 0
    looks: int = 0

    def __post_init__(self) -> None:
        applications, judges = len(self.panel.applications), len(self.panel.judges)
        self._estimate, self._square, self._variance, self._chance = np.zeros((4, applications))
        self._severity, self._spread = np.zeros((2, judges))
        self._deviation = 0.0

    def add(self, sampler: Sampler) -> None:
        """Take in where the chains stand after a sweep."""
        state, seen = sampler.state, sampler.seen
        group, of_judge = seen.group_of_application, seen.group_of_judge
        every = np.ones(sampler.chains)
        spread = np.exp(state.spread)
        slope, level = (seen.judging @ spread) / seen.judges_in, (seen.judging @ state.level) / seen.judges_in
        estimate = level[group] + slope[group] * sampler.mean
        variance = slope[group] ** 2 / sampler.precision
        # the judges of a file are themselves a sample of those who might have judged
        others = (state.severity**2 / seen.judges_in)[group]
        self._estimate += estimate @ every
        self._square += (estimate * estimate) @ every
        self._variance += (variance + others) @ every
        self._severity += (level[of_judge] - state.level) @ every
        self._spread += (spread / slope[of_judge]) @ every
        # one more score of Student's t says as much as one of a normal this much wider (its Fisher information)
        wider = np.sqrt((1 + 3 * state.tails) / (1 + state.tails))
        self._deviation += float((slope * np.exp(state.noise) * wider).mean(axis=0).sum())
        if self.draws % (EVERY * sampler.chains) == 0 and self.quota < len(estimate):
            self._look(estimate, variance, level[group] + slope[group] * state.quality)
        self.draws += sampler.chains

    def _look(self, estimate: Numbers, variance: Numbers, drawn: Numbers) -> None:
        """Each application's chance to be above the best of the others that would be left out."""
        last = len(drawn) - self.quota
        around = np.partition(drawn, (last - 1, last), axis=0)
        outside, inside = around[last - 1], around[last]
        bar = np.where(drawn >= inside, outside, inside)
        self._chance += ndtr((estimate - bar) / np.sqrt(variance)) @ np.ones(drawn.shape[1])
        self.looks += drawn.shape[1]

    def estimate(self) -> Numbers:
        return _shared(self._estimate / self.draws, self.panel.twins)

    def deviation(self) -> Numbers:
        """The posterior standard deviation of each estimate."""
        mean = self._estimate / self.draws
        variance = self._variance / self.draws + np.maximum(self._square / self.draws - mean * mean, 0.0)
        return _shared(np.sqrt(variance), self.panel.twins)

    def in_quota(self) -> Numbers:
        """The chance to belong to the best `quota`; all chances together are `quota`."""
        if self.quota >= len(self._chance):
            return np.ones(len(self._chance))
        return _adding_up(_shared(self._chance / self.looks, self.panel.twins), self.quota)

    def severity(self) -> Numbers:
        return _shared(self._severity / self.draws, self.panel.judge_twins)

    def spread(self) -> Numbers:
        return _shared(self._spread / self.draws, self.panel.judge_twins)

    def noise(self) -> float:
        """The standard deviation of one score by the average judge."""
        return self._deviation / self.draws


def _shared(values: Numbers, classes: Indices) -> Numbers:
    """What cannot be told apart gets the same value."""
    total = np.bincount(classes, values)
    mean: Numbers = (total / np.bincount(classes))[classes]
    return mean


def _adding_up(chance: Numbers, quota: int) -> Numbers:
    """Chances with their odds multiplied by one factor, so that they add up to `quota`."""
    chance = np.clip(chance, 1e-15, 1 - 1e-15)
    odds = chance / (1 - chance)
    low, high = 1e-15, 1e15  # far apart where next to nobody is near the cut
    for _ in range(70):
        factor = (low * high) ** 0.5
        if (factor * odds / (1 + factor * odds)).sum() < quota:
            low = factor
        else:
            high = factor
    scaled: Numbers = high * odds / (1 + high * odds)
    return scaled
