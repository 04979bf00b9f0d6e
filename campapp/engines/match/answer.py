"""OUT of a match: the pairs and what they leave open."""

import numpy as np

from campapp.engines.flow.sums import LARGEST, summed
from campapp.engines.frame.engine import Result
from campapp.engines.match.blocking import SHOWN, blocking
from campapp.engines.match.market import NO_TARGET, Index, Market
from campapp.engines.match.reasons import reasons


def solved(market: Market, pairs: Index, bound: float, theta: float | None, *, proven: bool) -> Result:
    """The answer of a matching; `bound` is an upper bound on its sum of scores, unless it is proven best."""
    objective = summed(market.score[pairs])
    return {
        "status": "optimal" if proven else "feasible",
        "pairs": _pairs(market, pairs),
        "objective": objective,
        "bound": objective if proven else max(objective, min(bound, LARGEST)),
        "theta": theta,
        "shortfall": _shortfall(market, pairs),
        "blocking_pairs": _blocking(market, pairs),
        "unmatched_teams": _unmatched(market, pairs),
    }


def infeasible(conflict: list[dict[str, object]]) -> Result:
    return {
        "status": "infeasible",
        "pairs": [],
        "objective": None,
        "bound": None,
        "theta": None,
        "shortfall": [],
        "blocking_pairs": {"count": 0, "pairs": []},
        "unmatched_teams": [],
        "conflict": conflict,
    }


def worst_best(market: Market, pairs: Index) -> float | None:
    """The smallest among the matched teams' best scores, None where nothing is matched."""
    best = np.full(len(market.teams), -np.inf)
    np.maximum.at(best, market.team[pairs], market.score[pairs])
    return float(best[market.team[pairs]].min()) if len(pairs) else None


def _pairs(market: Market, pairs: Index) -> list[dict[str, object]]:
    order = pairs[np.argsort(market.place[pairs])]
    teams, companies = market.teams.ids, market.companies.ids
    columns = (market.team, market.company, market.score)
    rows = zip(*(column[order].tolist() for column in columns), reasons(market, order), strict=True)
    return [
        {"team": teams[team], "company": companies[company], "score": score, "reasons": why}
        for team, company, score, why in rows
    ]


def _shortfall(market: Market, pairs: Index) -> list[dict[str, object]]:
    missed: list[dict[str, object]] = []
    for word, side, owner in (
        ("team", market.teams, market.team),
        ("company", market.companies, market.company),
    ):
        got = np.bincount(owner[pairs], minlength=len(side))
        missed += [
            {word: side.ids[number], "target": side.hoped[number], "got": int(got[number])}
            for number in side.order
            if side.target[number] != NO_TARGET and got[number] < side.target[number]
        ]
    return missed


def _blocking(market: Market, pairs: Index) -> Result:
    found = np.flatnonzero(blocking(market, pairs))
    shown = found[np.argsort(market.place[found])[:SHOWN]]
    couples = [
        {
            "team": market.teams.ids[market.team[pair]],
            "company": market.companies.ids[market.company[pair]],
        }
        for pair in shown
    ]
    return {"count": len(found), "pairs": couples}


def _unmatched(market: Market, pairs: Index) -> list[str]:
    matched = np.zeros(len(market.teams), np.bool_)
    matched[market.team[pairs]] = True
    return [market.teams.ids[number] for number in market.teams.order if not matched[number]]
