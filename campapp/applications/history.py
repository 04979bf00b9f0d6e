"""How the events of applications read in histories."""

from campapp.core.language import lazy_gettext as _l
from campapp.core.timeline import tell_as

tell_as(
    result_published=_l("Result published"), result_taken_back=_l("Result taken back"),
    application_begun=_l("Draft begun"), entry_named=_l("Project or track named anew"),
    draft_saved=_l("Draft saved"), application_submitted=_l("Submitted"),
    application_taken_in=_l("Entry taken in by the organiser"), submission_taken_back=_l("Submission taken back"),
    check_marked=_l("An item of the formal check marked"), check_ended=_l("Formal check ended"),
    group_chosen=_l("Group chosen"), allowance_granted=_l("More time or a group granted"),
    allowance_taken=_l("Entry code used"),
    entry_supplemented=_l("Added to the entry"),
    application_withdrawn=_l("Withdrawn"), application_decided=_l("Decided"), decision_undone=_l("Decision undone"),
    applications_decided=_l("Decided together"), decisions_undone=_l("Decisions undone together"),
    identity_opened=_l("Identity number opened"),
    consent_given=_l("Consent given"), consent_declared=_l("Consent declared by the organiser"),
    consent_withdrawn=_l("Consent withdrawn"), consent_scan_added=_l("Scan of a consent added"),
    consents_asked=_l("Consent asked for"), consent_text_issued=_l("Text of a consent issued"),
    own_consent_answered=_l("A member answered for themselves"),
    own_consent_withdrawn=_l("A member withdrew a consent of their own"),
    own_consent_declared=_l("Members' consents declared by the organiser"),
    allowance_revoked=_l("More time or a group taken back"),
    file_given=_l("File given"), file_taken_away=_l("File taken away"), file_given_back=_l("File given back"),
    application_marked=_l("Marked by a colleague"), upload_begun=_l("A file begun to upload"),
    upload_finished=_l("A file uploaded whole"), upload_given_up=_l("An upload given up"),
)  # fmt: skip
