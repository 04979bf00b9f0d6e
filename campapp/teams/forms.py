"""What is typed about a team and its members."""

from __future__ import annotations

from campapp.core.form import fields
from campapp.core.form.base import Form
from campapp.core.language import lazy_gettext as _l
from campapp.core.text import codes, names


def shown_phone(number: str) -> str:
    """A stored number as people write it; empty for none."""
    return codes.phone_shown(number) if number else ""


class NameForm(Form):
    """The team's name."""

    name = fields.read(_l("Team name"), lambda typed: names.title(typed, 100), required=True)


class MemberForm(Form):
    """A person of the team."""

    name = fields.read(_l("Name"), names.person_name, required=True)
    mail = fields.read(_l("Mail address"), codes.mail, kind="email")
    title = fields.line(_l("Role in the team"), 100)


class ContactForm(Form):
    """Another person's contact, corrected, with the reason."""

    mail = fields.read(_l("Mail address"), codes.mail, kind="email")
    phone = fields.read(_l("Mobile number"), codes.phone, shown=shown_phone, kind="phone")
    reason = fields.line(_l("Reason"), 300, required=True,
                         description=_l("How you know: called, a business card. Kept in the audit log."))  # fmt: skip


class RolesForm(Form):
    """Who is the contact, who presents."""

    contact = fields.tick(_l("Contact: messages and calls go here first"))
    presenter = fields.tick(_l("Presents on stage"))
    title = fields.line(_l("Role in the team"), 100)
