"""The states of a run."""

from campapp.core.states import States

RUN = States(
    "run",
    """
    queued > running, cancelled, failed
    running > solved, infeasible, cancelled, failed, queued
    """,
)
