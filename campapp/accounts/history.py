"""How the events of accounts read in a history and in the audit log."""

from campapp.core.language import lazy_gettext as _l
from campapp.core.timeline import tell_as

tell_as(
    account_founded=_l("Account founded"),
    signed_up=_l("Signed up"),
    signed_out=_l("Signed out"),
    signed_out_everywhere=_l("Signed out everywhere"),
    code_sent=_l("Code sent"),
    address_confirmed=_l("Address confirmed"),
    address_change_asked=_l("Change of address asked for"),
    address_changed=_l("Address changed"),
    address_reverted=_l("Change of address taken back: “this was not me”"),
    address_corrected=_l("Address corrected by an administrator"),
    account_described=_l("Name, language or time zone changed"),
    language_switched=_l("Language switched"),
    membership_switched=_l("Role switched"),
    reset_asked=_l("New password asked for"),
    password_reset=_l("Password reset"),
    password_changed=_l("Password changed"),
    stranger_answered=_l("Told that no account has this address"),
    invited=_l("Invited"),
    invitation_revoked=_l("Invitation taken back"),
    invitation_accepted=_l("Invitation accepted"),
    acting_began=_l("Began to act for somebody"),
    acting_ended=_l("Stopped acting for somebody"),
    administrator_made=_l("Made park administrator"),
    administrator_unmade=_l("No longer park administrator"),
)
