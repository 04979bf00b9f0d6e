"""Rounds with a known truth, made as the simulation that judging is measured by says."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from campapp.engines.rank.contract import Review

APPLICATIONS, JUDGES, QUOTA = 200, 40, 20
SCALE = (0.0, 100.0)


@dataclass
class Round:
    """score = round(75 + 8·(spread·(quality + 0.7·noise) + severity)), cut to 0…100."""

    seed: int
    severity: float = 1.0
    unevenness: float = 0.3
    applications: int = APPLICATIONS
    judges: int = JUDGES
    reviews: list[Review] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.random = np.random.default_rng(self.seed)
        self.quality = self.random.standard_normal(self.applications)
        self.level = self.severity * self.random.standard_normal(self.judges)
        self.spread = np.exp(self.unevenness * self.random.standard_normal(self.judges))
        self.deck: list[int] = []
        self.seen: list[set[int]] = [set() for _ in range(self.applications)]

    def review_all(self, times: int) -> None:
        """So many reviews of every application, in random order, by judges whose loads stay even."""
        for _ in range(times):
            for application in self.random.permutation(self.applications):
                self.review(int(application))

    def review(self, application: int) -> None:
        """One more review, by the next judge of the deck who has not seen it."""
        judge = self._next_judge(application)
        self.seen[application].add(judge)
        felt = self.quality[application] + 0.7 * self.random.standard_normal()
        score = np.clip(np.round(75 + 8 * (self.spread[judge] * felt + self.level[judge])), *SCALE)
        self.reviews.append(Review(f"a{application:05}", f"j{judge:04}", float(score)))

    def _next_judge(self, application: int) -> int:
        """The deck holds each judge once, shuffled, and is dealt anew under its rest: loads stay even."""
        while True:
            for place in range(len(self.deck) - 1, -1, -1):
                if self.deck[place] not in self.seen[application]:
                    return self.deck.pop(place)
            self.deck = [*self.random.permutation(self.judges).tolist(), *self.deck]

    def truth(self) -> dict[str, float]:
        """Each application's score by a judge like the average of all judges."""
        return {f"a{number:05}": 75 + 8 * value for number, value in enumerate(self.quality)}

    def knowing_the_judges(self) -> dict[str, float]:
        """The best estimate of whoever knew every judge exactly."""
        seen: list[list[float]] = [[] for _ in range(self.applications)]
        for review in self.reviews:
            judge = int(review.judge[1:])
            felt = ((review.score - 75) / 8 - self.level[judge]) / self.spread[judge]
            seen[int(review.application[1:])].append(felt)
        return {f"a{number:05}": sum(own) / (len(own) + 0.49) for number, own in enumerate(seen)}


def found(estimate: dict[str, float], truth: dict[str, float], quota: int) -> float:
    """The share of the true best `quota` that the estimates' best are."""
    return len(best(estimate, quota) & best(truth, quota)) / quota


def best(value: dict[str, float], quota: int) -> set[str]:
    """The `quota` with the highest values; equal ones by id."""
    return set(sorted(value, key=lambda name: (-value[name], name))[:quota])


def ranks_agree(left: NDArray[np.float64], right: NDArray[np.float64]) -> float:
    """Spearman's correlation, ties at their mean rank."""
    return float(np.corrcoef(_ranks(left), _ranks(right))[0, 1])


def _ranks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    _, group, many = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(many)
    middle: NDArray[np.float64] = (last - (many - 1) / 2)[group]
    return middle
