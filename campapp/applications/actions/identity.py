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
    act: Act, application: Application, key: str, answers: dict[str, Any], *, reason: str, row: int = 0,
    column: str = "",
) -> str:  # fmt: skip
    """The number as the team gave it in what counts; who opened which, when and why stands in the audit log.

    `row` (from 1) and `column`: of a table.

    Raises:
        Refused: nothing was given there.
    """
    found = answers.get(key)
    if column:
        found = found[row - 1].get(column) if isinstance(found, list) and 0 < row <= len(found) else None
    if not found:
        raise Refused("open_identity", _("Nothing was given here."))
    act.because(reason)
    act.note(key=key, **({"row": row, "column": column} if column else {}))
    return str(found)
