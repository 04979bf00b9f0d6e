"""What is typed about a team and its members."""

from __future__ import annotations

from campapp.core.form import fields
from campapp.core.form.base import Form
from campapp.core.language import lazy_gettext as _l
from campapp.core.language import lazy_pgettext as _pl
from campapp.core.text import codes, names


class NameForm(Form):
    """The team's name."""

    name = fields.read(_l("Team name"), lambda typed: names.title(typed, 100), required=True)


class MemberForm(Form):
    """A person of the team."""

    name = fields.read(_pl("person", "Name"), names.person_name, required=True)
    mail = fields.read(_l("Mail address"), codes.mail, kind="email")
    title = fields.line(_l("Role in the team"), 100)


class RolesForm(Form):
    """Who is the contact, who presents."""

    contact = fields.tick(_l("Contact: messages and calls go here first"))
    presenter = fields.tick(_l("Presents on stage"))
    title = fields.line(_l("Role in the team"), 100)
