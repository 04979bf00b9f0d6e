"""What may be typed about accounts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from wtforms import HiddenField, PasswordField

from campapp.accounts.passwords import LONGEST, SHORTEST, good_password
from campapp.core.form import fields
from campapp.core.form.base import Form
from campapp.core.language import LOCALES, NAMES
from campapp.core.language import lazy_gettext as _l
from campapp.core.text import codes, lines, names
from campapp.core.text.language import Unreadable
from campapp.core.web import safe_next

LONGEST_NAME = 60
COMMON_ZONES = (
    "Asia/Shanghai", "Asia/Hong_Kong", "Asia/Taipei", "Asia/Singapore", "Asia/Tokyo", "Asia/Seoul", "Asia/Kolkata",
    "Asia/Dubai", "Europe/Moscow", "Europe/Berlin", "Europe/Paris", "Europe/London", "America/Sao_Paulo",
    "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "Pacific/Honolulu",
    "Pacific/Auckland", "Australia/Sydney", "Africa/Nairobi", "UTC",
)  # fmt: skip


def person(typed: str) -> str:
    """A person's name, also a long one from abroad."""
    return names.title(typed, LONGEST_NAME)


def six_digits(typed: str) -> str:
    """A code as typed; full width and spaces are forgiven."""
    found = "".join(str(int(c)) for c in lines.one_line(typed, 40) if c.isdecimal())
    if len(found) != 6:
        raise Unreadable(_l("The code has six digits."))
    return found


def zone(typed: str) -> str:
    """The name of a time zone that exists."""
    if typed not in available_timezones():
        raise Unreadable(_l("There is no such time zone."))
    return ZoneInfo(typed).key


class NewPassword(PasswordField):
    """A password to be: judged, never shown again."""

    kind = "password"

    def __init__(self, label: Any, *, autocomplete: str = "new-password", **options: Any) -> None:
        super().__init__(
            label,
            [fields.Required()],
            render_kw={"autocomplete": autocomplete, "maxlength": LONGEST},
            **options,
        )

    def judge(self, *about: str) -> bool:
        """Whether it may be used; what is wrong stands beside the field."""
        try:
            good_password(self.data or "", *about)
        except Unreadable as problem:
            self.errors = [str(problem)]
            return False
        return True


def new_password(label: Any) -> NewPassword:
    """The field for a password to be."""
    return NewPassword(
        label, description=_l("At least %(n)d characters; a short sentence is good.", n=SHORTEST)
    )


def present_password(label: Any) -> PasswordField:
    """The field for the password that one has."""
    return PasswordField(
        label, [fields.Required()], render_kw={"autocomplete": "current-password", "maxlength": LONGEST}
    )


def mail(label: Any, **options: Any) -> Any:
    """The field for a mail address."""
    return fields.read(
        label, codes.mail, required=True, kind="email", render_kw={"autocomplete": "email"}, **options
    )


class Onward(Form):
    """A form that remembers where its person wanted to go."""

    then = HiddenField()

    def onward(self, otherwise: str = "/") -> str:
        """That page, if it is one of ours."""
        return safe_next(self.then.data) or otherwise


class SignUpForm(Onward):
    """A visitor's account."""

    name = fields.read(_l("Your name"), person, required=True, render_kw={"autocomplete": "name"})
    address = mail(_l("Mail address"), description=_l("We send a code there; you can go on without it."))
    password = new_password(_l("Password"))

    def validate(self, extra_validators: Any = None) -> bool:
        """The password is judged by name and address too."""
        good = super().validate(extra_validators)
        return (
            bool(self.password.data)
            and self.password.judge(self.name.data or "", self.address.data or "")
            and good
        )


class SignInForm(Onward):
    """Address and password."""

    address = mail(_l("Mail address"))
    password = present_password(_l("Password"))


class CodeForm(Onward):
    """Six digits."""

    code = fields.read(_l("Code"), six_digits, required=True, kind="code", render_kw={"maxlength": 12})


class AddressForm(Form):
    """Another mail address."""

    address = mail(_l("New mail address"))


class ChangeForm(AddressForm):
    """Another mail address, by who knows the password."""

    password = present_password(_l("Your password"))


class CorrectionForm(AddressForm):
    """Another person's mail address, with how they proved who they are."""

    reason = fields.line(_l("How did this person prove who they are?"), 300, required=True,
                         description=_l("Kept in the audit log."))  # fmt: skip


class ReasonForm(Form):
    """Why."""

    reason = fields.line(_l("Reason"), 300, required=True, description=_l("Kept in the audit log."))


class AskForm(Form):
    """Which address to send a way to a new password to."""

    address = mail(_l("Mail address"))


class PasswordForm(Form):
    """A new password, by a link."""

    password = new_password(_l("New password"))

    def validate(self, extra_validators: Any = None) -> bool:
        """It is judged."""
        return super().validate(extra_validators) and self.password.judge()


class ResetForm(PasswordForm):
    """A new password, by a code typed on the same page."""

    address = HiddenField()
    code = fields.read(_l("Code"), six_digits, required=True, kind="code", render_kw={"maxlength": 12})


class ChangePasswordForm(PasswordForm):
    """A new password, by who knows the present one."""

    present = present_password(_l("Present password"))


class EnterForm(PasswordForm):
    """An account by an invitation."""

    name = fields.read(_l("Your name"), person, required=True, render_kw={"autocomplete": "name"})


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
