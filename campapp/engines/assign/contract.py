"""What an assign file says, as in `campapp.assign/1`, and what its types cannot say."""

from typing import Annotated, Literal

import msgspec

from campapp.engines.frame.errors import BadInput
from campapp.engines.frame.places import member

Natural = Annotated[int, msgspec.Meta(ge=0)]


class Application(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An application, how many reviews it gets, and how many of them at least by judges of a category."""

    id: str
    reviews: Natural
    composition: dict[str, object] | msgspec.UnsetType = msgspec.UNSET


class Judge(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """A judge and the load: from `min` to `max` reviews."""

    id: str
    min: Natural
    max: Natural
    category: str | msgspec.UnsetType = msgspec.UNSET


class Affinity(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """How well a judge knows the matter of an application; 0 where nothing is listed."""

    application: str
    judge: str
    score: float


class Couple(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """An application and a judge that are pinned or have a conflict of interest."""

    application: str
    judge: str


class Instance(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file."""

    format: Literal["campapp.assign/1"]
    objective: Literal["total", "fair"]
    applications: list[Application]
    judges: list[Judge]
    affinity: list[Affinity]
    conflicts: list[Couple]
    pinned: list[Couple]


def check_numbers(instance: Instance) -> None:
    """Raise BadInput where numbers contradict each other."""
    for number, judge in enumerate(instance.judges):
        if judge.min > judge.max:
            place = f"$.judges[{number}].min"
            raise BadInput(place, f"{judge.min} is above max, which is {judge.max}")
    for number, application in enumerate(instance.applications):
        place = f"$.applications[{number}].composition"
        asked = sum(shares(application, place).values())
        if asked > application.reviews:
            raise BadInput(place, f"asks for {asked} reviews, there are {application.reviews}")


def shares(application: Application, place: str) -> dict[str, int]:
    """The composition with its numbers checked; empty where none is asked for."""
    if not isinstance(application.composition, dict):
        return {}
    checked = {}
    for category, number in application.composition.items():
        if not isinstance(number, int) or isinstance(number, bool) or number < 0:
            raise BadInput(member(place, category), "expected a whole number from 0 on")
        checked[category] = number
    return checked
