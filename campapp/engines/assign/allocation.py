"""Reviews as a flow: units go from a source over applications, categories and judges to a sink and back."""

from dataclasses import dataclass

import numpy as np

from campapp.engines.assign.panel import Index, Ints, Mask, Panel
from campapp.engines.flow.network import Draft, Network
from campapp.engines.flow.pricing import SHARED, Owned


@dataclass(frozen=True)
class Allocation:
    """The network; the pairs stand last in it: `pairs` on the arcs from `first` on, in their order.

    `reviews` and `judges` are the arcs of what applications get and judges do, `asked` those of compositions.
    """

    network: Network
    owned: Owned
    pairs: Ints
    first: int
    reviews: Ints
    judges: Ints
    asked: Ints

    @property
    def arcs(self) -> Ints:
        return np.arange(self.first, len(self.network.cost))


def drawn(panel: Panel, pairs: Ints, cost: Ints | int = 0) -> Allocation:
    """The network of a panel over some pairs, with all its bounds.

    A category that an application's composition names is a node between the application and its judges.
    """
    applications, judges = np.arange(len(panel.applications)), np.arange(len(panel.judges))
    draft = Draft()
    source, sink = draft.add_nodes(2)
    application, judge = draft.add_nodes(len(applications)), draft.add_nodes(len(judges))
    category = draft.add_nodes(len(panel.asked))
    asking = np.array([number for number, _, _ in panel.asked], np.int32)
    least = np.array([number for _, _, number in panel.asked], np.int64)
    reviews = draft.add_arcs(np.repeat(source, len(application)), application, panel.reviews, panel.reviews)
    asked = draft.add_arcs(application[asking], category, least, np.maximum(least, panel.reviews[asking]))
    load = draft.add_arcs(judge, np.repeat(sink, len(judge)), panel.least, panel.most)
    draft.add_arcs(sink, source, 0, max(1, int(panel.reviews.sum())))
    first = draft.arcs
    tail = _tails(panel, application, category)[pairs]
    draft.add_arcs(tail, judge[panel.judge(pairs)], panel.pinned[pairs], 1, cost)
    shared = np.full(len(judges) + 1, SHARED)
    owner = np.concatenate([applications, asking, shared, panel.application(pairs)]).astype(np.int32)
    optional = np.arange(draft.arcs) >= first
    return Allocation(draft.network(), Owned(owner, optional), pairs, first, reviews, load, asked)


def open_pairs(panel: Panel) -> Ints:
    """The pairs without a conflict of interest, by number."""
    return np.flatnonzero(~panel.closed)


def pins_contradict(panel: Panel) -> Mask:
    """The pinned pairs that have a conflict of interest."""
    return panel.pinned & panel.closed


def _tails(panel: Panel, application: Index, category: Index) -> Index:
    """For every pair the node that its unit comes from."""
    tail = np.repeat(application, len(panel.judges)).reshape(len(panel.applications), len(panel.judges))
    for node, (number, asked, _) in zip(category, panel.asked, strict=True):
        tail[number, panel.category == asked] = node
    return tail.ravel()
