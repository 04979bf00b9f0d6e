"""An identity number is opened by staff, each time with a reason that is logged."""

from __future__ import annotations

from typing import Any

from campapp.applications.models import Application
from campapp.applications.rules import helps_application
from campapp.core.access import Refused
from campapp.core.action import Act, action
from campapp.core.language import gettext as _


@action("identity_opened", rule=helps_application)
def open_identity(
    act: Act, application: Application, key: str, answers: dict[str, Any], *, reason: str
) -> str:
    """The number as the team gave it in what counts; who opened which, when and why stands in the audit log.

    Raises:
        Refused: nothing was given there.
    """
    if not answers.get(key):
        raise Refused("open_identity", _("Nothing was given here."))
    act.because(reason)
    act.note(key=key)
    return str(answers[key])
