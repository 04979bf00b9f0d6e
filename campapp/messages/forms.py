"""What may be typed about messages."""

from __future__ import annotations

from typing import Self

from campapp.core.form import fields
from campapp.core.form.base import Form
from campapp.core.form.fields import both
from campapp.core.language import lazy_gettext as _l
from campapp.messages.groups import groups_of
from campapp.programmes.models import Programme


class WordsForm(Form):
    """A paragraph of the organiser's own."""

    words = both(
        _l("Your own words"), 2000, long=True, description=_l("They stand at the end of each message.")
    )


class CircularForm(Form):
    """A message to many, in either language."""

    groups = fields.several(_l("To"), (), required=True)
    title = fields.both(_l("Title"), 200, required=True)
    text = fields.both(_l("Text"), 5000, long=True, required=True)

    def to_groups_of(self, programme: Programme) -> Self:
        """With the groups that there are in a programme to choose from."""
        self.groups.choices = fields.choices(groups_of(programme))
        return self


class ReleaseForm(Form):
    """When it leaves, and by which channels beside the application itself."""

    at = fields.moment(_l("Leaves at"), description=_l("Empty: at once."))
    mail = fields.tick(_l("By mail"), default=True)
    sms = fields.tick(_l("By text message"))

    @property
    def channels(self) -> str:
        """As letters keep them; empty where nothing differs from what is usual."""
        chosen = ["app", *(["mail"] if self.mail.data else []), *(["sms"] if self.sms.data else [])]
        return "" if chosen == ["app", "mail"] else " ".join(chosen)
