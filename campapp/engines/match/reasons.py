"""Why a pair was matched: what both sides asked for, the score, the pin."""

from collections.abc import Iterator

from campapp.engines.match.market import UNRANKED, Index, Market

Reason = dict[str, object]

_PIN: Reason = {"kind": "pin"}


def reasons(market: Market, pairs: Index) -> Iterator[list[Reason]]:
    """The reasons of each matched pair, the strongest first; ranks count from 1."""
    columns = (market.pinned, market.team_rank, market.company_rank, market.score)
    for pinned, team, company, score in zip(*(column[pairs].tolist() for column in columns), strict=True):
        found = [_PIN] if pinned else []
        if team != UNRANKED:
            found.append({"kind": "rank", "by": "team", "rank": team + 1})
        if company != UNRANKED:
            found.append({"kind": "rank", "by": "company", "rank": company + 1})
        found.append({"kind": "score", "score": score})
        yield found
