"""Who may do what with an application, and who sees it, its team and its project."""

from campapp.applications.rules.entry import (
    before_deadline,
    captain_of_application,
    decides_application,
    editable,
    helps_application,
    may_edit,
    may_submit,
    may_supplement,
    may_withdraw,
    member_in_person,
    of_own_team,
    reads_application,
)
from campapp.applications.rules.sight import agrees_to, disclosed_to

__all__ = [
    "agrees_to",
    "before_deadline",
    "captain_of_application",
    "decides_application",
    "disclosed_to",
    "editable",
    "helps_application",
    "may_edit",
    "may_submit",
    "may_supplement",
    "may_withdraw",
    "member_in_person",
    "of_own_team",
    "reads_application",
]
