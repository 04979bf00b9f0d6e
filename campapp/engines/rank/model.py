"""The model of `calibrated`, and the state of the chains that explore it.

A judge j gives application i, in units of the file's standard deviation,

    score = level_j + spread_j · (quality_i + noise · e_ij),    cut to the scale,
    quality_i ~ N(0, 1),  level_j ~ N(centre, severity²),  log spread_j ~ N(log_spread, unevenness²),

with e_ij of Student's t, as heavy in the tails as the file says (1/ν = `tails`, 0 for the normal). A judge's
level is the opposite of severity; a judge who spreads quality wider also spreads noise wider. Where groups of
judges never meet, each group has its own centre, and centres are N(middle, between²). A score at an end of the
scale says "so much or more" (Tobin 1958).

Sources: the grader model of Piech et al., *Tuned Models of Peer Assessment in MOOCs* (EDM 2013), bias and
reliability of judges; MacKay, Kenna, Low and Parker, *Calibration with confidence* (R. Soc. Open Sci. 4, 2017),
who centre on the average judge; Lange, Little and Taylor (JASA 84, 1989) on Student's t for what lies far off.
All widths (severity, unevenness, noise, between) and the tails are learned from the file under weak priors that
lean to "no difference", and all unknowns are integrated over, none is fixed at a best guess: `gibbs.py` draws
from their joint posterior.
"""

from dataclasses import dataclass

import numpy as np

from campapp.engines.rank.panel import Numbers, Panel

SPREAD_PRIOR = 1.0
SEVERITY_PRIOR = 1.0
UNEVENNESS_PRIOR = 0.5
BETWEEN_PRIOR = 1.0
"""Scales of the half-normal priors of the widths, in standard deviations of the file."""
TAILS_PRIOR = 0.2
TAILS_FLOOR, TAILS_CEILING = 1e-3, 0.45
"""Of 1/ν, half-normal too: most likely normal, at most so heavy that the noise still has a variance."""
NOISE_FLOOR = 0.02
"""Least noise, in standard deviations of quality: also judges who agree to the digit are only so sure."""
WIDTH_FLOOR = 1e-3
UNEVENNESS_CEILING = 3.0


@dataclass
class State:
    """Where the chains stand; the last axis of every array numbers the chains."""

    quality: Numbers  # applications × chains
    level: Numbers  # judges × chains, as all that follow up to `log_spread`
    spread: Numbers  # its logarithm
    centre: Numbers  # groups × chains
    log_spread: Numbers  # chains, as all that follow
    noise: Numbers  # its logarithm
    severity: Numbers
    unevenness: Numbers
    middle: Numbers
    between: Numbers
    tails: Numbers

    def deviation(self) -> Numbers:
        """The noise of one score by each judge, in units of the score: its logarithm."""
        total: Numbers = self.spread + self.noise
        return total


def first_state(panel: Panel, standard: Numbers, groups: int, chains: int) -> State:
    """A plain start: quality is the mean score, a judge's level the mean of what that leaves."""
    mean = np.bincount(panel.application, standard) / panel.reviews_of_applications()
    width = max(float(mean.std()), 0.2)
    left = standard - mean[panel.application]
    level = np.bincount(panel.judge, left) / panel.reviews_of_judges()
    noise = max(float((left - level[panel.judge]).std()), 0.1)
    every = np.ones(chains)
    return State(
        quality=np.outer(mean / width, every),
        level=np.outer(level, every),
        spread=np.full((len(level), chains), np.log(width)),
        centre=np.zeros((groups, chains)),
        log_spread=every * np.log(width),
        noise=every * np.log(noise / width),
        severity=every * max(float(level.std()), 0.1),
        unevenness=every * 0.15,
        middle=every * 0.0,
        between=every * 0.5,
        tails=every * 0.1,
    )


def log_prior(logarithm: Numbers, scale: float) -> Numbers:
    """Log density, in log width, of a half-normal width."""
    density: Numbers = logarithm - np.exp(2 * logarithm) / (2 * scale * scale)
    return density
