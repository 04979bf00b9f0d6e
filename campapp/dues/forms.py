"""What an organiser types about follow-ups."""

from __future__ import annotations

from typing import Self

from campapp.core.form import fields
from campapp.core.form.base import Form
from campapp.core.language import lazy_gettext as _l
from campapp.core.language import lazy_pgettext as _pl
from campapp.dues.wanted import wanted_in
from campapp.programmes.models import Programme


class FollowUpForm(Form):
    """What is asked for later: its title, and until when."""

    title = fields.both(_l("Title"), 200, required=True)
    text = fields.both(_l("Text above the questions"), 2000, long=True)
    due_at = fields.moment(
        _pl("question", "Due"),
        description=_l("For every question without a date of its own. 24:00 is possible."),
    )


class NewFollowUpForm(FollowUpForm):
    """Also of whom, which stays."""

    wanted = fields.select(_l("Of whom"), (), required=True)
    usual = fields.tick(_l("Begin with the usual: who comes, names for badges, arrival, deck, logo"))

    def asking_in(self, programme: Programme) -> Self:
        """With the states that there are in a programme to choose from."""
        self.wanted.choices = fields.choices((one.key, one.label) for one in wanted_in(programme))
        return self


class UnlockForm(Form):
    """More time for one, with a reason."""

    until = fields.moment(_l("Until"), required=True)
    reason = fields.text(_l("Reason"), 1000, required=True, description=_l("They read it."))
