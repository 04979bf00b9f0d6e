"""The states of a programme and of a company in it."""

from campapp.core.states import States

PROGRAMME = States(
    "programme",
    """
    draft > published
    published > draft, archived
    archived > published
    """,
)

PARTICIPATION = States(
    "participation",
    """
    invited > confirmed, declined
    confirmed > withdrawn
    declined > invited, confirmed
    withdrawn > invited, confirmed
    """,
)
