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
    form_changed=_l("Form changed, not yet in use"), form_change_undone=_l("Change of the form undone"),
    form_draft_dropped=_l("Changes of the form dropped"), form_put_to_use=_l("Form put to use"),
    form_template_kept=_l("Form kept as a template"), form_template_dropped=_l("Template of a form removed"),
    group_made=_l("Group made"), group_changed=_l("Group changed"), group_dropped=_l("Group removed"),
    checklist_set=_l("Checklist set"), units_set=_l("Organising units set"),
)  # fmt: skip
