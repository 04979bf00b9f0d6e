"""Holds an answer of the assign engine against formats.md; shares no code with the engine."""

from collections import Counter
from fractions import Fraction
from typing import Any

Json = dict[str, Any]
Couple = tuple[str, str]
Member = tuple[str, ...]

SHARE = Fraction(1, 10**9)


def check(given: Json, answer: Json) -> None:
    """Fail on anything that the contract does not allow."""
    assert answer["format"] == given["format"]
    assert answer["status"] in ("optimal", "feasible", "infeasible")
    if answer["status"] == "infeasible":
        assert (answer["assignments"], answer["objective"]) == ([], None)
        assert answer["conflict"]
        return
    scores = affinities(given)
    rows = [(row["application"], row["judge"]) for row in answer["assignments"]]
    assert len(set(rows)) == len(rows)
    assert keeps(given, set(rows), demands(given))
    assert [row["score"] for row in answer["assignments"]] == [scores.get(couple, 0.0) for couple in rows]
    total = sum((Fraction(scores.get(couple, 0.0)) for couple in rows), Fraction(0))
    assert abs(Fraction(answer["objective"]) - total) <= tolerance(given, len(rows))
    assert answer["bound"] >= answer["objective"]
    assert answer["status"] != "optimal" or answer["bound"] == answer["objective"]
    assert answer["theta"] == min((scores.get(couple, 0.0) for couple in rows), default=None)


def affinities(given: Json) -> dict[Couple, float]:
    return {(row["application"], row["judge"]): row["score"] for row in given["affinity"]}


def tolerance(given: Json, matches: int) -> Fraction:
    largest = max((abs(Fraction(row["score"])) for row in given["affinity"]), default=Fraction(0))
    return SHARE * largest * (1 + matches)


def demands(given: Json) -> set[Member]:
    """All that a conflict may name."""
    found: set[Member] = {("min", judge["id"]) for judge in given["judges"] if judge["min"] > 0}
    for application in given["applications"]:
        if application["reviews"] > 0:
            found.add(("reviews", application["id"]))
        for category, number in application.get("composition", {}).items():
            if number > 0:
                found.add(("composition", application["id"], category))
    for kind, key in (("pinned", "pinned"), ("conflict", "conflicts")):
        found |= {(kind, row["application"], row["judge"]) for row in given[key]}
    return found


def named(entry: Json) -> Member:
    """An entry of a conflict as a member of `demands`."""
    keys = {
        "min": ("judge",),
        "reviews": ("application",),
        "composition": ("application", "category"),
        "pinned": ("application", "judge"),
        "conflict": ("application", "judge"),
    }[entry["kind"]]
    assert entry["text"]
    assert set(entry) == {"kind", "text", *keys}
    return (entry["kind"], *(entry[key] for key in keys))


def keeps(given: Json, rows: set[Couple], held: set[Member]) -> bool:
    """Whether a set of reviews keeps the maxima (an application's reviews among them) and these demands."""
    category = {judge["id"]: judge.get("category") for judge in given["judges"]}
    loads = Counter(judge for _, judge in rows)
    for judge in given["judges"]:
        least = judge["min"] if ("min", judge["id"]) in held else 0
        if not least <= loads[judge["id"]] <= judge["max"]:
            return False
    for application in given["applications"]:
        name, reviews = application["id"], application["reviews"]
        mine = [judge for own, judge in rows if own == name]
        if len(mine) > reviews or (("reviews", name) in held and len(mine) < reviews):
            return False
        for wanted, number in application.get("composition", {}).items():
            by_them = sum(category[judge] == wanted for judge in mine)
            if ("composition", name, wanted) in held and by_them < number:
                return False
    closed = {member[1:] for member in held if member[0] == "conflict"}
    pinned = {member[1:] for member in held if member[0] == "pinned"}
    return not rows & closed and pinned <= rows
