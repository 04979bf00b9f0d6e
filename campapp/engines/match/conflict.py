"""Why a market has no matching: an irreducible conflict, by the ids of the file."""

import numpy as np

from campapp.engines.flow.conflict import Demands, irreducible
from campapp.engines.flow.network import Draft
from campapp.engines.frame.control import Control
from campapp.engines.match.market import Market

Entry = dict[str, object]


def pins_contradict(market: Market) -> bool:
    """Whether a pinned pair is closed, or somebody has more pins than matches allowed."""
    pinned = np.flatnonzero(market.pinned)
    teams = np.bincount(market.team[pinned], minlength=len(market.teams))
    companies = np.bincount(market.company[pinned], minlength=len(market.companies))
    return bool(
        (market.pinned & market.closed).any()
        or (teams > market.teams.most).any()
        or (companies > market.companies.most).any()
    )


def conflict(market: Market, control: Control) -> list[Entry]:
    """Minima, pins and closed pairs that cannot hold together, and can without any one of them."""
    at_odds = np.flatnonzero(market.pinned & market.closed)
    if len(at_odds):
        return _at_odds(market, int(at_odds[0]))
    demands, names = _demands(market)
    return [_entry(market, *names[number]) for number in irreducible(demands, control)]


def _at_odds(market: Market, pair: int) -> list[Entry]:
    """A pair pinned and closed at once; the pin alone where somebody may have no match at all."""
    entries = [_entry(market, "pinned", pair)]
    if market.teams.most[market.team[pair]] > 0 and market.companies.most[market.company[pair]] > 0:
        entries.append(_entry(market, "forbidden" if market.forbidden[pair] else "excluded", pair))
    return entries


def _demands(market: Market) -> tuple[Demands, list[tuple[str, int]]]:
    draft = Draft()
    source, sink = draft.add_nodes(2)
    team, company = draft.add_nodes(len(market.teams)), draft.add_nodes(len(market.companies))
    first = draft.add_arcs(np.repeat(source, len(team)), team, 0, market.teams.most)
    last = draft.add_arcs(company, np.repeat(sink, len(company)), 0, market.companies.most)
    pairs = draft.add_arcs(team[market.team], company[market.company], 0, 1)
    draft.add_arcs(sink, source, 0, len(market))
    network = draft.network()
    members = [
        ("team", np.flatnonzero(market.teams.least), first, market.teams.least),
        ("company", np.flatnonzero(market.companies.least), last, market.companies.least),
        ("pinned", np.flatnonzero(market.pinned), pairs, np.ones(len(market), np.int64)),
        ("forbidden", np.flatnonzero(market.forbidden), pairs, np.zeros(len(market), np.int64)),
        # a pair that is both is closed by either alone
        (
            "excluded",
            np.flatnonzero(market.excluded & ~market.forbidden),
            pairs,
            np.zeros(len(market), np.int64),
        ),
    ]
    demands = Demands(
        network.nodes,
        network.tail,
        network.head,
        network.upper,
        np.concatenate([arcs[which] for _, which, arcs, _ in members]),
        np.concatenate([amounts[which] for _, which, _, amounts in members]),
    )
    return demands, [(kind, int(number)) for kind, which, _, _ in members for number in which]


def _entry(market: Market, kind: str, number: int) -> Entry:
    if kind in ("team", "company"):
        side = market.teams if kind == "team" else market.companies
        name, least = side.ids[number], int(side.least[number])
        words = "match" if least == 1 else "matches"
        return {"kind": "min", kind: name, "text": f"{kind} {name} needs at least {least} {words}"}
    team = market.teams.ids[market.team[number]]
    company = market.companies.ids[market.company[number]]
    words = {
        "pinned": "is pinned",
        "forbidden": "is forbidden",
        "excluded": "is excluded by one of them",
    }[kind]
    return {"kind": kind, "team": team, "company": company, "text": f"{team} with {company} {words}"}
