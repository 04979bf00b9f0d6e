"""Rows to contracts: what is frozen at the press of a button, and the match that follows once fit is known.

The fit engine answers first; until then the match has no scores. What it will need besides is frozen as a *draft*:
`{"match": the contract without pairs, "weights", "ranks": {"team": {team: {company: rank}}, "company": …},
"needs": {need: [company, trl_min, trl_max]}, "trl": {team: level}, "standing": [[team, company] …]}`, ids as text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from campapp.companies.models import Need
from campapp.matching.camp import Camp, Pair
from campapp.matching.weights import Weights, liking, score, trl_share
from campapp.pool.models import Project
from campapp.pool.sectors import sector_key

Draft = dict[str, Any]


def fit_document(camp: Camp) -> dict[str, Any]:
    """The `campapp.fit/1` input: each accepted team's project, each need brought to the camp."""
    projects = [
        _project(application_id, camp.projects[application_id]) for application_id in camp.applications
    ]
    needs = [_need(need) for rows in camp.needs.values() for need in rows]
    return {"format": "campapp.fit/1", "projects": projects, "needs": needs, "top": max(1, len(projects))}


def _project(application_id: int, project: Project) -> dict[str, Any]:
    words = (project.title, project.title_other, project.summary, project.summary_other)
    found: dict[str, Any] = {"id": str(application_id), "text": "\n".join(filter(None, words))}
    tags = [*([sector_key(project.sector)] if project.sector else []), *project.tags]
    if tags:
        found["tags"] = sorted(set(tags))
    if project.trl is not None:
        found["trl"] = project.trl
    return found


def _need(need: Need) -> dict[str, Any]:
    words = (need.title, need.title_other, need.problem, need.problem_other, need.targets)
    found: dict[str, Any] = {"id": str(need.id), "text": "\n".join(filter(None, words))}
    if need.sector:
        found["tags"] = [sector_key(need.sector)]
    for name in ("trl_min", "trl_max"):
        if getattr(need, name) is not None:
            found[name] = getattr(need, name)
    return found


def draft(camp: Camp, weights: Weights, objective: str) -> Draft:
    """What the match needs besides fit, as it stands now."""
    pinned = {pair for pair, kind in camp.rules.items() if kind == "pinned"}
    return {
        "match": _contract(camp, objective, pinned),
        "weights": weights.as_dict(),
        "ranks": {"team": _keyed(camp.team_ranks), "company": _keyed(camp.company_ranks)},
        "needs": {
            str(need.id): [str(owner), need.trl_min, need.trl_max]
            for owner, rows in camp.needs.items()
            for need in rows
        },
        "trl": {str(one): project.trl for one, project in camp.projects.items()},
        "standing": [[str(a), str(p)] for a, p in sorted(pinned | set(camp.standing))],
    }


def _keyed(ranks: dict[int, dict[int, int]]) -> dict[str, dict[str, int]]:
    return {str(one): {str(other): rank for other, rank in ranked.items()} for one, ranked in ranks.items()}


def _contract(camp: Camp, objective: str, wanted: set[Pair]) -> dict[str, Any]:
    """The `campapp.match/1` input without its pairs. What stands already is pinned; a forbidden pair is forbidden."""
    standing = {pair for pair in camp.standing if camp.standing[pair].state != "proposed"}
    pinned = {pair for pair in wanted | standing if camp.has(pair)}
    forbidden = ({pair for pair, kind in camp.rules.items() if kind == "forbidden"} | camp.refused) - pinned
    return {
        "format": "campapp.match/1",
        "objective": objective,
        "teams": [_team(camp, one) for one in camp.applications],
        "companies": [_company(camp, one) for one in camp.participations],
        "pairs": [],
        "pinned": [{"team": str(a), "company": str(p)} for a, p in sorted(pinned)],
        "forbidden": [{"team": str(a), "company": str(p)} for a, p in sorted(forbidden) if camp.has((a, p))],
    }


def _team(camp: Camp, application_id: int) -> dict[str, Any]:
    row, ranked = camp.applications[application_id], camp.team_ranks[application_id]
    taken = sum(
        1 for pair in camp.standing if pair[0] == application_id and camp.standing[pair].state != "proposed"
    )
    ranks = [str(p) for p in sorted(ranked, key=lambda p: (ranked[p], p)) if p in camp.participations]
    return {
        "id": str(application_id), "min": 0, "max": max(row.max_meetings, taken), "ranks": ranks, "excludes": []
    }  # fmt: skip


def _company(camp: Camp, participation_id: int) -> dict[str, Any]:
    row, ranked = camp.participations[participation_id], camp.company_ranks[participation_id]
    taken = sum(
        1 for pair in camp.standing if pair[1] == participation_id and camp.standing[pair].state != "proposed"
    )
    ranks = [str(a) for a in sorted(ranked, key=lambda a: (ranked[a], a)) if a in camp.applications]
    return {
        "id": str(participation_id), "min": 0, "max": max(row.max_meetings, taken), "ranks": ranks, "excludes": []
    }  # fmt: skip


@dataclass(frozen=True)
class Best:
    """How well a team's project answers a company's best need."""

    fit: float
    need: str
    reasons: list[dict[str, Any]]


Key = tuple[str, str]
"""Team and company, as the contract names them."""


def complete(frozen: Draft, fits: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The match's input, and beside it what the page needs to word the reasons: per pair its parts and need."""
    best = best_fits(frozen, fits)
    parts = pair_parts(frozen, best)
    pairs = [{"team": a, "company": p, "score": parts[a, p]["total"]} for a, p in parts]
    beside = {}
    for key in parts:
        one = best.get(key)
        beside[":".join(key)] = {
            "parts": parts[key],
            "need": int(one.need) if one else None,
            "fit": [{"kind": "fit", "fit": one.fit}, *one.reasons] if one else [],
        }
    return {**frozen["match"], "pairs": pairs}, {"pairs": beside}


def best_fits(frozen: Draft, answer: dict[str, Any]) -> dict[Key, Best]:
    """(team, company) → the best of the company's needs, from the fit engine's answer."""
    found: dict[Key, Best] = {}
    for pair in answer["pairs"]:
        key = (pair["project"], frozen["needs"][pair["need"]][0])
        if key not in found or pair["fit"] > found[key].fit:
            found[key] = Best(pair["fit"], pair["need"], pair["reasons"])
    return found


def pair_parts(frozen: Draft, fits: dict[Key, Best]) -> dict[Key, dict[str, float]]:
    """The parts of each pair's score: pairs ranked by either side, with fit above 0, pinned, or standing."""
    ranks, weights = frozen["ranks"], Weights.of(frozen["weights"])
    pairs = {(a, p) for a, ranked in ranks["team"].items() for p in ranked}
    pairs |= {(a, p) for p, ranked in ranks["company"].items() for a in ranked}
    pairs |= set(fits) | {(a, p) for a, p in frozen["standing"]}
    teams = {one["id"] for one in frozen["match"]["teams"]}
    companies = {one["id"] for one in frozen["match"]["companies"]}
    found = {}
    for a, p in sorted(pairs, key=lambda pair: (int(pair[0]), int(pair[1]))):
        if a not in teams or p not in companies:
            continue
        best = fits.get((a, p))
        wishes, wanted = ranks["team"].get(a, {}), ranks["company"].get(p, {})
        found[a, p] = score(
            weights,
            fit=best.fit if best else 0.0,
            team=liking(wishes.get(p), max(wishes.values(), default=1)),
            company=liking(wanted.get(a), max(wanted.values(), default=1)),
            trl=trl_share(frozen["trl"][a], *frozen["needs"][best.need][1:]) if best else 0.0,
        )
    return found
