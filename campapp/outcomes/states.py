"""The states of an outcome."""

from campapp.core.states import States

OUTCOME = States(
    "outcome",
    """
    reported > confirmed, disputed
    confirmed > reported, followed, closed
    disputed > reported, confirmed, closed
    followed > confirmed, reported, closed
    closed > followed
    """,
)
