"""How the events of the park read in the audit log."""

from campapp.core.language import lazy_gettext as _l
from campapp.core.timeline import tell_as

tell_as(
    data_handed_out=_l("Everything about a person handed to them"),
    person_erased=_l("A person's data erased"),
    retention_set=_l("Time of keeping set"),
    retention_applied=_l("What was kept long enough erased"),
    park_set_up=_l("Park set up"),
    park_described=_l("Park's settings changed"),
    special_day_written=_l("Holiday or working day written"),
    special_day_forgotten=_l("Holiday or working day removed"),
)
