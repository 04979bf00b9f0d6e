"""The fair matching: most teams matched, then the worst-off team's best match, then the sum of scores.

Each level is a flow problem and so proven: the number of teams and the threshold by maximum flows, the sum by
a minimum-cost flow in which a team's first pair at the threshold earns a credit above all costs. Lower bounds
of teams and companies are not in the maximum flows; where there are any, the last flow tells whether the
level holds, and bisection goes on with it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from campapp.engines.flow.solver import OutOfTime, Solver
from campapp.engines.match.covering import covering, most_teams, threshold
from campapp.engines.match.market import Index, Market, Mask
from campapp.engines.match.total import Matching, best_total

_SPARE = 3
"""With so many teams that must have a high pair goes one more, the nearest to lacking it."""


@dataclass(frozen=True)
class Levels:
    """A matching and the level that it was sought at: teams with a pair of score `theta` or more."""

    matching: Matching
    teams: int
    theta: float | None


def best_fair(market: Market, solver: Solver) -> Levels:
    """The fair matching. Raises OutOfTime before the levels are known."""
    cover = covering(market)
    if not len(cover.pairs):
        return Levels(best_total(market, solver), 0, None)
    control = solver.control
    bounded = bool(market.teams.least.any() or market.companies.least.any())
    if bounded:
        every = best_total(market, solver, np.ones(len(market), np.bool_))
        if every.pairs is None:
            return Levels(every, 0, None)
        if not every.proven:
            raise OutOfTime
        teams = _covered(market, every.pairs, -np.inf)
    else:
        teams = most_teams(cover, control)
    if teams == 0:
        return Levels(best_total(market, solver, np.ones(len(market), np.bool_)), 0, None)
    theta = threshold(cover, teams, control)
    found = Levels(_above(market, solver, teams, theta), teams, theta)
    if bounded and not _holds(market, found):
        return _lower(market, solver, found)
    return found


def _above(market: Market, solver: Solver, teams: int, theta: float) -> Matching:
    """The best matching in which so many teams, if they can, have a pair of score `theta` or more.

    Where that is every team that has such a pair, each of them must get one. Most do so by themselves: it is
    demanded of those only that did not, until none is left (a cutting plane at a time); proof comes last. To
    give one a pair takes another's: so it is demanded of the nearest to lacking one too.
    """
    high = market.score >= theta
    able = np.zeros(len(market.teams), np.bool_)
    able[market.team[high & ~market.closed]] = True
    if teams < np.count_nonzero(able):
        return best_total(market, solver, high)
    must, rough = np.zeros(len(market.teams), np.bool_), True
    while True:
        found = best_total(market, solver, high, must, rough=rough)
        if found.pairs is None:
            return found
        lacking = able.copy()
        lacking[market.team[found.pairs[high[found.pairs]]]] = False
        if not lacking.any():
            if found.proven or not rough:
                return found
            rough = False
        must |= lacking
        spare = np.count_nonzero(must) // _SPARE
        must[_nearest(market, found.pairs, high, able & ~must)[:spare]] = True


def _nearest(market: Market, pairs: Index, high: Mask, among: Mask) -> NDArray[np.intp]:
    """Teams by how little their high pair is worth more than what its company asks for, the least first.

    A full company asks for the score of the least of its pairs.
    """
    worst = np.full(len(market.companies), np.inf)
    np.minimum.at(worst, market.company[pairs], market.score[pairs])
    full = np.bincount(market.company[pairs], minlength=len(worst)) >= market.companies.most
    own = pairs[high[pairs]]
    company = market.company[own]
    margin = np.full(len(market.teams), -np.inf)
    np.maximum.at(margin, market.team[own], market.score[own] - np.where(full, worst, -np.inf)[company])
    candidates = np.flatnonzero(among)
    return candidates[np.argsort(margin[candidates], kind="stable")]


def _lower(market: Market, solver: Solver, failed: Levels) -> Levels:
    """The largest threshold below `failed` at which as many teams are covered, by bisection."""
    assert failed.theta is not None
    scores = np.unique(market.score[~market.closed])
    fails = int(np.searchsorted(scores, failed.theta))
    holds, best = 0, None
    while best is None or fails - holds > 1:
        middle = (fails + holds) // 2
        theta = float(scores[middle])
        found = Levels(_above(market, solver, failed.teams, theta), failed.teams, theta)
        if _holds(market, found):
            holds, best = middle, found
        else:
            fails = middle
    return best


def _holds(market: Market, levels: Levels) -> bool:
    matching = levels.matching
    if not matching.proven:
        raise OutOfTime
    if matching.pairs is None:
        return False
    assert levels.theta is not None
    return _covered(market, matching.pairs, levels.theta) == levels.teams


def _covered(market: Market, pairs: Index, theta: float) -> int:
    return len(np.unique(market.team[pairs[market.score[pairs] >= theta]]))
