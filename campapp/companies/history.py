"""How the events of companies read in histories and in the audit log."""

from campapp.core.language import lazy_gettext as _l
from campapp.core.timeline import tell_as

tell_as(
    company_written_down=_l("Company written down"),
    company_changed=_l("Company profile changed"),
    representative_named=_l("Representative named"),
    representative_invited=_l("Representative invited"),
    representative_joined=_l("Representative joined"),
    representative_left=_l("Representative left"),
    need_stated=_l("Need stated"),
    need_changed=_l("Need changed"),
    need_closed=_l("Need closed"),
    need_reopened=_l("Need opened again"),
    technology_opened=_l("Technology opened"),
    technology_changed=_l("Technology changed"),
    technology_removed=_l("Technology removed"),
)
