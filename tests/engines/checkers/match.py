"""Holds an answer of the match engine against formats.md; shares no code with the engine."""

from collections import Counter
from fractions import Fraction
from typing import Any

Json = dict[str, Any]
Couple = tuple[str, str]

SHARE = Fraction(1, 10**9)


def check(given: Json, answer: Json) -> None:
    """Fail on anything that the contract does not allow."""
    assert answer["format"] == given["format"]
    assert answer["status"] in ("optimal", "feasible", "infeasible")
    if answer["status"] == "infeasible":
        assert (answer["pairs"], answer["objective"]) == ([], None)
        assert answer["conflict"]
        return
    scores = {(p["team"], p["company"]): p["score"] for p in given["pairs"]}
    matched = [(p["team"], p["company"]) for p in answer["pairs"]]
    assert len(set(matched)) == len(matched)
    assert keeps(given, set(matched), demands(given))
    assert [p["score"] for p in answer["pairs"]] == [scores[couple] for couple in matched]
    total = sum((Fraction(scores[couple]) for couple in matched), Fraction(0))
    assert abs(Fraction(answer["objective"]) - total) <= tolerance(given, len(matched))
    assert answer["bound"] >= answer["objective"]
    assert answer["status"] != "optimal" or answer["bound"] == answer["objective"]
    if given["objective"] == "fair":
        assert answer["theta"] == worst_best(given, set(matched))
    assert answer["shortfall"] == shortfall(given, set(matched))
    assert answer["unmatched_teams"] == [t["id"] for t in given["teams"] if t["id"] not in dict(matched)]
    blocking = [(p["team"], p["company"]) for p in given["pairs"] if blocks(given, set(matched), p)]
    shown = [(p["team"], p["company"]) for p in answer["blocking_pairs"]["pairs"]]
    assert answer["blocking_pairs"]["count"] == len(blocking)
    assert shown == blocking[:1000]
    if given["objective"] == "stable" and answer["status"] == "optimal":
        assert not blocking
    for pair in answer["pairs"]:
        check_reasons(given, pair)


def check_reasons(given: Json, pair: Json) -> None:
    team = next(t for t in given["teams"] if t["id"] == pair["team"])
    company = next(c for c in given["companies"] if c["id"] == pair["company"])
    expected = []
    if {"team": pair["team"], "company": pair["company"]} in given["pinned"]:
        expected.append({"kind": "pin"})
    for side, ranks, partner in (
        ("team", team["ranks"], pair["company"]),
        ("company", company["ranks"], pair["team"]),
    ):
        if partner in ranks:
            expected.append({"kind": "rank", "by": side, "rank": ranks.index(partner) + 1})
    assert pair["reasons"] == [*expected, {"kind": "score", "score": pair["score"]}]


def tolerance(given: Json, matches: int) -> Fraction:
    largest = max((abs(Fraction(p["score"])) for p in given["pairs"]), default=Fraction(0))
    return SHARE * largest * (1 + matches)


Member = tuple[str, ...]


def demands(given: Json) -> set[Member]:
    """All that a conflict may name."""
    found: set[Member] = set()
    for side, partner in (("team", "company"), ("company", "team")):
        for party in given["teams" if side == "team" else "companies"]:
            if party["min"] > 0:
                found.add(("min", side, party["id"]))
            for other in party["excludes"]:
                couple = (party["id"], other) if partner == "company" else (other, party["id"])
                found.add(("excluded", *couple))
    for kind in ("pinned", "forbidden"):
        found |= {(kind, p["team"], p["company"]) for p in given[kind]}
    listed = {(p["team"], p["company"]) for p in given["pairs"]}
    return {m for m in found if m[0] == "min" or m[1:] in listed}


def named(entry: Json) -> Member:
    """An entry of a conflict as a member of `demands`."""
    assert entry["text"]
    if entry["kind"] != "min":
        assert set(entry) == {"kind", "team", "company", "text"}
        return (entry["kind"], entry["team"], entry["company"])
    side = "team" if "team" in entry else "company"
    assert set(entry) == {"kind", side, "text"}
    return ("min", side, entry[side])


def keeps(given: Json, matched: set[Couple], held: set[Member]) -> bool:
    """Whether a set of listed pairs keeps the maxima and these demands."""
    listed = {(p["team"], p["company"]) for p in given["pairs"]}
    if not matched <= listed:
        return False
    teams, companies = Counter(t for t, _ in matched), Counter(c for _, c in matched)
    for side, got in (("team", teams), ("company", companies)):
        for party in given["teams" if side == "team" else "companies"]:
            least = party["min"] if ("min", side, party["id"]) in held else 0
            if not least <= got[party["id"]] <= party["max"]:
                return False
    closed = {m[1:] for m in held if m[0] in ("forbidden", "excluded")}
    pinned = {m[1:] for m in held if m[0] == "pinned"}
    return not matched & closed and pinned <= matched


def worst_best(given: Json, matched: set[Couple]) -> float | None:
    scores = {(p["team"], p["company"]): p["score"] for p in given["pairs"]}
    best: dict[str, float] = {}
    for team, company in matched:
        best[team] = max(best.get(team, float("-inf")), scores[team, company])
    return min(best.values(), default=None)


def shortfall(given: Json, matched: set[Couple]) -> list[Json]:
    missed = []
    for side, place in (("team", 0), ("company", 1)):
        got = Counter(couple[place] for couple in matched)
        missed += [
            {side: party["id"], "target": party["target"], "got": got[party["id"]]}
            for party in given["teams" if side == "team" else "companies"]
            if party.get("target", 0) > got[party["id"]]
        ]
    return missed


def liking(given: Json, side: str, own: str, partner: str) -> tuple[int, int, float, str]:
    """A key that sorts the partners of one party, the best first."""
    party = next(p for p in given["teams" if side == "team" else "companies"] if p["id"] == own)
    couple = (own, partner) if side == "team" else (partner, own)
    if partner in party["ranks"]:
        return (0, party["ranks"].index(partner), 0.0, "")
    score = next(p["score"] for p in given["pairs"] if (p["team"], p["company"]) == couple)
    return (1, 0, -score, partner)


def blocks(given: Json, matched: set[Couple], pair: Json) -> bool:
    couple = (pair["team"], pair["company"])
    closed = {m[1:] for m in demands(given) if m[0] in ("forbidden", "excluded")}
    if couple in matched or couple in closed:
        return False
    return would(given, matched, "team", *couple) and would(given, matched, "company", *reversed(couple))


def would(given: Json, matched: set[Couple], side: str, own: str, partner: str) -> bool:
    """Whether one side has room for a partner, or holds a match, not pinned, that it likes less."""
    party = next(p for p in given["teams" if side == "team" else "companies"] if p["id"] == own)
    place = 0 if side == "team" else 1
    holds = [couple for couple in matched if couple[place] == own]
    if len(holds) < party["max"]:
        return True
    pinned = {(p["team"], p["company"]) for p in given["pinned"]}
    dear = liking(given, side, own, partner)
    return any(liking(given, side, own, couple[1 - place]) > dear for couple in holds if couple not in pinned)
