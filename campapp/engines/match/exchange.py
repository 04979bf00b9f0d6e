"""A market as a flow: units go from a source over teams, pairs and companies to a sink and back."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from campapp.engines.flow.network import Draft, Ints, Network, Nodes
from campapp.engines.flow.pricing import SHARED, Owned
from campapp.engines.match.market import NO_TARGET, Index, Market, Mask, Side


@dataclass(frozen=True)
class Exchange:
    """The network; `arcs` are those of `pairs`, in their order, `credited` those that earn a credit."""

    network: Network
    owned: Owned
    pairs: Index
    arcs: Ints
    credited: Ints


def drawn(
    market: Market, cost: Ints, credit: int, high: Mask | None = None, must: Mask | None = None
) -> Exchange:
    """The network of a market at these costs of pairs.

    Every unit that lowers the sum missing to the targets costs `credit` less; with `high` given, so does the
    first unit of each team on a pair that is high; with `must`, these teams have to get such a pair instead,
    and no other team cares. See `weight` for how large a credit puts it first.
    """
    pairs = np.flatnonzero(~market.closed).astype(np.int32)
    teams = np.arange(len(market.teams))
    draft = Draft()
    source, sink = draft.add_nodes(2)
    team, company = draft.add_nodes(len(teams)), draft.add_nodes(len(market.companies))
    credited = [_ends(draft, np.repeat(source, len(team)), team, market.teams, credit)]
    owner: list[NDArray[np.integer[Any]]] = [teams, np.flatnonzero(market.teams.target != NO_TARGET)]
    tail = team[market.team[pairs]]
    if high is not None:
        # a node of its own for a team's high pairs: only where it matters, for each makes the flow slower
        split = teams if must is None else np.flatnonzero(must)
        above = np.full(len(teams), source)
        above[split] = draft.add_nodes(len(split))
        lower, gain = (0, -credit) if must is None else (1, 0)
        credited.append(draft.add_arcs(team[split], above[split], lower, 1, gain))
        draft.add_arcs(team[split], above[split], 0, market.teams.most[split])
        owner += [split, split]
        of_split = high[pairs] & (above[market.team[pairs]] != source)
        tail = np.where(of_split, above[market.team[pairs]], tail)
    arcs = draft.add_arcs(tail, company[market.company[pairs]], market.pinned[pairs], 1, cost[pairs])
    owner.append(market.team[pairs])
    owned = draft.arcs
    credited.append(_ends(draft, company, np.repeat(sink, len(company)), market.companies, credit))
    draft.add_arcs(sink, source, 0, len(pairs))
    owner.append(np.full(draft.arcs - owned, SHARED))
    optional = np.zeros(draft.arcs, np.bool_)
    optional[arcs] = True
    whose = Owned(np.concatenate(owner).astype(np.int32), optional)
    return Exchange(draft.network(), whose, pairs, arcs, np.concatenate(credited))


def weight(market: Market) -> int:
    """How many times the largest cost a credit must be to come before any sum of costs.

    What separates a circulation from a better one is a sum of simple cycles; each passes every party once, so
    it changes at most two pairs for each party of the smaller side, and the count of credits by whole units.
    """
    return 2 * min(len(market.teams), len(market.companies)) + 2


def _ends(draft: Draft, tail: Nodes, head: Nodes, side: Side, credit: int) -> Ints:
    """The arcs at one end: for each party what goes beyond its target, then, with credit, up to it."""
    target = np.clip(side.target, 0, side.most)
    has = side.target != NO_TARGET
    below = np.minimum(side.least, target)
    draft.add_arcs(tail, head, side.least - below, side.most - target)
    return draft.add_arcs(tail[has], head[has], below[has], target[has], -credit)
