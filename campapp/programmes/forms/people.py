"""What is typed about companies in a camp, its staff and its notices."""

from __future__ import annotations

from campapp.core.form import fields
from campapp.core.form.base import Form
from campapp.core.language import lazy_gettext as _l
from campapp.core.text import codes, names
from campapp.programmes.rules import LEVELS

LEVEL_WORDS = {
    "owner": _l("Owner"), "manager": _l("Manager"), "helper": _l("Helper"), "read-only": _l("Read-only"),
}  # fmt: skip


class CompanyInCampForm(Form):
    """A company is invited: one that the park knows, or a new one with its first representative."""

    company = fields.select(_l("Company of the park"))
    name = fields.read(_l("Or a new company"), lambda typed: names.title(typed, 200))
    person = fields.read(_l("Representative"), names.person_name,
                         description=_l("Who speaks for the company; may follow later."))  # fmt: skip
    mail = fields.read(_l("Mail address"), codes.mail, kind="email",
                       description=_l("The invitation goes there."))  # fmt: skip
    max_meetings = fields.whole(_l("Most meetings"), 0, 500, required=True, default=12)
    own_tables = fields.whole(_l("Tables of its own"), 0, 50, required=True, default=1)


class LimitsForm(Form):
    """How many meetings, and tables of its own."""

    max_meetings = fields.whole(_l("Most meetings"), 0, 500, required=True)
    min_meetings = fields.whole(_l("Fewest meetings"), 0, 500, required=True)
    own_tables = fields.whole(_l("Tables of its own"), 0, 50)


class ReasonForm(Form):
    """Why, in a sentence or two."""

    reason = fields.text(_l("Reason"), 1000)


class StaffForm(Form):
    """Somebody is invited to organise."""

    name = fields.read(_l("Name"), names.person_name, required=True)
    mail = fields.read(_l("Mail address"), codes.mail, kind="email",
                       description=_l("Empty: you get a link and a QR code to hand over."))  # fmt: skip
    level = fields.select(_l("Level"), [(level, LEVEL_WORDS[level]) for level in LEVELS], required=True,
                          default="helper")  # fmt: skip


class NoticeForm(Form):
    """A notice in either language."""

    title = fields.both(_l("Title"), 200, required=True)
    text = fields.both(_l("Text"), 20_000, long=True, description=_l("Markdown."))
    pinned = fields.tick(_l("Keep on top"))


class FaqForm(Form):
    """A question that is asked again and again, in either language. It names nobody who asked."""

    question = fields.both(_l("What is asked"), 300, required=True)
    answer = fields.both(_l("Answer"), 5000, long=True, required=True, description=_l("Markdown."))
