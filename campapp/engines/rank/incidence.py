"""Sums over an application's or a judge's reviews, as sparse products."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from campapp.engines.rank.panel import Indices, Numbers, Panel


def indicator(rows: Indices, columns: Indices, shape: tuple[int, int], weight: Numbers | None = None) -> Any:
    """A sparse matrix with `weight`, else 1, where a row meets a column."""
    values = np.ones(len(rows)) if weight is None else weight
    return csr_array((values, (rows, columns)), shape=shape)


@dataclass(frozen=True)
class Incidence:
    """Who reviewed what, with the scores (in units of the model) of those who are not at an end of the scale."""

    met: Any  # applications × judges: 1 where there is a review
    met_by: Any  # transposed
    scored: Any  # applications × judges: the score, 0 where it is at an end
    scored_by: Any
    reviews_of_applications: Numbers  # applications × 1
    reviews: Numbers  # judges × 1
    total: Numbers  # judges × 1: sum of the scores that are not at an end
    squares: Numbers
    group_of_application: Indices
    group_of_judge: Indices
    in_group: Any  # groups × applications
    judging: Any  # groups × judges
    applications_in: Numbers  # groups × 1
    judges_in: Numbers


def incidence(panel: Panel, inner: Numbers, groups: tuple[int, Indices, Indices]) -> Incidence:
    """From a panel, its standardised scores with 0 at the ends of the scale, and its groups."""
    applications, judges = len(panel.applications), len(panel.judges)
    number, of_application, of_judge = groups
    met = indicator(panel.application, panel.judge, (applications, judges))
    scored = indicator(panel.application, panel.judge, (applications, judges), inner)
    scored.eliminate_zeros()
    by_judge = panel.judge
    return Incidence(
        met=met,
        met_by=met.T.tocsr(),
        scored=scored,
        scored_by=scored.T.tocsr(),
        reviews_of_applications=panel.reviews_of_applications().astype(float)[:, None],
        reviews=np.bincount(by_judge, minlength=judges).astype(float)[:, None],
        total=np.bincount(by_judge, inner, judges).astype(float)[:, None],
        squares=np.bincount(by_judge, inner * inner, judges).astype(float)[:, None],
        group_of_application=of_application,
        group_of_judge=of_judge,
        in_group=indicator(of_application, np.arange(applications), (number, applications)),
        judging=indicator(of_judge, np.arange(judges), (number, judges)),
        applications_in=np.bincount(of_application, minlength=number).astype(float)[:, None],
        judges_in=np.bincount(of_judge, minlength=number).astype(float)[:, None],
    )
