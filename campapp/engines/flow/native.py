"""The flow algorithms themselves, in OR-Tools' compiled code.

Minimum cost: cost-scaling push-relabel (Goldberg, *An Efficient Implementation of a Scaling Minimum-Cost
Flow Algorithm*, J. Algorithms 22, 1997). Maximum flow: push-relabel (Goldberg and Tarjan, 1988).
The calls cannot be interrupted and keep the interpreter's lock, so this file is also a program of its own:
it reads networks from standard input and answers with flows, and whoever waits for it may end it.
"""

import sys
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Nodes = NDArray[np.int32]

SOLVED, INFEASIBLE, FAILED = 0, 1, 2


def minimum_cost(tail: Nodes, head: Nodes, upper: Ints, cost: Ints, supply: Ints) -> tuple[int, Ints]:
    """Flows of least cost that carry every supply (negative: demand), and whether there are any."""
    from ortools.graph.python import min_cost_flow  # why: a stable matching needs no flow, and no OR-Tools

    problem = min_cost_flow.SimpleMinCostFlow()
    arcs = problem.add_arcs_with_capacity_and_unit_cost(tail, head, upper, cost)
    problem.set_nodes_supplies(np.arange(len(supply), dtype=np.int32), supply)
    status = problem.solve()
    if status == problem.OPTIMAL:
        return SOLVED, np.asarray(problem.flows(arcs), dtype=np.int64)
    return (INFEASIBLE if status == problem.INFEASIBLE else FAILED), np.zeros(0, np.int64)


def maximum(tail: Nodes, head: Nodes, upper: Ints, source: int, sink: int) -> Ints:
    """Flows that carry as much as can be from source to sink."""
    from ortools.graph.python import max_flow  # why: as above

    problem = max_flow.SimpleMaxFlow()
    arcs = problem.add_arcs_with_capacity(tail, head, upper)
    if problem.solve(source, sink) != problem.OPTIMAL:
        raise ArithmeticError("no maximum flow")
    return np.asarray(problem.flows(arcs), dtype=np.int64)


def _serve(questions: BinaryIO, answers: BinaryIO) -> None:
    while header := questions.read(16):
        nodes, arcs = np.frombuffer(header, np.int64)
        tail, head = (np.frombuffer(questions.read(4 * arcs), np.int32) for _ in range(2))
        upper, cost = (np.frombuffer(questions.read(8 * arcs), np.int64) for _ in range(2))
        supply = np.frombuffer(questions.read(8 * nodes), np.int64)
        status, flow = minimum_cost(tail, head, upper, cost, supply)
        answers.write(np.array([status, len(flow)], np.int64).tobytes())
        answers.write(flow.tobytes())
        answers.flush()


if __name__ == "__main__":
    _serve(sys.stdin.buffer, sys.stdout.buffer)
