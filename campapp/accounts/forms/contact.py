"""What an organiser types to put somebody's contact right."""

from __future__ import annotations

from campapp.core.form import fields
from campapp.core.form.base import Form
from campapp.core.language import lazy_gettext as _l
from campapp.core.text import codes


def _shown_phone(number: str) -> str:
    return codes.phone_shown(number) if number else ""


class ContactForm(Form):
    """Another person's contact, corrected, with the reason."""

    mail = fields.read(_l("Mail address"), codes.mail, kind="email")
    phone = fields.read(_l("Mobile number"), codes.phone, shown=_shown_phone, kind="phone")
    reason = fields.line(_l("Reason"), 300, required=True,
                         description=_l("How you know: called, a business card. Kept in the audit log."))  # fmt: skip
