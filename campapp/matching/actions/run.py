"""The run of a match: fit first, then the match, both frozen; a chosen run's pairs become proposals."""

from __future__ import annotations

import json
from typing import Any

from campapp.core.action import Act, action
from campapp.core.db import db
from campapp.matching import instance
from campapp.matching.camp import load
from campapp.matching.models import Match
from campapp.matching.rules import manages_run
from campapp.matching.states import MATCH
from campapp.matching.weights import Weights
from campapp.programmes.models import Programme
from campapp.programmes.rules import manages_camp
from campapp.runs.actions import begins_with, check_choosable, file_of, start_run, summary_of
from campapp.runs.models import Run

OBJECTIVES = ("fair", "total", "stable")


@action("match_run_started", rule=manages_camp)
def start(
    act: Act, programme: Programme, *, objective: str, weights: Weights, time_limit: float = 60.0
) -> Run:
    """Freeze what stands now and queue the work: how well projects answer needs, and the match upon that."""
    programme.options = {**programme.options, "weights": weights.as_dict()}
    camp = load(programme)
    return start_run(
        programme, "match", instance.fit_document(camp), draft=instance.draft(camp, weights, objective),
        objective=objective, parameters={"weights": weights.as_dict()}, time_limit=time_limit,
    )  # fmt: skip


begins_with("match", "fit", instance.complete)


@summary_of("match")
def summary(_run: Run, answer: dict[str, Any]) -> dict[str, Any]:
    """Counts of a match for the page and the command line."""
    return {
        "pairs": len(answer["pairs"]),
        "unmatched": len(answer.get("unmatched_teams", [])),
        "blocking": answer.get("blocking_pairs", {}).get("count", 0),
        "theta": answer.get("theta"),
        "conflict": answer.get("conflict", []),
    }


def result_of(run: Run) -> dict[str, Any]:
    """A solved run's output."""
    body = file_of(run, "out")
    found: dict[str, Any] = json.loads(body) if body else {"pairs": []}
    return found


@action("run_chosen", rule=manages_run)
def choose(act: Act, run: Run) -> int:
    """Make a run's pairs the proposals: earlier proposals that it does not have are replaced; what was released,
    answered or placed stays. Pairs of whom one has left the camp since, or has said no, are left out.

    Answers how many are proposed now.

    Raises:
        NotAllowed: it is no solved run of a match.
    """
    check_choosable(run, "match")
    programme = db.session.get_one(Programme, run.programme_id)
    camp = load(programme)
    found = {(int(pair["team"]), int(pair["company"])): pair for pair in result_of(run)["pairs"]}
    wanted = {key: pair for key, pair in found.items() if camp.has(key) and key not in camp.refused}
    for key, match in camp.standing.items():
        if match.state == "proposed" and key not in wanted:
            MATCH.move(match, "replaced", at=act.at)
    for (application_id, participation_id), pair in wanted.items():
        beside = run.parameters.get("pairs", {}).get(f"{application_id}:{participation_id}", {})
        row = camp.standing.get((application_id, participation_id))
        if row is None:
            row = Match(
                programme_id=run.programme_id, application_id=application_id, participation_id=participation_id,
                state="proposed",
            )  # fmt: skip
            db.session.add(row)
        if row.state == "proposed":
            row.run_id, row.score, row.need_id = run.id, pair["score"], beside.get("need")
            row.reasons = [
                *pair["reasons"],
                {"kind": "parts", **beside.get("parts", {})},
                *beside.get("fit", []),
            ]
    run.chosen_at = act.at
    act.about(programme)
    act.note(pairs=len(wanted), left_out=len(found) - len(wanted))
    return len(wanted)
