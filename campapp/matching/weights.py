"""The score of a pair: a weighted sum of fit, both ranks and TRL, its weights shown and editable."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

PLACES = 6


@dataclass(frozen=True)
class Weights:
    """How much each part counts. They need not add up to anything."""

    fit: float = 50.0
    team_rank: float = 25.0
    company_rank: float = 20.0
    trl: float = 5.0

    @classmethod
    def of(cls, values: dict[str, Any] | None) -> Weights:
        """From a programme's options or a form; what is missing keeps its default."""
        known = {name: float(values[name]) for name in asdict(cls()) if values and name in values}
        return cls(**known)

    def as_dict(self) -> dict[str, float]:
        """For the run's parameters."""
        return asdict(self)


def liking(rank: int | None, length: int) -> float:
    """A rank as a share: the first of a list is 1, the last just above 0, an unranked partner 0."""
    return 0.0 if rank is None else (length - rank + 1) / length


def trl_share(trl: int | None, least: int | None, most: int | None) -> float:
    """1 inside the wanted window (or where nothing is said), less by a quarter a level outside it."""
    if trl is None:
        return 1.0
    below = max(0, (least or 1) - trl)
    above = max(0, trl - (most or 9))
    return max(0.0, 1.0 - 0.25 * (below + above))


def score(weights: Weights, *, fit: float, team: float, company: float, trl: float) -> dict[str, float]:
    """The parts of a pair's score and their sum under `total`, rounded so that files repeat."""
    parts = {
        "fit": round(weights.fit * fit, PLACES),
        "team_rank": round(weights.team_rank * team, PLACES),
        "company_rank": round(weights.company_rank * company, PLACES),
        "trl": round(weights.trl * trl, PLACES),
    }
    return {**parts, "total": round(sum(parts.values()), PLACES)}
