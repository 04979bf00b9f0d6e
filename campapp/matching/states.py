"""The states of a match."""

from campapp.core.states import States

MATCH = States(
    "match",
    """
    proposed > released, replaced, cancelled
    released > proposed, accepted by company, accepted by team, declined, lapsed, cancelled, confirmed
    accepted by company > released, accepted by team, confirmed, declined, lapsed, cancelled
    accepted by team > released, confirmed, declined, lapsed, cancelled
    confirmed > accepted by company, accepted by team, released, scheduled, declined, cancelled
    scheduled > confirmed, held, no-show, declined, cancelled
    held > scheduled, no-show
    no-show > scheduled, held
    declined > released, accepted by company, accepted by team, confirmed
    lapsed > released
    cancelled > confirmed
    """,
)
"""Backward moves are undo. `replaced`: a proposal that a newer chosen run no longer has. `accepted by team` before
the company stands where the camp takes a ranked partner as a yes, where the staff writes a team's answer down, and
where the company has taken back its own."""

ALIVE = (
    "proposed",
    "released",
    "accepted by company",
    "accepted by team",
    "confirmed",
    "scheduled",
    "held",
    "no-show",
)
SHOWN_TO_COMPANY = tuple(name for name in MATCH.names if name not in {"proposed", "replaced"})
SHOWN_TO_TEAM = ("accepted by company", "confirmed", "scheduled", "held", "no-show")
TURNS = {"company": ("released", "accepted by team"), "team": ("accepted by company",)}
"""In which states it is a side's turn."""
ANSWERED = ("confirmed", "scheduled", "held", "no-show")
