"""How the events of teams read in histories and in the audit log."""

from campapp.core.language import lazy_gettext as _l
from campapp.core.timeline import tell_as

tell_as(
    team_founded=_l("Team founded"),
    team_renamed=_l("Team renamed"),
    member_named=_l("Member named"),
    member_invited=_l("Member invited"),
    member_joined=_l("Member joined"),
    member_left=_l("Member left"),
    member_returned=_l("Member taken back into the team"),
    captain_changed=_l("Captain changed"),
    roles_changed=_l("Contact or presenter changed"),
)
