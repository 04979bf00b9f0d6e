"""How the events of exchange read in the audit log."""

from campapp.core.language import lazy_gettext as _l
from campapp.core.timeline import tell_as

tell_as(
    camp_imported=_l("A camp's sheets taken in"),
    results_imported=_l("Results of a camp taken in"),
    headings_mapped=_l("Headings of a sheet mapped by hand"),
    headings_forgotten=_l("Mapping of headings forgotten"),
    package_asked_for=_l("Files of entries asked for in one ZIP"),
    package_made=_l("Files of entries packed"),
    package_failed=_l("Files of entries could not be packed"),
)
