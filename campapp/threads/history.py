"""How the events of threads read in histories and in the audit log; what was written stands in no log."""

from campapp.core.language import lazy_gettext as _l
from campapp.core.timeline import tell_as

tell_as(
    question_asked=_l("Question asked on the call"), application_written_about=_l("Message about the application"),
    match_written_about=_l("Message about the match"), thread_written_in=_l("Message written"),
    post_taken_back=_l("Message taken back"), question_answered_in_public=_l("Question answered in public"),
)  # fmt: skip
