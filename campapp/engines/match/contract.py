"""What a match file says, as in `campapp.match/1`, and what its types cannot say."""

from typing import Annotated, Literal

import msgspec

Natural = Annotated[int, msgspec.Meta(ge=0)]


class Party(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """A team or a company: how many matches it may have, whom it likes and whom it will not meet."""

    id: str
    min: Natural
    max: Natural
    ranks: list[str]
    excludes: list[str]
    target: Natural | msgspec.UnsetType = msgspec.UNSET


class Pair(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """A team and a company that may be matched."""

    team: str
    company: str
    score: float


class Couple(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """A team and a company that are pinned or forbidden."""

    team: str
    company: str


class Instance(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file."""

    format: Literal["campapp.match/1"]
    objective: Literal["total", "fair", "stable"]
    teams: list[Party]
    companies: list[Party]
    pairs: list[Pair]
    pinned: list[Couple]
    forbidden: list[Couple]
