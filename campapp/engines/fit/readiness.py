"""Technology readiness: a level outside the wanted window lowers a fit, and never removes it."""

from collections.abc import Sequence

import numpy as np
from msgspec import UNSET

from campapp.engines.fit.contract import HIGHEST_TRL, LOWEST_TRL, Need, Project
from campapp.engines.fit.tables import Floats

STEP = 0.85
"""What is left of a fit for each level that a project is outside the window."""


def window(need: Need) -> tuple[int, int] | None:
    """The wanted levels, lowest and highest; None where a need says nothing of them."""
    if need.trl_min is UNSET and need.trl_max is UNSET:
        return None
    low = LOWEST_TRL if need.trl_min is UNSET else need.trl_min
    return low, HIGHEST_TRL if need.trl_max is UNSET else need.trl_max


def levels(projects: Sequence[Project]) -> Floats:
    """The projects' levels, not a number where one is not known."""
    return np.array([np.nan if each.trl is UNSET else each.trl for each in projects], np.float64)


def factors(need: Need, levels: Floats) -> Floats:
    """What each project's fit is multiplied by: 1 inside the window and where a level is not known."""
    wanted = window(need)
    if wanted is None:
        return np.ones_like(levels)
    outside = np.maximum(np.maximum(wanted[0] - levels, levels - wanted[1]), 0.0)
    return np.asarray(STEP ** np.nan_to_num(outside))
