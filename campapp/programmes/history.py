"""How the events of programmes and of what they announce read in histories and in the audit log."""

from campapp.core.language import lazy_gettext as _l
from campapp.core.timeline import tell_as

tell_as(
    programme_published=_l("Public page published"), programme_taken_back=_l("Back to a draft"),
    table_renamed=_l("Table changed"), room_renamed=_l("Room renamed"), absences_set=_l("Absences told"),
    absences_written_down=_l("Absences of several companies written down"),
    notice_written=_l("Notice written"), notice_changed=_l("Notice changed"), notice_published=_l("Notice published"),
    notice_taken_back=_l("Notice taken back"), notice_file_given=_l("Attachment added"),
    notice_file_taken_away=_l("Attachment taken away"), notice_file_given_back=_l("Attachment given back"),
    faq_written=_l("Frequent question written"), faq_changed=_l("Frequent question changed"),
    faqs_put_in_order=_l("Frequent questions put in order"), faq_taken_out=_l("Frequent question taken out"),
    faq_put_back=_l("Frequent question put back"),
)  # fmt: skip
