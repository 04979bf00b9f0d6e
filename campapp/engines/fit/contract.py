"""What `campapp.fit/1` files look like, and what their types alone cannot say."""

from typing import Literal

from msgspec import UNSET, Struct, UnsetType

from campapp.engines.frame.checks import positions
from campapp.engines.frame.errors import BadInput

LOWEST_TRL, HIGHEST_TRL = 1, 9


class Project(Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    text: str
    tags: tuple[str, ...] = ()
    trl: int | UnsetType = UNSET


class Need(Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    text: str
    tags: tuple[str, ...] = ()
    trl_min: int | UnsetType = UNSET
    trl_max: int | UnsetType = UNSET


class FitInstance(Struct, frozen=True, forbid_unknown_fields=True):
    format: Literal["campapp.fit/1"]
    projects: tuple[Project, ...]
    needs: tuple[Need, ...]
    top: int


def check(instance: FitInstance) -> None:
    """Refuses what types let pass: an id twice, a TRL outside 1–9, a window upside down, a `top` below 1."""
    positions((project.id for project in instance.projects), "$.projects")
    positions((need.id for need in instance.needs), "$.needs")
    for i, project in enumerate(instance.projects):
        _check_trl(f"$.projects[{i}].trl", project.trl)
    for i, need in enumerate(instance.needs):
        _check_trl(f"$.needs[{i}].trl_min", need.trl_min)
        _check_trl(f"$.needs[{i}].trl_max", need.trl_max)
        if need.trl_min is not UNSET and need.trl_max is not UNSET and need.trl_min > need.trl_max:
            raise BadInput(f"$.needs[{i}].trl_min", f"{need.trl_min} is above trl_max {need.trl_max}")
    if instance.top < 1:
        raise BadInput("$.top", f"{instance.top} is below 1")


def _check_trl(place: str, trl: int | UnsetType) -> None:
    if trl is not UNSET and not LOWEST_TRL <= trl <= HIGHEST_TRL:
        raise BadInput(place, f"{trl} is no technology readiness level ({LOWEST_TRL}–{HIGHEST_TRL})")
