"""Sums of scores, exact to the last digit."""

import math

import numpy as np
from numpy.typing import NDArray

LARGEST = 1.7976931348623157e308


def summed(scores: NDArray[np.float64]) -> float:
    """The exact sum, rounded once; the largest number there is where it is beyond."""
    try:
        return math.fsum(scores.tolist())
    except OverflowError:
        return math.copysign(LARGEST, float(np.sum(np.ldexp(scores, -64))))
