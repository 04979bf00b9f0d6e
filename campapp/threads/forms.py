"""What is typed into a thread."""

from __future__ import annotations

from campapp.core.form import fields
from campapp.core.form.base import Form
from campapp.core.language import lazy_gettext as _l


class PostForm(Form):
    """One message."""

    text = fields.text(_l("Your message"), 4000, required=True)


class AnswerForm(Form):
    """A question and its answer for everybody, in the staff's own words."""

    question = fields.both(
        _l("What is asked"), 300, required=True,
        description=_l("In your own words: nothing in it may tell who asked."),
    )  # fmt: skip
    answer = fields.both(_l("Answer"), 5000, long=True, required=True, description=_l("Markdown."))
