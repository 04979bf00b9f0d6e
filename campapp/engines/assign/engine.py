"""The assign engine as the registry knows it."""

import numpy as np

from campapp.engines.assign.allocation import pins_contradict
from campapp.engines.assign.best import Assignment, best_fair, best_total, some_assignment
from campapp.engines.assign.conflict import conflict
from campapp.engines.assign.contract import Instance
from campapp.engines.assign.panel import A_PAIR, Ints, Panel, panel
from campapp.engines.flow.solver import OutOfTime, Solver
from campapp.engines.flow.sums import LARGEST, summed
from campapp.engines.frame.control import Control
from campapp.engines.frame.engine import Engine, Result
from campapp.engines.frame.errors import BadInput


def memory(instance: Panel) -> int:
    """The most that solving takes, in bytes."""
    return (64 << 20) + A_PAIR * len(instance)


def solve(instance: Panel, control: Control) -> Result:
    """The assignment that the objective asks for, or why there is none."""
    if pins_contradict(instance).any():
        return _infeasible(instance, control)
    try:
        assignment = assigned(instance, control)
    except ArithmeticError as error:
        raise BadInput("$", str(error)) from None
    if assignment.pairs is None:
        return _infeasible(instance, control)
    return _solved(instance, assignment, assignment.pairs)


def assigned(instance: Panel, control: Control) -> Assignment:
    """The best assignment as far as the time allows, else any that keeps the bounds."""
    found = Assignment(None, np.inf, proven=False)
    if not control.out_of_time():
        with Solver(control, len(instance)) as solver:
            try:
                best = best_fair if instance.objective == "fair" else best_total
                found = best(instance, solver)
            except OutOfTime:
                pass
    if found.pairs is not None or found.proven:
        return found
    return some_assignment(instance)


def _solved(instance: Panel, assignment: Assignment, pairs: Ints) -> Result:
    rank = np.empty(len(instance.applications), np.int64)
    rank[instance.application_order] = np.arange(len(instance.applications))
    pairs = pairs[np.argsort(rank[instance.application(pairs)], kind="stable")]
    scores = instance.score[pairs]
    objective = summed(scores)
    rows = zip(instance.application(pairs), instance.judge(pairs), scores, strict=True)
    return {
        "status": "optimal" if assignment.proven else "feasible",
        "assignments": [
            {
                "application": instance.applications[application],
                "judge": instance.judges[judge],
                "score": float(score),
            }
            for application, judge, score in rows
        ],
        "objective": objective,
        "bound": objective if assignment.proven else max(objective, min(assignment.bound, LARGEST)),
        "theta": float(scores.min()) if len(scores) else None,
    }


def _infeasible(instance: Panel, control: Control) -> Result:
    return {
        "status": "infeasible",
        "assignments": [],
        "objective": None,
        "bound": None,
        "theta": None,
        "conflict": conflict(instance, control),
    }


ENGINE = Engine("assign", Instance, panel, memory, solve)
