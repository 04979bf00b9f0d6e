"""Sums over an application's or a judge's reviews, as sparse products."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from campapp.engines.rank.panel import Indices, Numbers, Panel


def indicator(rows: Indices, columns: Indices, shape: tuple[int, int]) -> Any:
    """A sparse matrix with 1 where a row meets a column."""
    return csr_array((np.ones(len(rows)), (rows, columns)), shape=shape)


@dataclass(frozen=True)
class Incidence:
    """Who reviewed what, and who belongs to which group."""

    by_application: Any  # applications × reviews: 1 where a review is of the application
    by_judge: Any
    reviews: Numbers  # judges × 1
    group_of_application: Indices
    group_of_judge: Indices
    in_group: Any  # groups × applications
    judging: Any  # groups × judges
    applications_in: Numbers  # groups × 1
    judges_in: Numbers


def incidence(panel: Panel, groups: tuple[int, Indices, Indices]) -> Incidence:
    """From a panel and its groups."""
    applications, judges = len(panel.applications), len(panel.judges)
    number, of_application, of_judge = groups
    reviews = np.arange(len(panel.score))
    return Incidence(
        by_application=indicator(panel.application, reviews, (applications, len(reviews))),
        by_judge=indicator(panel.judge, reviews, (judges, len(reviews))),
        reviews=panel.reviews_of_judges().astype(float)[:, None],
        group_of_application=of_application,
        group_of_judge=of_judge,
        in_group=indicator(of_application, np.arange(applications), (number, applications)),
        judging=indicator(of_judge, np.arange(judges), (number, judges)),
        applications_in=np.bincount(of_application, minlength=number).astype(float)[:, None],
        judges_in=np.bincount(of_judge, minlength=number).astype(float)[:, None],
    )
