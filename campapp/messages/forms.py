"""What may be typed about messages."""

from __future__ import annotations

from campapp.core.form.base import Form
from campapp.core.form.fields import both
from campapp.core.language import lazy_gettext as _l


class WordsForm(Form):
    """A paragraph of the organiser's own."""

    words = both(
        _l("Your own words"), 2000, long=True, description=_l("They stand at the end of each message.")
    )
