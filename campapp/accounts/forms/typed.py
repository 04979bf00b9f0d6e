"""What is read in forms about accounts, and the fields that several of them have."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from wtforms import PasswordField

from campapp.accounts.passwords import LONGEST, SHORTEST, good_password
from campapp.core.form import fields
from campapp.core.language import lazy_gettext as _l
from campapp.core.text import codes, lines, names
from campapp.core.text.language import Unreadable

LONGEST_NAME = 60
COMMON_ZONES = (
    "Asia/Shanghai", "Asia/Hong_Kong", "Asia/Taipei", "Asia/Singapore", "Asia/Tokyo", "Asia/Seoul", "Asia/Kolkata",
    "Asia/Dubai", "Europe/Moscow", "Europe/Berlin", "Europe/Paris", "Europe/London", "America/Sao_Paulo",
    "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "Pacific/Honolulu",
    "Pacific/Auckland", "Australia/Sydney", "Africa/Nairobi", "UTC",
)  # fmt: skip


def person(typed: str) -> str:
    """A person's name, also a long one from abroad."""
    return names.one_dot(names.title(typed, LONGEST_NAME))


def six_digits(typed: str) -> str:
    """A code as typed; full width and spaces are forgiven."""
    found = "".join(str(int(c)) for c in lines.one_line(typed, 40) if c.isdecimal())
    if len(found) != 6:
        raise Unreadable(_l("The code has six digits."))
    return found


def digits(typed: str) -> str:
    """A small number as typed; full width is forgiven."""
    found = "".join(str(int(c)) for c in lines.one_line(typed, 10) if c.isdecimal())
    if not found:
        raise Unreadable(_l("This is not a whole number."))
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


def known_password(label: Any) -> PasswordField:
    """The field for the password that an account may have: one that signs in by codes has none."""
    return PasswordField(label, render_kw={"autocomplete": "current-password", "maxlength": LONGEST})


def mail(label: Any, **options: Any) -> Any:
    """The field for a mail address."""
    return fields.read(
        label, codes.mail, required=True, kind="email", render_kw={"autocomplete": "email"}, **options
    )


def contact(label: Any, **options: Any) -> Any:
    """The field for a mail address or a mobile number, whichever somebody has."""
    return fields.read(
        label,
        codes.contact,
        required=True,
        render_kw={"autocomplete": "username", "autocapitalize": "off"},
        **options,
    )


def number(label: Any, **options: Any) -> Any:
    """The field for a mobile number."""
    return fields.read(
        label, codes.mobile, required=True, kind="phone", shown=codes.phone_shown,
        render_kw={"autocomplete": "tel"}, **options,
    )  # fmt: skip
