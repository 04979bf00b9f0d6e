"""Codes that identify (unified social credit code, telephone, mail), and how they are masked."""

from __future__ import annotations

import re
import unicodedata

import phonenumbers
from stdnum.cn import uscc
from stdnum.exceptions import ValidationError

from campapp.core.text.language import Unreadable, lazy_gettext
from campapp.core.text.lines import one_line

_EXPONENT = re.compile(r"[+-]?\d+(?:\.\d+)?E[+-]?\d+", re.IGNORECASE)
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_CARD_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
"""ISO 7064, MOD 11-2, as GB 11643 has it."""
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


def exact(text: str) -> str:
    """A code typed or read from a sheet, in half width; refused where a spreadsheet rounded it (9.11E+17)."""
    text = unicodedata.normalize("NFKC", one_line(text, 200))
    if _EXPONENT.fullmatch(text):
        raise Unreadable(
            lazy_gettext(
                "“%(text)s” is a rounded number: the spreadsheet has lost the code’s last digits. "
                "Format the column as text and enter the code again.",
                text=text,
            )
        )
    return text


def credit_code(text: str) -> str:
    """A unified social credit code, 18 characters with a right check character; else `Unreadable`."""
    code = re.sub(r"[\s\-–—]", "", exact(text)).upper()
    try:
        return str(uscc.validate(code))
    except ValidationError:
        pass
    if len(code) != 18:
        raise Unreadable(
            lazy_gettext("A unified social credit code has 18 characters, this one has %(n)d.", n=len(code))
        )
    raise Unreadable(
        lazy_gettext("This unified social credit code is mistyped: its check character does not fit.")
    )


def identity(text: str) -> str:
    """An identity card of the mainland with a right check character, or a passport or permit; else `Unreadable`."""
    typed = re.sub(r"[\s\-–—]", "", exact(text)).upper()
    if re.fullmatch(r"[0-9]{17}[0-9X]", typed):
        total = sum(int(digit) * weight for digit, weight in zip(typed, _CARD_WEIGHTS, strict=False))
        if "10X98765432"[total % 11] == typed[17]:
            return typed
        raise Unreadable(
            lazy_gettext("This identity card number is mistyped: its check character does not fit.")
        )
    if re.fullmatch(r"[A-Z0-9]{5,15}", typed):
        return typed
    raise Unreadable(lazy_gettext("This is neither an identity card nor a passport number."))


def masked_identity(number: str) -> str:
    """110***********123X: enough to recognise one's own, too little to use."""
    head, tail = (3, 4) if len(number) > 12 else (1, 2)
    return number[:head] + "*" * (len(number) - head - tail) + number[-tail:]


def phone(text: str, region: str = "CN") -> str:
    """A telephone number in E.164 (+8613800008000), read with spaces, hyphens, full width, 0086 or +852."""
    typed = re.sub(r"^00", "+", exact(text))
    try:
        number = phonenumbers.parse(typed, region)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or number.extension or not phonenumbers.is_valid_number(number):
        raise Unreadable(
            lazy_gettext("This is no telephone number. From abroad, begin with + and the country.")
        )
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def mobile(text: str, region: str = "CN") -> str:
    """A number that can receive a text message, in E.164; else `Unreadable`."""
    found = phone(text, region)
    mobiles = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE)
    if phonenumbers.number_type(phonenumbers.parse(found)) not in mobiles:
        raise Unreadable(lazy_gettext("A landline cannot receive the code. Enter a mobile number."))
    return found


def phone_shown(e164: str) -> str:
    """A stored number as people write it: 138 0000 8000 at home, +852 5123 4567 abroad."""
    number = phonenumbers.parse(e164)
    if number.country_code != 86:
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)


def mail(text: str) -> str:
    """A mail address in the form in which accounts are compared: lower case, half width, domain in ASCII."""
    typed = unicodedata.normalize("NFKC", one_line(text, 254))
    local, at, domain = typed.rpartition("@")
    try:
        domain = domain.rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        domain = ""
    labels = domain.split(".")
    fits = at and len(local) <= 64 and len(labels) > 1 and not labels[-1].isdigit()
    if not (fits and _LOCAL.fullmatch(local) and all(_LABEL.fullmatch(label) for label in labels)):
        raise Unreadable(lazy_gettext("This is no mail address. It looks like name@company.example."))
    return f"{local.lower()}@{domain}"


def contact(text: str) -> str:
    """A mail address or a mobile number, whichever was typed, in the form in which accounts are compared."""
    return mail(text) if "@" in unicodedata.normalize("NFKC", text) else mobile(text)


def contact_kind(value: str) -> str:
    """`mail` or `phone`, of what `contact` read."""
    return "mail" if "@" in value else "phone"


def masked(value: str) -> str:
    """A mail address or number, masked."""
    return masked_mail(value) if "@" in value else masked_phone(value)


def masked_phone(e164: str) -> str:
    """138****8000, +852****4567: enough to recognise one's own number, too little to call it."""
    if e164.startswith("+86"):
        return f"{e164[3:6]}****{e164[-4:]}"
    number = phonenumbers.parse(e164)
    return f"+{number.country_code}****{e164[-4:]}"


def masked_mail(address: str) -> str:
    """z***@x.example."""
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}***@{domain}"
