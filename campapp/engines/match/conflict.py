"""Why a market has no matching: an irreducible conflict, by the ids of the file."""

import numpy as np

from campapp.engines.flow.conflict import irreducible
from campapp.engines.flow.network import Draft, Network
from campapp.engines.frame.control import Control
from campapp.engines.match.market import Index, Ints, Market

Entry = dict[str, object]


def conflict(market: Market, control: Control) -> list[Entry]:
    """Minima, pins and closed pairs that cannot hold together, and can without any one of them."""
    at_odds = np.flatnonzero(market.pinned & market.closed)
    if len(at_odds):
        return _at_odds(market, int(at_odds[0]))
    network, members = _members(market)
    arc, amount = (np.concatenate(column) for column in zip(*(rows for _, _, *rows in members), strict=True))
    names = [(kind, int(number)) for kind, which, _, _ in members for number in which]
    return [_entry(market, *names[number]) for number in irreducible(network, arc, amount, control)]


def _at_odds(market: Market, pair: int) -> list[Entry]:
    """A pair pinned and closed at once; the pin alone where somebody may have no match at all."""
    entries = [_entry(market, "pinned", pair)]
    if market.teams.most[market.team[pair]] > 0 and market.companies.most[market.company[pair]] > 0:
        entries.append(_entry(market, "forbidden" if market.forbidden[pair] else "excluded", pair))
    return entries


def _members(market: Market) -> tuple[Network, list[tuple[str, Index, Ints, Ints]]]:
    """The network without demands, and the demands: kind, whose, on which arcs, how much."""
    draft = Draft()
    source, sink = draft.add_nodes(2)
    team, company = draft.add_nodes(len(market.teams)), draft.add_nodes(len(market.companies))
    first = draft.add_arcs(np.repeat(source, len(team)), team, 0, market.teams.most)
    last = draft.add_arcs(company, np.repeat(sink, len(company)), 0, market.companies.most)
    pairs = draft.add_arcs(team[market.team], company[market.company], 0, 1)
    draft.add_arcs(sink, source, 0, len(market))
    some, none = np.ones(len(market), np.int64), np.zeros(len(market), np.int64)
    rows = [
        ("team", market.teams.least > 0, first, market.teams.least),
        ("company", market.companies.least > 0, last, market.companies.least),
        ("pinned", market.pinned, pairs, some),
        ("forbidden", market.forbidden, pairs, none),
        # a pair that is both is closed by either alone
        ("excluded", market.excluded & ~market.forbidden, pairs, none),
    ]
    members = [
        (kind, np.flatnonzero(which).astype(np.int32), arcs[which], amount[which])
        for kind, which, arcs, amount in rows
    ]
    return draft.network(), members


def _entry(market: Market, kind: str, number: int) -> Entry:
    if kind in ("team", "company"):
        side = market.teams if kind == "team" else market.companies
        name, least = side.ids[number], side.asked[number]
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
