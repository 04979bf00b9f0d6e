"""What dues do when somebody comes into a state, or a form is put to use."""

from __future__ import annotations

from campapp.core.events import Act
from campapp.dues.actions.settling import settle
from campapp.programmes.models import FollowUp


def ask_application(act: Act) -> None:
    """An application is decided, or its decision undone."""
    settle(act.row.programme_id, applications=[act.row.id])


def ask_match(act: Act) -> None:
    """Both sides have accepted."""
    settle(
        act.row.programme_id, applications=[act.row.application_id], participations=[act.row.participation_id]
    )


def ask_participation(act: Act) -> None:
    """A company confirms, or is back."""
    settle(act.row.programme_id, participations=[act.row.id])


def ask_invited(act: Act) -> None:
    """A company is written down in a camp, perhaps as one that takes part already."""
    settle(act.result.programme_id, participations=[act.result.id])


def ask_by_form(act: Act) -> None:
    """A follow-up's form is put to use, or its date moved: everybody whom it concerns is asked by it."""
    if isinstance(act.row, FollowUp):
        settle(act.row.programme_id)


def follow_zone(act: Act) -> None:
    """Dates said by the programme's clock are other instants now."""
    settle(act.row.id)
