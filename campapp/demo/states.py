"""The states of a rehearsal."""

from campapp.core.states import States

REHEARSAL = States(
    "rehearsal",
    """
    making > ready, failed
    """,
)
