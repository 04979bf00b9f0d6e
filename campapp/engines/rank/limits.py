"""Scores at an end of the scale: the judge would have gone on, had the scale."""

from typing import Any

import numpy as np
from scipy.special import ndtr, ndtri

from campapp.engines.rank.incidence import indicator
from campapp.engines.rank.model import State
from campapp.engines.rank.panel import Indices, Numbers, Panel

TOO_MANY = 0.2
"""Beyond this share of all scores an end is an answer of its own, and taken as it stands."""


class Limits:
    """The scores at an end of the scale, and what they would be without it (`value`, scores × chains)."""

    def __init__(self, panel: Panel, at: Indices, standard: Numbers, chains: int) -> None:
        self.application: Indices = panel.application[at]
        self.judge: Indices = panel.judge[at]
        self.end: Numbers = standard[at][:, None]
        middle = (standard.min() + standard.max()) / 2
        self.sign: Numbers = np.where(self.end > middle, 1.0, -1.0)
        self.value: Numbers = np.repeat(self.end, chains, axis=1)
        numbers = np.arange(len(at), dtype=np.intp)
        self.to_application: Any = indicator(self.application, numbers, (len(panel.applications), len(at)))
        self.to_judge: Any = indicator(self.judge, numbers, (len(panel.judges), len(at)))

    def __len__(self) -> int:
        return len(self.judge)

    def draw(self, state: State, random: np.random.Generator) -> None:
        """Draw each from its normal, cut at the end (by the inverse of the distribution function)."""
        if not len(self):
            return
        expected = (
            state.level[self.judge] + np.exp(state.spread[self.judge]) * state.quality[self.application]
        )
        deviation = np.exp(state.deviation()[self.judge])
        beyond = ndtr(self.sign * (expected - self.end) / deviation)
        chance = np.maximum(beyond * (1 - random.random(expected.shape)), 1e-300)
        self.value = expected - self.sign * deviation * ndtri(chance)


def at_an_end(score: Numbers, scale: list[float]) -> Indices:
    """Which scores stand at an end of the scale; none where they are too many to mean "or beyond"."""
    found = np.flatnonzero((score <= scale[0]) | (score >= scale[1]))
    return found if len(found) <= TOO_MANY * len(score) else found[:0]


def expected_score(latent: Numbers, deviation: float, scale: list[float]) -> Numbers:
    """The mean of a normal around `latent` when what lies beyond the scale is given its end."""
    low, high = scale
    return low + _above(latent - low, deviation) - _above(latent - high, deviation)


def _above(distance: Numbers, deviation: float) -> Numbers:
    """E max(0, distance + deviation · e)."""
    ratio = distance / deviation
    density = np.exp(-0.5 * ratio * ratio) / np.sqrt(2 * np.pi)
    mean: Numbers = distance * ndtr(ratio) + deviation * density
    return mean
