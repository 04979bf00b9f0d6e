"""The states of an application."""

from campapp.core.states import States

APPLICATION = States(
    "application",
    """
    draft > submitted, withdrawn
    submitted > draft, returned, eligible, ineligible, withdrawn
    returned > submitted, eligible, ineligible, withdrawn
    eligible > submitted, accepted, waitlisted, not accepted, withdrawn
    ineligible > submitted, eligible
    accepted > eligible, waitlisted, not accepted, withdrawn
    waitlisted > eligible, accepted, not accepted, withdrawn
    not accepted > eligible, waitlisted, accepted
    withdrawn > draft, submitted, eligible, accepted, waitlisted, returned
    """,
)
"""Backward moves are the undo of a decision; `submitted > draft` takes a submission back before the deadline."""

DECIDED = ("accepted", "waitlisted", "not accepted")
IN = ("submitted", "returned", "eligible", "ineligible", *DECIDED)
"""What an organiser sees: everything that was submitted and not withdrawn before."""
