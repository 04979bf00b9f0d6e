"""Where inner loops are compiled: numba if it is there, plain Python otherwise (slow, the same numbers)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])

njit: Any
try:
    from numba import njit
except ImportError:
    njit = None


def compiled(function: F) -> F:
    """Machine code, kept beside the module or in the user's cache folder; without either, kept nowhere."""
    if njit is None:
        return function
    machine: F
    try:
        machine = njit(cache=True, nogil=True, error_model="numpy")(function)
    except RuntimeError:
        machine = njit(nogil=True, error_model="numpy")(function)
    return machine
