"""What is said of a run."""

from __future__ import annotations

from campapp.core.language import gettext as _
from campapp.runs.models import Run

GAVE_UP = "gave up"


def failure(run: Run) -> str:
    """Why it failed, in the reader's language as far as we know it."""
    if run.error == GAVE_UP:
        return _("The work broke off at every attempt. Start it again, or tell who looks after the server.")
    return run.error
