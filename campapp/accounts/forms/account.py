"""What is typed about an account: its addresses, its password, the person."""

from __future__ import annotations

from collections.abc import Iterable

from wtforms import HiddenField

from campapp.accounts.forms.entering import PasswordForm
from campapp.accounts.forms.typed import COMMON_ZONES, known_password, mail, number, person, zone
from campapp.core.form import fields
from campapp.core.form.base import Form
from campapp.core.language import LOCALES, NAMES
from campapp.core.language import lazy_gettext as _l


class AddressForm(Form):
    """Another mail address."""

    address = mail(_l("New mail address"))


class ChangeForm(AddressForm):
    """Another mail address, by who knows the password where there is one."""

    password = known_password(_l("Your password"))


class NumberForm(Form):
    """One's own mobile number, by who knows the password where there is one."""

    number = number(_l("Mobile number"))
    password = known_password(_l("Your password"))


class CorrectionForm(AddressForm):
    """Another person's mail address, with how they proved who they are."""

    reason = fields.line(_l("How did this person prove who they are?"), 300, required=True,
                         description=_l("Kept in the audit log."))  # fmt: skip


class NumberCorrectionForm(Form):
    """Another person's mobile number, with how they proved who they are."""

    number = number(_l("New mobile number"))
    reason = fields.line(_l("How did this person prove who they are?"), 300, required=True,
                         description=_l("Kept in the audit log."))  # fmt: skip


class ReasonForm(Form):
    """Why."""

    reason = fields.line(_l("Reason"), 300, required=True, description=_l("Kept in the audit log."))


class ChangePasswordForm(PasswordForm):
    """A new password, by who knows the present one."""

    present = known_password(_l("Present password"))


def zones(chosen: str = "") -> Iterable[tuple[str, str]]:
    """The zones to choose from, and the one chosen."""
    listed = COMMON_ZONES if chosen in COMMON_ZONES or not chosen else (chosen, *COMMON_ZONES)
    return [(name, name.replace("_", " ")) for name in listed]


class MyselfForm(Form):
    """Name, language, time zone."""

    name = fields.read(_l("Your name"), person, required=True, render_kw={"autocomplete": "name"})
    locale = fields.cards(_l("Language"), [(key, NAMES[key]) for key in LOCALES], required=True)
    zone = fields.read(_l("Time zone"), zone, required=True, render_kw={"list": "zones"})
    version = HiddenField()
