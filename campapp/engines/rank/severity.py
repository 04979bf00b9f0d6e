"""The likelihood of a judge's spread and of the widths, with the judge's level integrated out."""

from dataclasses import dataclass

import numpy as np

from campapp.engines.rank.incidence import Incidence
from campapp.engines.rank.model import State
from campapp.engines.rank.panel import Numbers
from campapp.engines.rank.scores import Scores


@dataclass(frozen=True)
class Evidence:
    """What a judge's reviews say, given quality: weighted means and centred second moments (judges × chains)."""

    reviews: Numbers  # judges × 1
    weight: Numbers  # of all of a judge's reviews together
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
        return self._within(np.exp(state.spread)) + self.weight * off * off

    def _within(self, factor: Numbers) -> Numbers:
        """Sum of squares around a judge's own mean, when quality is spread by `factor`."""
        within = self.score_score + factor * (factor * self.quality_quality - 2 * self.score_quality)
        return np.maximum(within, 0.0)

    def log_likelihood(self, spread: Numbers, noise: Numbers, severity: Numbers, centre: Numbers) -> Numbers:
        """Of each judge's scores, up to a constant: a normal of variance noise²/weights + severity²·11ᵀ."""
        factor = np.exp(spread)
        variance = np.exp(2 * (spread + noise))
        off = self.score - factor * self.quality - centre
        whole = variance + self.weight * severity * severity
        fit = self._within(factor) / variance + self.weight * off * off / whole
        likelihood: Numbers = -0.5 * (2 * (self.reviews - 1) * (spread + noise) + np.log(whole) + fit)
        return likelihood


def evidence(seen: Incidence, scores: Scores, quality: Numbers) -> Evidence:
    """From the sums over each judge's reviews; `quality` is that of each review's application."""
    weight, value = scores.weight, scores.value
    heavy, valued = weight * value, weight * quality
    columns = np.concatenate(
        (weight, heavy, valued, heavy * value, heavy * quality, valued * quality), axis=1
    )
    total, score, mean, score_score, score_quality, quality_quality = np.split(
        seen.by_judge @ columns, 6, axis=1
    )
    score, mean = score / total, mean / total
    return Evidence(
        reviews=seen.reviews,
        weight=total,
        score=score,
        quality=mean,
        score_score=score_score - total * score * score,
        score_quality=score_quality - total * score * mean,
        quality_quality=quality_quality - total * mean * mean,
    )
