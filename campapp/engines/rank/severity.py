"""The likelihood of a judge's spread and of the widths, with the judge's level integrated out."""

from dataclasses import dataclass

import numpy as np

from campapp.engines.rank.incidence import Incidence
from campapp.engines.rank.model import State
from campapp.engines.rank.panel import Numbers


@dataclass(frozen=True)
class Evidence:
    """What a judge's reviews say, given quality: means and centred second moments (judges × chains)."""

    reviews: Numbers
    score: Numbers
    quality: Numbers
    score_score: Numbers
    score_quality: Numbers
    quality_quality: Numbers

    def residual(self, state: State) -> Numbers:
        """Mean of what quality leaves of a judge's scores: the judge's level, with its noise."""
        left: Numbers = self.score - np.exp(state.spread) * self.quality
        return left

    def squares_left(self, state: State) -> Numbers:
        """Sum of squares of what quality and level leave of a judge's scores."""
        off = self.residual(state) - state.level
        return self._within(np.exp(state.spread)) + self.reviews * off * off

    def _within(self, factor: Numbers) -> Numbers:
        """Sum of squares around a judge's own mean, when quality is spread by `factor`."""
        within = self.score_score + factor * (factor * self.quality_quality - 2 * self.score_quality)
        return np.maximum(within, 0.0)

    def log_likelihood(self, spread: Numbers, noise: Numbers, severity: Numbers, centre: Numbers) -> Numbers:
        """Of each judge's scores, up to a constant: a normal of variance noise²·I + severity²·11ᵀ."""
        factor = np.exp(spread)
        variance = np.exp(2 * (spread + noise))
        off = self.score - factor * self.quality - centre
        whole = variance + self.reviews * severity * severity
        fit = self._within(factor) / variance + self.reviews * off * off / whole
        likelihood: Numbers = -0.5 * (2 * (self.reviews - 1) * (spread + noise) + np.log(whole) + fit)
        return likelihood


def evidence(seen: Incidence, quality: Numbers, total: Numbers, squares: Numbers, cross: Numbers) -> Evidence:
    """From the sums over each judge's reviews of score, score² and score · quality."""
    chains = quality.shape[1]
    sums = seen.met_by @ np.hstack((quality, quality * quality))
    reviews = seen.reviews
    score = total / reviews
    mean = sums[:, :chains] / reviews
    return Evidence(
        reviews=reviews,
        score=score,
        quality=mean,
        score_score=squares - total * score,
        score_quality=cross - total * mean,
        quality_quality=sums[:, chains:] - reviews * mean * mean,
    )
