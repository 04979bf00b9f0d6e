"""How the events of the demo and of rehearsals read in the audit log."""

from campapp.core.language import lazy_gettext as _l
from campapp.core.timeline import tell_as

tell_as(
    park_planted=_l("Demo park planted"),
    rehearsal_begun=_l("Rehearsal begun"),
    rehearsal_ready=_l("Rehearsal ready"),
    rehearsal_failed=_l("Rehearsal could not be made"),
    rehearsal_planted=_l("Programme copied into its rehearsal"),
    rehearsal_thrown_away=_l("Rehearsal thrown away"),
)
