"""A run of a match as its page reads it: from its two stored files, with the names of today."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from campapp.applications.models import Application
from campapp.companies.models import Company
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.matching.camp import Pair
from campapp.matching.reviewing import company_name
from campapp.programmes.models import Participation
from campapp.runs.models import Run, RunFile


@dataclass
class Result:
    """Pairs, candidates and names."""

    run: Run
    teams: dict[int, str] = field(default_factory=dict)
    companies: dict[int, str] = field(default_factory=dict)
    limits: dict[int, int] = field(default_factory=dict)
    """By participation id: the most meetings."""
    scores: dict[Pair, float] = field(default_factory=dict)
    """Every pair that could be matched."""
    matched: dict[Pair, dict[str, Any]] = field(default_factory=dict)
    forbidden: set[Pair] = field(default_factory=set)
    ranks: dict[tuple[str, Pair], int] = field(default_factory=dict)
    """(side, pair) → its rank there."""
    digest: str = ""

    def taken(self, participation_id: int) -> int:
        """How many teams a company got."""
        return sum(1 for pair in self.matched if pair[1] == participation_id)

    def without(self) -> list[tuple[int, str, str]]:
        """Teams that got nothing: (id, name, why)."""
        got = {pair[0] for pair in self.matched}
        return [(one, name, self._why(one)) for one, name in self.teams.items() if one not in got]

    def idle(self) -> list[tuple[int, str]]:
        """Companies that got nothing."""
        return [(one, name) for one, name in self.companies.items() if not self.taken(one)]

    def _why(self, team: int) -> str:
        possible = [pair for pair in self.scores if pair[0] == team]
        free = [pair for pair in possible if pair not in self.forbidden]
        if not possible:
            return _("No company's need fits its project, and nobody ranked it.")
        if not free:
            return _("Each of its possible partners is forbidden.")
        names = [
            self.companies.get(pair[1], "") for pair in sorted(free, key=lambda one: -self.scores[one])[:4]
        ]
        if all(self.taken(pair[1]) >= self.limits.get(pair[1], 0) for pair in free):
            return _("All its possible partners are full: %(names)s. More meetings there would help.",
                     names=_(", ").join(names))  # fmt: skip
        return _(
            "It could meet %(names)s, but the objective does better without it.", names=_(", ").join(names)
        )


def read(run: Run) -> Result:
    """A run's files and names, in three statements."""
    return _result(run, _files([run.id]).get(run.id, {}), *_names(run.programme_id))


def read_two(run: Run, other: Run) -> tuple[Result, Result]:
    """Two runs to compare, in as many statements as one."""
    files, names = _files([run.id, other.id]), _names(run.programme_id)
    return _result(run, files.get(run.id, {}), *names), _result(other, files.get(other.id, {}), *names)


def _files(run_ids: list[int]) -> dict[int, dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    for row in db.session.scalars(select(RunFile).where(RunFile.run_id.in_(run_ids))):
        found.setdefault(row.run_id, {})[row.name] = json.loads(gzip.decompress(row.body))
        if row.name == "in":
            found[row.run_id]["sha256"] = row.sha256
    return found


def _names(programme_id: int) -> tuple[dict[int, str], dict[int, str]]:
    teams = db.session.execute(
        select(Application.id, Application.team_name).where(Application.programme_id == programme_id)
    )
    companies = db.session.execute(
        select(Participation.id, Company)
        .join(Company, Company.id == Participation.company_id)
        .where(Participation.programme_id == programme_id)
    )
    return (
        {row[0]: row[1] for row in teams},
        {row[0]: company_name(row[1]) for row in companies},
    )


def _result(run: Run, files: dict[str, Any], teams: dict[int, str], companies: dict[int, str]) -> Result:
    given, found = files.get("in", {}), files.get("out", {})
    result = Result(run, digest=files.get("sha256", ""))
    for one in given.get("teams", []):
        result.teams[int(one["id"])] = teams.get(int(one["id"]), one["id"])
        for place, partner in enumerate(one["ranks"], 1):
            result.ranks["team", (int(one["id"]), int(partner))] = place
    for one in given.get("companies", []):
        result.companies[int(one["id"])] = companies.get(int(one["id"]), one["id"])
        result.limits[int(one["id"])] = one["max"]
        for place, partner in enumerate(one["ranks"], 1):
            result.ranks["company", (int(partner), int(one["id"]))] = place
    result.scores = {(int(p["team"]), int(p["company"])): p["score"] for p in given.get("pairs", [])}
    result.forbidden = {(int(p["team"]), int(p["company"])) for p in given.get("forbidden", [])}
    result.matched = {(int(p["team"]), int(p["company"])): p for p in found.get("pairs", [])}
    return result


def why_pair(result: Result, pair: Pair) -> list[dict[str, Any]]:
    """All reasons that the run knows for a pair, matched or not."""
    beside = result.run.parameters.get("pairs", {}).get(f"{pair[0]}:{pair[1]}", {})
    pins = [one for one in result.matched.get(pair, {}).get("reasons", []) if one["kind"] == "pin"]
    ranks = [
        {"kind": "rank", "by": side, "rank": result.ranks[side, pair]}
        for side in ("team", "company")
        if (side, pair) in result.ranks
    ]
    return [*pins, *ranks, {"kind": "parts", **beside.get("parts", {})}, *beside.get("fit", [])]


def why_not(result: Result, pair: Pair) -> str:
    """Why a pair is not in the result; empty where it is."""
    if pair in result.matched:
        return ""
    if pair in result.forbidden:
        return _("It is forbidden, or one side has declined it before.")
    if pair not in result.scores:
        return _("Nobody ranked it and nothing fits, so it was no candidate.")
    taken, limit = result.taken(pair[1]), result.limits.get(pair[1], 0)
    if taken >= limit:
        return _("%(company)s has all its %(limit)s meetings with others.",
                 company=result.companies[pair[1]], limit=limit)  # fmt: skip
    return _("The team has as many meetings as it takes, with others.")
