"""Why a pair was matched: what both sides asked for, the score, the pin."""

from campapp.engines.match.market import UNRANKED, Market

Reason = dict[str, object]


def reasons(market: Market, pair: int) -> list[Reason]:
    """The reasons of a matched pair, the strongest first; ranks count from 1."""
    found: list[Reason] = []
    if market.pinned[pair]:
        found.append({"kind": "pin"})
    for side, rank in (("team", market.team_rank[pair]), ("company", market.company_rank[pair])):
        if rank != UNRANKED:
            found.append({"kind": "rank", "by": side, "rank": int(rank) + 1})
    found.append({"kind": "score", "score": float(market.score[pair])})
    return found
