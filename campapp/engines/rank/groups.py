"""Applications whose judges never meet those of another cannot be compared through them."""

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from campapp.engines.rank.panel import Indices, Panel

WARNING = (
    "{} groups of applications were reviewed by judges who never met: nothing in the scores tells a strict "
    "group of judges from a weak group of applications, so compare within a group only"
)
ZSCORE_WARNING = "; z-scores make all groups look equally good, and the mean is the safer method here"


def groups_of(panel: Panel) -> tuple[int, Indices, Indices]:
    """How many groups there are, and the group of each application and of each judge."""
    applications, judges = len(panel.applications), len(panel.judges)
    nodes = applications + judges
    edges = (panel.application, panel.judge + applications)
    graph = coo_array((np.ones(len(panel.score)), edges), shape=(nodes, nodes))
    number, labels = connected_components(graph, directed=False)
    return int(number), labels[:applications].astype(np.intp), labels[applications:].astype(np.intp)


def listed(panel: Panel, number: int, group: Indices) -> list[list[str]]:
    """The groups as ids, each sorted, and by their first ids."""
    members: list[list[str]] = [[] for _ in range(number)]
    for name, label in zip(panel.applications, group.tolist(), strict=True):
        members[label].append(name)
    return sorted(sorted(names) for names in members)
