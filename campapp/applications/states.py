"""The states of an application, and what is decided about one, by kind of programme."""

from campapp.core.states import States

APPLICATION = States(
    "application",
    """
    draft > submitted, withdrawn
    submitted > draft, returned, eligible, ineligible, withdrawn
    returned > submitted, eligible, ineligible, withdrawn
    eligible > submitted, accepted, waitlisted, not accepted, promoted, not promoted, withdrawn
    ineligible > submitted, eligible
    accepted > eligible, waitlisted, not accepted, withdrawn
    waitlisted > eligible, accepted, not accepted, withdrawn
    not accepted > eligible, waitlisted, accepted
    promoted > eligible, not promoted, withdrawn
    not promoted > eligible, promoted
    withdrawn > draft, submitted, eligible, accepted, waitlisted, promoted, returned
    """,
)
"""Backward moves are the undo of a decision; `submitted > draft` takes a submission back before the deadline."""

DECISIONS = {
    "camp": ("accepted", "waitlisted", "not accepted"),
    "competition": ("promoted", "not promoted"),
}
"""What becomes of eligible entries, by kind of programme: first those who are in, last those who are not."""

DECIDED = tuple(state for states in DECISIONS.values() for state in states)
TAKEN = tuple(states[0] for states in DECISIONS.values())
"""In: accepted to a camp, promoted in a competition."""
ANNOUNCED = {kind: states[:-1] for kind, states in DECISIONS.items()}
"""What a public result names; who is not in is told, and nobody else is."""
NOT_TAKEN = tuple(states[-1] for states in DECISIONS.values())
ELIGIBLE = ("eligible", *DECIDED)
"""Whatever passed the formal check and was not withdrawn."""
IN = ("submitted", "returned", "eligible", "ineligible", *DECIDED)
"""What an organiser sees: everything that was submitted and not withdrawn before."""


TRACK_OPEN = ("draft", "returned")
"""While the team chooses the track."""


def of_kind(kind: str, state: str) -> bool:
    """Whether an application to a programme of this kind can be in a state at all."""
    return state not in DECIDED or state in DECISIONS[kind]


def may_follow(kind: str, before: str, after: str) -> bool:
    """Whether one state may follow another, in a programme of this kind."""
    return of_kind(kind, after) and APPLICATION.allows(before, after)
