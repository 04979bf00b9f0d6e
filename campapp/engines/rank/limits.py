"""Scores at an end of the scale: the judge would have gone on, had the scale."""

import numpy as np
from scipy.special import ndtr, ndtri

from campapp.engines.rank.model import State
from campapp.engines.rank.panel import Indices, Numbers, Panel
from campapp.engines.rank.scores import Scores

TOO_MANY = 0.2
"""Beyond this share of all scores an end is an answer of its own, and taken as it stands."""


class Limits:
    """The scores at an end of the scale."""

    def __init__(self, panel: Panel, at: Indices, standard: Numbers) -> None:
        self.at = at
        self.application: Indices = panel.application[at]
        self.judge: Indices = panel.judge[at]
        self.end: Numbers = standard[at][:, None]
        middle = (standard.min() + standard.max()) / 2
        self.sign: Numbers = np.where(self.end > middle, 1.0, -1.0)

    def draw(self, scores: Scores, state: State, random: np.random.Generator) -> None:
        """What they would be without the scale: normals, cut at the end (by the inverse of the distribution)."""
        if not len(self.at):
            return
        expected = (
            state.level[self.judge] + np.exp(state.spread[self.judge]) * state.quality[self.application]
        )
        deviation = np.exp(state.deviation()[self.judge]) / np.sqrt(scores.weight[self.at])
        beyond = ndtr(self.sign * (expected - self.end) / deviation)
        chance = np.maximum(beyond * (1 - random.random(expected.shape)), 1e-300)
        scores.value[self.at] = expected - self.sign * deviation * ndtri(chance)


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
