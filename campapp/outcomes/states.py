"""The states of an outcome."""

from campapp.core.states import States

OUTCOME = States(
    "outcome",
    """
    reported > confirmed, disputed
    confirmed > reported, followed, closed
    disputed > reported, confirmed, closed
    followed > confirmed, closed
    closed > followed
    """,
)
