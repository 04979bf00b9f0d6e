"""What a match file says, as in `campapp.match/1`, and what its types cannot say."""

from typing import Annotated, Literal

import msgspec

from campapp.engines.frame.errors import BadInput

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


def check_parties(instance: Instance) -> None:
    """Raise BadInput where numbers contradict each other or do not belong to the objective."""
    for word, parties in (("teams", instance.teams), ("companies", instance.companies)):
        for number, party in enumerate(parties):
            fault = _fault(party, instance.objective)
            if fault is not None:
                raise BadInput(f"$.{word}[{number}].{fault[0]}", fault[1])


def _fault(party: Party, objective: str) -> tuple[str, str] | None:
    """The key whose number is wrong, and why."""
    if party.min > party.max:
        return "min", f"{party.min} is above max, which is {party.max}"
    if isinstance(party.target, int):
        if party.target > party.max:
            return "target", f"{party.target} is above max, which is {party.max}"
        if objective != "total":
            return "target", f"the objective {objective} has no targets"
    if party.min > 0 and objective == "stable":
        return "min", "every min is 0 where the objective is stable"
    return None
