"""One sweep of the sampler: every unknown is drawn given the others, levels integrated out where they can be.

Gibbs sampling (Geman and Geman 1984), with Metropolis steps for spreads and widths. Widths near zero mix badly
when drawn given the deviations only, so they also move together with them (Yu and Meng, *To center or not to
center*, JCGS 2011). Two moves along directions in which the likelihood is flat, of location within a group and
of scale, are drawn exactly (Liu and Sabatti, *Generalised Gibbs sampler*, Biometrika 2000): without them panels
that agree closely, or never meet, would creep.
"""

import numpy as np
from numpy.typing import NDArray

from campapp.engines.rank.incidence import Incidence
from campapp.engines.rank.limits import Limits
from campapp.engines.rank.model import (
    BETWEEN_PRIOR,
    NOISE_FLOOR,
    SEVERITY_PRIOR,
    SPREAD_PRIOR,
    UNEVENNESS_CEILING,
    UNEVENNESS_PRIOR,
    WIDTH_FLOOR,
    State,
    log_prior,
)
from campapp.engines.rank.panel import Numbers
from campapp.engines.rank.scores import Scores
from campapp.engines.rank.severity import Evidence, evidence

Flags = NDArray[np.bool_]


class Sampler:
    """Chains side by side over one panel."""

    def __init__(
        self, seen: Incidence, scores: Scores, limits: Limits, state: State, random: np.random.Generator
    ) -> None:
        self.seen = seen
        self.scores = scores
        self.limits = limits
        self.state = state
        self.random = random
        self.chains: int = state.quality.shape[1]
        self.judges: int = state.level.shape[0]
        self.mean: Numbers = state.quality
        self.precision: Numbers = np.ones_like(state.quality)

    def sweep(self) -> None:
        """Draw everything once; `mean` and `precision` are quality's, given the judges."""
        judged = evidence(self.seen, self.scores, self.state.quality[self.scores.application])
        self._judges_and_widths(judged)
        self._centres(judged)
        self._levels(judged)
        self._noise(judged)
        self._shift()
        self._stretch()
        self.limits.draw(self.scores, self.state, self.random)
        self._qualities()

    def _normal(self, *shape: int) -> Numbers:
        return self.random.standard_normal((*shape, self.chains))

    def _accepts(self, gain: Numbers) -> Flags:
        """Metropolis: whether to take a step that changes the log density by `gain`."""
        accepted: Flags = -self.random.standard_exponential(gain.shape) < gain
        return accepted

    def _judges_and_widths(self, judged: Evidence) -> None:
        state, centre = self.state, self.state.centre[self.seen.group_of_judge]
        now = judged.log_likelihood(state.spread, state.noise, state.severity, centre)
        now = self._spreads(judged, centre, now)
        now = self._severity(judged, centre, now)
        now = self._unevenness(judged, centre, now)
        self._unevenness_given_spreads()
        self._log_spread(judged, centre, now)

    def _spreads(self, judged: Evidence, centre: Numbers, now: Numbers) -> Numbers:
        state = self.state
        information = state.unevenness**-2 + judged.reviews * (2 + np.exp(-2 * state.noise))
        step = state.spread + 2.4 / np.sqrt(information) * self._normal(self.judges)
        then = judged.log_likelihood(step, state.noise, state.severity, centre)
        before, after = state.spread - state.log_spread, step - state.log_spread
        taken = self._accepts(then - now - (after * after - before * before) / (2 * state.unevenness**2))
        state.spread = np.where(taken, step, state.spread)
        return np.where(taken, then, now)

    def _width_step(self, width: Numbers, many: int) -> tuple[Numbers, Numbers]:
        """The logarithm of a width now, and after a step: mostly short, at times long."""
        now = np.log(width)
        length = 2 / np.sqrt(2 * many + 4) * np.exp(0.7 * self._normal())
        return now, now + length * self._normal()

    def _severity(self, judged: Evidence, centre: Numbers, now: Numbers) -> Numbers:
        state = self.state
        before, after = self._width_step(state.severity, self.judges)
        then = judged.log_likelihood(state.spread, state.noise, np.exp(after), centre)
        prior = log_prior(after, SEVERITY_PRIOR) - log_prior(before, SEVERITY_PRIOR)
        taken = self._accepts(_summed(then - now) + prior) & (after > np.log(WIDTH_FLOOR))
        state.severity = np.where(taken, np.exp(after), state.severity)
        return np.where(taken, then, now)

    def _unevenness(self, judged: Evidence, centre: Numbers, now: Numbers) -> Numbers:
        """The width of the spreads, with the spreads in tow."""
        state = self.state
        before, after = self._width_step(state.unevenness, self.judges)
        inside = (after > np.log(WIDTH_FLOOR)) & (after < np.log(UNEVENNESS_CEILING))
        factor = np.exp(np.where(inside, after - before, 0.0))
        step = state.log_spread + (state.spread - state.log_spread) * factor
        then = judged.log_likelihood(step, state.noise, state.severity, centre)
        prior = log_prior(after, UNEVENNESS_PRIOR) - log_prior(before, UNEVENNESS_PRIOR)
        taken = self._accepts(_summed(then - now) + prior) & inside
        state.unevenness = np.where(taken, np.exp(after), state.unevenness)
        state.spread = np.where(taken, step, state.spread)
        return np.where(taken, then, now)

    def _unevenness_given_spreads(self) -> None:
        state = self.state
        squares = _summed((state.spread - state.log_spread) ** 2)
        state.unevenness = self._width(state.unevenness, squares, self.judges, UNEVENNESS_PRIOR)

    def _width(self, width: Numbers, squares: Numbers, many: int, scale: float) -> Numbers:
        """A step of the width of `many` normal deviations with this sum of squares."""
        before, after = self._width_step(width, many)
        gain = -many * (after - before) - squares / 2 * (np.exp(-2 * after) - np.exp(-2 * before))
        gain = gain + log_prior(after, scale) - log_prior(before, scale)
        taken = self._accepts(gain) & (after > np.log(WIDTH_FLOOR))
        return np.where(taken, np.exp(after), width)

    def _log_spread(self, judged: Evidence, centre: Numbers, now: Numbers) -> None:
        """All spreads at once with their middle, then the middle of them."""
        state = self.state
        step = 2 / np.sqrt(2 * judged.reviews.sum()) * self._normal()
        then = judged.log_likelihood(state.spread + step, state.noise, state.severity, centre)
        step = np.where(self._accepts(_summed(then - now) + self._favour(state.log_spread + step)), step, 0.0)
        state.spread = state.spread + step
        state.log_spread = state.log_spread + step
        middle = _summed(state.spread) / self.judges
        middle = middle + state.unevenness / np.sqrt(self.judges) * self._normal()
        state.log_spread = np.where(self._accepts(self._favour(middle)), middle, state.log_spread)

    def _favour(self, log_spread: Numbers) -> Numbers:
        """What the prior gains by this middle of the spreads."""
        gain: Numbers = log_prior(log_spread, SPREAD_PRIOR) - log_prior(self.state.log_spread, SPREAD_PRIOR)
        return gain

    def _centres(self, judged: Evidence) -> None:
        """The centre of each group's levels, the levels integrated out."""
        state, seen = self.state, self.seen
        variance = np.exp(2 * state.deviation()) / judged.weight + state.severity**2
        weight = seen.judging @ (1 / variance)
        pull = seen.judging @ (judged.residual(state) / variance)
        groups = len(weight)
        if groups > 1:
            weight, pull = weight + state.between**-2, pull + state.middle * state.between**-2
        state.centre = pull / weight + self._normal(groups) / np.sqrt(weight)
        if groups > 1:
            state.middle = state.centre.mean(axis=0) + state.between / np.sqrt(groups) * self._normal()
            squares = _summed((state.centre - state.middle) ** 2)
            state.between = self._width(state.between, squares, groups, BETWEEN_PRIOR)

    def _levels(self, judged: Evidence) -> None:
        state = self.state
        weight = judged.weight * np.exp(-2 * state.deviation())
        precision = weight + state.severity**-2
        pull = weight * judged.residual(state)
        pull = pull + state.centre[self.seen.group_of_judge] * state.severity**-2
        state.level = pull / precision + self._normal(self.judges) / np.sqrt(precision)

    def _noise(self, judged: Evidence) -> None:
        """The noise from all that levels and qualities leave, in units of quality."""
        state = self.state
        squares = _summed(judged.squares_left(state) * np.exp(-2 * state.spread))
        noise = np.log(squares / self.random.chisquare(judged.reviews.sum(), self.chains)) / 2
        state.noise = np.maximum(noise, np.log(NOISE_FLOOR))

    def _shift(self) -> None:
        """Better applications and stricter judges, or the reverse, for a whole group at once."""
        state, seen = self.state, self.seen
        spread, tight = np.exp(state.spread), state.severity**-2
        weight = seen.applications_in + seen.judging @ (spread * spread) * tight
        off = state.level - state.centre[seen.group_of_judge]
        pull = seen.in_group @ state.quality - seen.judging @ (spread * off) * tight
        step = pull / weight + self._normal(len(weight)) / np.sqrt(weight)
        state.quality = state.quality - step[seen.group_of_application]
        state.level = state.level + spread * step[seen.group_of_judge]

    def _stretch(self) -> None:
        """Quality wider and spreads narrower, or the reverse, for all at once."""
        state = self.state
        applications = len(state.quality)
        factor = np.sqrt(self.random.chisquare(applications, self.chains) / _summed(state.quality**2))
        allowed = state.noise + np.log(factor) > np.log(NOISE_FLOOR)
        allowed = allowed & self._accepts(self._favour(state.log_spread - np.log(factor)))
        factor = np.where(allowed, factor, 1.0)
        state.quality = state.quality * factor
        state.spread = state.spread - np.log(factor)
        state.log_spread = state.log_spread - np.log(factor)
        state.noise = state.noise + np.log(factor)

    def _qualities(self) -> None:
        """The weights of the scores, then the qualities."""
        state, scores, chains = self.state, self.scores, self.chains
        said = scores.qualities(state)
        scores.weigh(state, said, self.random)
        sums = self.seen.by_application @ np.concatenate((scores.weight, scores.weight * said), axis=1)
        precise = np.exp(-2 * state.noise)
        self.precision = 1 + sums[:, :chains] * precise
        self.mean = sums[:, chains:] * precise / self.precision
        state.quality = self.mean + self._normal(len(self.mean)) / np.sqrt(self.precision)


def _summed(values: Numbers) -> Numbers:
    """The sum in each chain; a product is quicker than `sum` where the chains are few."""
    total: Numbers = np.ones(len(values)) @ values
    return total
