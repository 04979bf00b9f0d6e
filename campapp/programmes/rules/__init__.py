"""Who may do what with a programme, and what its staff, its companies and everyone see of it."""

from campapp.programmes.rules import announced  # noqa: F401  # registers who sees what is announced
from campapp.programmes.rules.sight import participations_of
from campapp.programmes.rules.staff import (
    LEVELS,
    helps,
    helps_camp,
    helps_with,
    level_in,
    manages,
    manages_camp,
    manages_row,
    may_create_programme,
    owns,
    reads,
    reads_camp,
    reads_row,
    takes_part,
)

__all__ = [
    "LEVELS",
    "helps",
    "helps_camp",
    "helps_with",
    "level_in",
    "manages",
    "manages_camp",
    "manages_row",
    "may_create_programme",
    "owns",
    "participations_of",
    "reads",
    "reads_camp",
    "reads_row",
    "takes_part",
]
