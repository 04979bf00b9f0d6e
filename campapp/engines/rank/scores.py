"""Every score as the chains see it: what it would be without the scale's ends, and how much it weighs.

Noise has heavier tails than the normal where the file says so: Student's t with ν degrees of freedom is a normal
whose precision is drawn for each score from a gamma of mean 1 (Lange, Little and Taylor, *Robust Statistical
Modeling Using the t Distribution*, JASA 84, 1989). A score far from what all others say then weighs little.
"""

import numpy as np
from scipy.special import gammaln

from campapp.engines.rank.model import TAILS_CEILING, TAILS_FLOOR, TAILS_PRIOR, State
from campapp.engines.rank.panel import Numbers, Panel

_STEP = 0.05
_MANY = 20_000
"""Of so many reviews the weights are drawn in every second sweep: they cost most, and matter least, where many are."""


class Scores:
    """Value and weight of each review (reviews × chains)."""

    def __init__(self, panel: Panel, standard: Numbers, chains: int) -> None:
        self.application, self.judge = panel.application, panel.judge
        self.value: Numbers = np.repeat(standard[:, None], chains, axis=1)
        self.weight: Numbers = np.ones_like(self.value)
        self._turn = 0

    def qualities(self, state: State) -> Numbers:
        """The quality that each score would speak of, were there no noise."""
        narrow = np.exp(-state.spread)
        seen: Numbers = self.value * narrow[self.judge] - (state.level * narrow)[self.judge]
        return seen

    def weigh(self, state: State, seen: Numbers, random: np.random.Generator) -> None:
        """Draw how heavy the tails are, the weights integrated out, and then the weights."""
        self._turn += 1
        if self._turn % 2 and len(seen) >= _MANY:
            return
        off = (seen - state.quality[self.application]) * np.exp(-state.noise)
        squares = off * off
        step = np.abs(state.tails + _STEP * random.standard_normal(state.tails.shape))
        step = np.clip(step, TAILS_FLOOR, TAILS_CEILING)
        gain = _log_density(step, squares) - _log_density(state.tails, squares)
        state.tails = np.where(-random.standard_exponential(gain.shape) < gain, step, state.tails)
        freedom = 1 / state.tails
        drawn = random.standard_gamma((freedom + 1) / 2, self.weight.shape)
        self.weight = drawn / ((freedom + squares) / 2)


def _log_density(tails: Numbers, squares: Numbers) -> Numbers:
    """Of all that is left of the scores, in each chain, and of the prior; up to a constant."""
    freedom = 1 / tails
    each = gammaln((freedom + 1) / 2) - gammaln(freedom / 2) + np.log(tails) / 2
    far = (freedom + 1) / 2 * (np.ones(len(squares)) @ np.log1p(squares * tails))
    density: Numbers = len(squares) * each - far - tails * tails / (2 * TAILS_PRIOR * TAILS_PRIOR)
    return density
