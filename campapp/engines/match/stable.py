"""The stable matching that is best for the teams.

Deferred acceptance with teams proposing (Gale and Shapley, *College Admissions and the Stability of
Marriage*, 1962; with many partners on both sides, Roth, *Stability and Polarization of Interests in Job
Matching*, 1984): a team proposes down its list while it has room, a company keeps the best it has seen. The
outcome does not depend on who proposes when, so the crowd proposes at once, in rounds over arrays, and the
last few one by one. Liking is strict (equal liking is decided by id), so the best one for the teams is one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from heapq import heapify, heapreplace

import numpy as np

from campapp.engines.frame.control import Control
from campapp.engines.match.liking import Lists, company_half, preferences, team_half
from campapp.engines.match.market import Index, Ints, Market

_A_FEW = 20
"""Rounds pay while at least one in so many of those held is proposed."""

_SMALL = 40_000

_FEW_NUMBERS = 4_000

_BETWEEN_LOOKS = 1 << 14
"""So many proposals are made between two looks at the clock."""


def deferred_acceptance(market: Market, control: Control) -> tuple[Index, bool]:
    """The pairs matched, pinned ones included, and whether the work was finished in time.

    A pinned pair takes its place on both sides and is never dropped; the rest is matched around it.
    """
    pinned = np.flatnonzero(market.pinned).astype(np.int32)
    proposing = around(market, pinned)
    finished = len(proposing.team.pairs) <= _SMALL or proposing.in_rounds(control)
    finished = finished and proposing.one_by_one(control)
    return np.sort(np.concatenate([pinned, proposing.held])), finished


def around(market: Market, pinned: Index) -> "Proposing":
    """Both sides' lists of preference over the open pairs, with the room that these pins leave."""
    free = np.flatnonzero(~(market.closed | market.pinned)).astype(np.int32)
    best_first = cache(lambda: np.argsort(-market.score[free], kind="stable"))
    return Proposing(
        market,
        preferences(team_half(market), free, best_first),
        preferences(company_half(market), free, best_first),
        market.teams.most - np.bincount(market.team[pinned], minlength=len(market.teams)),
        market.companies.most - np.bincount(market.company[pinned], minlength=len(market.companies)),
    )


@dataclass(frozen=True)
class Letters:
    """Both sides' lists of preference, to be read one entry at a time.

    `partner` is whom a team proposes to, best first, those of team t before `end[t]`. `liking` is how that
    partner likes it: below zero, the larger the better, and by Python's counting from the end a place in `owner`,
    which says whose pair that is.
    """

    partner: Sequence[int]
    liking: Sequence[int]
    end: Sequence[int]
    owner: Sequence[int]


@dataclass
class Standing:
    """How far each team has proposed, and its room; whom each company holds, and its room.

    Whom a full company holds is a heap, the least liked on top.
    """

    next: list[int]
    free: list[int]
    held: list[list[int]]
    left: list[int]

    def holds(self) -> list[int]:
        """The liking of every pair that is held."""
        return [liked for heap in self.held for liked in heap]


def settle(letters: Letters, standing: Standing, control: Control) -> bool:
    """Let each team with room propose, then whom it displaced, until nobody is left; False when time is up."""
    partner, liking, end, owner = letters.partner, letters.liking, letters.end, letters.owner
    following, free, held, left = standing.next, standing.free, standing.held, standing.left
    waiting = [team for team, room in enumerate(free) if room > 0]
    while waiting:
        for _ in range(_BETWEEN_LOOKS):
            team = waiting.pop()
            room, at, stop = free[team], following[team], end[team]
            while room and at < stop:
                company, liked = partner[at], liking[at]
                at += 1
                heap = held[company]
                if left[company]:
                    left[company] -= 1
                    room -= 1
                    heap.append(liked)
                    if not left[company]:
                        heapify(heap)
                elif heap and liked > heap[0]:
                    room -= 1
                    dropped = owner[heapreplace(heap, liked)]
                    free[dropped] += 1
                    waiting.append(dropped)
            free[team], following[team] = room, at
            if not waiting:
                return True
        control.check()
        if control.out_of_time():
            return False
    return True


class Proposing:
    """Who has proposed how far, and whom the companies hold."""

    def __init__(self, market: Market, team: Lists, company: Lists, rooms: Ints, places: Ints) -> None:
        self.market = market
        self.team, self.company = team, company
        self.rooms, self.places = rooms, places
        self.next = team.start[:-1].copy()
        self.held: Index = np.zeros(0, np.int32)
        self.free = rooms.copy()
        self.worst = np.where(places > 0, np.iinfo(np.int32).max, -1)

    def in_rounds(self, control: Control) -> bool:
        """Propose by the crowd until only a few are left; False when time is up."""
        end = self.team.start[1:]
        while True:
            control.check()
            asking = np.flatnonzero((self.free > 0) & (self.next < end))
            if len(asking) * _A_FEW <= len(self.held):
                return True
            number = np.minimum(self.free[asking], (end - self.next)[asking])
            offsets = np.arange(number.sum()) - np.repeat(np.cumsum(number) - number, number)
            asked = self.team.pairs[np.repeat(self.next[asking], number) + offsets]
            self.next[asking] += number
            position = self.company.position[asked]
            self._weigh(asked[position < self.worst[self.market.company[asked]]])
            if control.out_of_time():
                return False

    def _weigh(self, asked: Index) -> None:
        """Let each company keep the best of whom it holds and who asked."""
        pairs = np.concatenate([self.held, asked])
        company = self.market.company[pairs].astype(np.int64)
        order = np.argsort(company << 32 | self.company.position[pairs])
        pairs, company = pairs[order], company[order]
        count = np.bincount(company, minlength=len(self.places))
        place = np.arange(len(pairs)) - (np.cumsum(count) - count)[company]
        kept = place < self.places[company]
        last = place == self.places[company] - 1
        self.worst[company[last]] = self.company.position[pairs[last]]
        self.held = pairs[kept]
        self.free = self.rooms - np.bincount(self.market.team[self.held], minlength=len(self.rooms))

    def one_by_one(self, control: Control) -> bool:
        """Let those left propose, each after whom it displaced; False when time is up."""
        letters, standing = self.letters(), self.standing()
        finished = settle(letters, standing, control)
        self.held = self.company.pairs[::-1][np.array(standing.holds(), np.intp)]
        return finished

    def letters(self) -> Letters:
        proposed, listed = self.team.pairs, self.company.pairs[::-1]
        return Letters(
            _row(self.market.company[proposed]),
            _row(self._liking(proposed)),
            self.team.start[1:].tolist(),
            _row(self.market.team[listed]),
        )

    def standing(self) -> Standing:
        held: list[list[int]] = [[] for _ in range(len(self.places))]
        company = self.market.company[self.held].tolist()
        for number, liked in zip(company, self._liking(self.held).tolist(), strict=True):
            held[number].append(liked)
        for heap in held:
            heapify(heap)
        left = [place - len(heap) for place, heap in zip(self.places.tolist(), held, strict=True)]
        return Standing(self.next.tolist(), self.free.tolist(), held, left)

    def _liking(self, pairs: Index) -> Ints:
        """Minus where each pair stands in the companies' lists, one after the other, counted from 1."""
        liked: Ints = ~(self.company.start[self.market.company[pairs]] + self.company.position[pairs])
        return liked


def _row(numbers: Index | Ints) -> Sequence[int]:
    """Numbers to be read one by one: as a list where many will be, in place where few of many will."""
    return numbers.tolist() if len(numbers) <= _FEW_NUMBERS else numbers.data
