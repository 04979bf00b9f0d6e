"""How the events of organisations read in a history and in the audit log."""

from campapp.core.language import lazy_gettext as _l
from campapp.core.timeline import tell_as

tell_as(
    organisation_written_down=_l("Organisation written down"), organisation_changed=_l("Organisation changed"),
    licence_given=_l("Scan of the licence given"), organisation_verified=_l("Organisation verified"),
    organisation_unverified=_l("Organisation no longer verified"), organisations_merged=_l("Organisations merged"),
    belonging_said=_l("Organisation said"),
)  # fmt: skip
