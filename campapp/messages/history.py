"""How the events of messages read in a history and in the audit log."""

from campapp.core.language import lazy_gettext as _l
from campapp.core.timeline import tell_as

tell_as(
    sms_contract_entered=_l("Contract for text messages entered"),
    mail_sent_again=_l("Mail sent again"),
    notifications_read=_l("Notifications read"),
    sending_words_added=_l("Own words added to messages"),
    sending_released=_l("Messages sent"),
    circular_written=_l("Message to many written"),
    circular_changed=_l("Message to many changed"),
    group_message_pasted=_l("Pasted into a group"),
    sending_sent_again=_l("Messages sent again"),
    sending_taken_back=_l("Messages thrown away"),
    acting_summed_up=_l("Summary of acts done for somebody"),
)
