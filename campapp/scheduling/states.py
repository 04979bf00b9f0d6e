"""The states of a meeting."""

from campapp.core.states import States

MEETING = States(
    "meeting",
    """
    expected > placed, cancelled
    placed > expected, held, no-show, cancelled
    held > placed, no-show
    no-show > placed, held
    cancelled > expected
    """,
)
TO_PLACE = ("expected", "placed")
"""While nothing has been said of how it went, the board may move it."""
