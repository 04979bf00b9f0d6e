"""Scores become whole-number costs, fine enough for the contract's tolerance.

A score s becomes -round(s * 2^k) with k such that the largest is about 2^bits. Each match is then wrong by at
most 2^-bits times the largest absolute score, and the flow of least whole-number cost is within
(n + m) * 2^-bits * max|s| of the best, n and m being the matches of either; the contract allows
(n + 1) * 1e-9 * max|s|, which is 2^-29.9.
"""

import numpy as np
from numpy.typing import NDArray

from campapp.engines.flow.network import Ints

FINE, COARSE = 36, 32
_RANGE = 61


def costs(scores: NDArray[np.float64], bits: int = FINE) -> tuple[Ints, int]:
    """Whole-number costs of scores, and the k of the docstring above."""
    largest = float(np.abs(scores).max(initial=0.0))
    exponent = bits - int(np.frexp(largest)[1]) if largest > 0 else 0
    return -np.rint(np.ldexp(scores, exponent)).astype(np.int64), exponent


def bits_for(nodes: int, weight: int) -> int:
    """How fine the costs may be in a network of so many nodes where one arc costs `weight` times the most.

    Raises ArithmeticError where that is too coarse for the contract.
    """
    bits = min(FINE, _RANGE - (nodes + 1).bit_length() - max(1, weight).bit_length())
    if bits < COARSE:
        raise ArithmeticError("the costs are too large for exact work")
    return bits


def unscaled(cost: float, exponent: int) -> float:
    """The sum of scores that a sum of costs stands for."""
    with np.errstate(over="ignore"):
        return float(np.ldexp(-cost, -exponent))
