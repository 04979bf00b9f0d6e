"""How many teams can have a match of score at least so much, where no side has a lower bound.

Each team needs one unit, a company gives as many as it has room: a maximum flow (bipartite matching). The
largest threshold at which the number holds is found by bisection over the scores (bottleneck assignment:
Gross, *The Bottleneck Assignment Problem*, 1959).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from campapp.engines.flow import native
from campapp.engines.flow.solver import OutOfTime
from campapp.engines.frame.control import Control
from campapp.engines.match.market import Index, Market


@dataclass(frozen=True)
class Covering:
    """Open pairs, best first, and the room that pinned pairs leave."""

    market: Market
    pairs: Index
    teams: int
    free_team: NDArray[np.bool_]
    free_company: NDArray[np.int64]

    def scores(self) -> NDArray[np.float64]:
        """The scores of `pairs`, falling."""
        return self.market.score[self.pairs]

    def covered(self, first: int) -> int:
        """How many teams can have one of the `first` best pairs."""
        market, pairs = self.market, self.pairs[:first]
        is_pinned = market.pinned[pairs]
        done = np.zeros(self.teams, np.bool_)
        done[market.team[pairs[is_pinned]]] = True
        team, company = market.team[pairs], market.company[pairs]
        usable = ~is_pinned & ~done[team] & self.free_team[team] & (self.free_company[company] > 0)
        return int(np.count_nonzero(done)) + self._most(team[usable], company[usable])

    def _most(self, team: Index, company: Index) -> int:
        if not len(team):
            return 0
        names, unit = np.unique(team, return_inverse=True)
        count, source = len(names), len(names) + len(self.free_company)
        tail = np.concatenate([np.full(count, source), unit, count + np.arange(len(self.free_company))])
        head = np.concatenate(
            [np.arange(count), count + company, np.full(len(self.free_company), source + 1)]
        )
        upper = np.concatenate([np.ones(count + len(team), np.int64), self.free_company])
        flow = native.maximum(tail.astype(np.int32), head.astype(np.int32), upper, source, source + 1)
        return int(flow[:count].sum())


def covering(market: Market) -> Covering:
    pairs = np.flatnonzero(~market.closed).astype(np.int32)
    pairs = pairs[np.argsort(-market.score[pairs], kind="stable")]
    pinned = np.flatnonzero(market.pinned)
    teams, companies = len(market.teams), len(market.companies)
    return Covering(
        market,
        pairs,
        teams,
        market.teams.most > np.bincount(market.team[pinned], minlength=teams),
        market.companies.most - np.bincount(market.company[pinned], minlength=companies),
    )


def most_teams(cover: Covering, control: Control) -> int:
    """How many teams can have a match at all."""
    limit = len(np.unique(cover.market.team[cover.pairs]))
    first = min(len(cover.pairs), 4 * limit)
    while True:
        control.check()
        number = cover.covered(first)
        if number == limit or first == len(cover.pairs):
            return number
        first = min(len(cover.pairs), 4 * first)


def threshold(cover: Covering, number: int, control: Control) -> float:
    """The largest score such that so many teams can have a match of at least it."""
    scores = cover.scores()
    # where each distinct score ends, so that pairs of equal score come in together
    ends = np.flatnonzero(np.r_[scores[1:] != scores[:-1], True]) + 1
    fails, holds = -1, _first_candidate(cover, number, ends)
    while not _covers(cover, number, int(ends[holds]), control):
        fails = holds
        wider = np.searchsorted(ends, 2 * ends[holds])
        holds = min(max(holds + 1, int(wider)), len(ends) - 1)
    while holds - fails > 1:
        middle = (holds + fails) // 2
        if _covers(cover, number, int(ends[middle]), control):
            holds = middle
        else:
            fails = middle
    return float(scores[ends[holds] - 1])


def _covers(cover: Covering, number: int, first: int, control: Control) -> bool:
    control.check()
    control.report(
        None, None, teams=number, threshold_tried=float(cover.market.score[cover.pairs[first - 1]])
    )
    if control.out_of_time():
        raise OutOfTime
    return cover.covered(first) >= number


def _first_candidate(cover: Covering, number: int, ends: NDArray[np.intp]) -> int:
    """The first of `ends` within which so many teams have a pair at all."""
    _, first = np.unique(cover.market.team[cover.pairs], return_index=True)
    needed = np.sort(first)[number - 1] + 1
    return int(np.searchsorted(ends, needed))
