"""Rows to contracts: what the fit and the match engine are given, and what a pair's parts are."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from campapp.applications.models import Application
from campapp.companies.models import Company, Need
from campapp.core.db import db
from campapp.matching.models import Match, PairRule, Preference
from campapp.matching.states import ALIVE
from campapp.matching.weights import Weights, liking, score, trl_share
from campapp.pool.models import Project
from campapp.pool.sectors import sector_key
from campapp.programmes.models import NeedInCamp, Participation, Programme

Pair = tuple[int, int]
"""(application id, participation id)."""


@dataclass
class Camp:
    """Everything of a camp that matching looks at, loaded in a constant number of statements."""

    applications: dict[int, Application] = field(default_factory=dict)
    projects: dict[int, Project] = field(default_factory=dict)
    """By application id."""
    participations: dict[int, Participation] = field(default_factory=dict)
    companies: dict[int, Company] = field(default_factory=dict)
    """By participation id."""
    needs: dict[int, list[Need]] = field(default_factory=lambda: defaultdict(list))
    """By participation id."""
    team_ranks: dict[int, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    company_ranks: dict[int, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    rules: dict[Pair, str] = field(default_factory=dict)
    standing: dict[Pair, Match] = field(default_factory=dict)
    refused: set[Pair] = field(default_factory=set)
    """Declined or cancelled once: not proposed again."""


def load(programme: Programme) -> Camp:
    """The accepted teams and confirmed companies of a camp, their words, ranks, rules and standing matches."""
    camp = Camp()
    for application, project in db.session.execute(
        select(Application, Project)
        .join(Project, Project.id == Application.project_id)
        .where(Application.programme_id == programme.id, Application.state == "accepted")
        .order_by(Application.id)
    ):
        camp.applications[application.id], camp.projects[application.id] = application, project
    for participation, company in db.session.execute(
        select(Participation, Company)
        .join(Company, Company.id == Participation.company_id)
        .where(Participation.programme_id == programme.id, Participation.state == "confirmed")
        .order_by(Participation.position, Participation.id)
    ):
        camp.participations[participation.id], camp.companies[participation.id] = participation, company
    _load_needs(camp, programme)
    _load_wishes(camp, programme)
    return camp


def _load_needs(camp: Camp, programme: Programme) -> None:
    rows = db.session.execute(
        select(NeedInCamp.participation_id, Need)
        .join(Need, Need.id == NeedInCamp.need_id)
        .join(Participation, Participation.id == NeedInCamp.participation_id)
        .where(Participation.programme_id == programme.id, Need.closed_at.is_(None))
        .order_by(Need.id)
    )
    for participation_id, need in rows:
        camp.needs[participation_id].append(need)


def _load_wishes(camp: Camp, programme: Programme) -> None:
    for row in db.session.scalars(
        select(Preference)
        .where(Preference.programme_id == programme.id)
        .order_by(Preference.rank, Preference.id)
    ):
        if row.side == "team":
            camp.team_ranks[row.application_id][row.participation_id] = row.rank
        else:
            camp.company_ranks[row.participation_id][row.application_id] = row.rank
    for rule in db.session.scalars(select(PairRule).where(PairRule.programme_id == programme.id)):
        camp.rules[rule.application_id, rule.participation_id] = rule.kind
    for match in db.session.scalars(
        select(Match).where(Match.programme_id == programme.id, Match.state != "replaced").order_by(Match.id)
    ):
        pair = (match.application_id, match.participation_id)
        if match.state in ALIVE:
            camp.standing[pair] = match
        else:
            camp.refused.add(pair)


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


@dataclass(frozen=True)
class Best:
    """How well a team's project answers a company's best need."""

    fit: float
    need_id: int
    reasons: list[dict[str, Any]]


def best_fits(camp: Camp, answer: dict[str, Any]) -> dict[Pair, Best]:
    """(team, company) → the best of the company's needs, from the fit engine's answer."""
    owner = {need.id: participation_id for participation_id, rows in camp.needs.items() for need in rows}
    found: dict[Pair, Best] = {}
    for pair in answer["pairs"]:
        need_id = int(pair["need"])
        key = (int(pair["project"]), owner[need_id])
        if key not in found or pair["fit"] > found[key].fit:
            found[key] = Best(pair["fit"], need_id, pair["reasons"])
    return found


def pair_parts(camp: Camp, fits: dict[Pair, Best], weights: Weights) -> dict[Pair, dict[str, float]]:
    """The parts of each pair's score: pairs ranked by either side, with fit above 0, pinned, or standing."""
    pairs = {(a, p) for a, ranked in camp.team_ranks.items() for p in ranked}
    pairs |= {(a, p) for p, ranked in camp.company_ranks.items() for a in ranked}
    pairs |= set(fits) | {pair for pair, kind in camp.rules.items() if kind == "pinned"} | set(camp.standing)
    needs = {need.id: need for rows in camp.needs.values() for need in rows}
    found = {}
    for application_id, participation_id in sorted(pairs):
        if application_id not in camp.applications or participation_id not in camp.participations:
            continue
        best = fits.get((application_id, participation_id))
        need = needs.get(best.need_id) if best else None
        wishes, wanted = camp.team_ranks[application_id], camp.company_ranks[participation_id]
        found[application_id, participation_id] = score(
            weights,
            fit=best.fit if best else 0.0,
            team=liking(wishes.get(participation_id), max(wishes.values(), default=1)),
            company=liking(wanted.get(application_id), max(wanted.values(), default=1)),
            trl=trl_share(camp.projects[application_id].trl, need.trl_min, need.trl_max) if need else 0.0,
        )
    return found


def match_document(camp: Camp, parts: dict[Pair, dict[str, float]], objective: str) -> dict[str, Any]:
    """The `campapp.match/1` input. What stands already is pinned; a forbidden pair is forbidden."""
    standing = [pair for pair in camp.standing if camp.standing[pair].state != "proposed"]
    pinned = {pair for pair, kind in camp.rules.items() if kind == "pinned" and pair in parts} | {
        pair for pair in standing if pair in parts
    }
    forbidden = ({pair for pair, kind in camp.rules.items() if kind == "forbidden"} | camp.refused) - pinned
    return {
        "format": "campapp.match/1",
        "objective": objective,
        "teams": [_team(camp, one) for one in camp.applications],
        "companies": [_company(camp, one) for one in camp.participations],
        "pairs": [{"team": str(a), "company": str(p), "score": parts[a, p]["total"]} for a, p in parts],
        "pinned": [{"team": str(a), "company": str(p)} for a, p in sorted(pinned)],
        "forbidden": [
            {"team": str(a), "company": str(p)}
            for a, p in sorted(forbidden)
            if a in camp.applications and p in camp.participations
        ],
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
