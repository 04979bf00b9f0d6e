"""How the events of dues read in histories and in the audit log."""

from campapp.core.language import lazy_gettext as _l
from campapp.core.timeline import tell_as

tell_as(
    follow_up_written=_l("Follow-up written"), follow_up_changed=_l("Follow-up changed"),
    follow_up_closed=_l("Follow-up closed"), follow_up_opened=_l("Follow-up opened again"),
    follow_up_answered=_l("Follow-up answered"), follow_up_file_given=_l("File handed in"),
    follow_up_file_taken_away=_l("Handed-in file taken away"),
    follow_up_file_given_back=_l("Handed-in file given back"),
    due_upload_begun=_l("A file begun to upload"), due_upload_finished=_l("A file uploaded whole"),
    due_upload_given_up=_l("An upload given up"),
    due_unlocked=_l("Unlocked for one"), due_locked_again=_l("Locked again"),
    dues_reminded=_l("Reminded of what is owed"),
)  # fmt: skip
