"""The group that a team takes."""

from __future__ import annotations

from campapp.applications.models import Application
from campapp.applications.rules import before_deadline, may_edit
from campapp.core.access import Refused
from campapp.core.action import Act, action
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.programmes.models import Group


@action("group_chosen", rule=may_edit & before_deadline)
def choose_group(act: Act, application: Application, group_id: int | None) -> None:
    """This group, of the programme's own; whether it fits is looked at when the entry is submitted."""
    group = db.session.get(Group, group_id) if group_id else None
    if group is not None and group.programme_id != application.programme_id:
        raise Refused("group_chosen", _("This group belongs to another programme."))
    application.group_id = group.id if group else None
