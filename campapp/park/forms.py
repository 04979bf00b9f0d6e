"""What may be typed about the park."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from wtforms import FileField, HiddenField, PasswordField

from campapp.accounts import forms as accounts
from campapp.core.form.base import Form
from campapp.core.form.fields import both, cards, line, read, select, tick, whole
from campapp.core.form.fields import day as a_day
from campapp.core.language import lazy_gettext as _l
from campapp.core.park import Park
from campapp.core.text import codes
from campapp.core.text.language import Unreadable
from campapp.core.text.lines import one_line

LOGO_MEGABYTES = 1


def web_address(typed: str) -> str:
    """`https://host` with an optional path, without a slash at the end."""
    parts = urlsplit(one_line(typed, 200))
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise Unreadable(_l("Write it like https://camp.example."))
    return urlunsplit((parts.scheme, parts.netloc, parts.path.rstrip("/"), "", ""))


def host(typed: str) -> str:
    """The name of a machine."""
    found = one_line(typed, 200).lower()
    if not found.replace(".", "").replace("-", "").replace(":", "").isalnum():
        raise Unreadable(_l("Write the server's name only, like smtp.example."))
    return found


class ParkForm(Form):
    """Names, logo, zone, mail, footer."""

    name = both(_l("Name of the park"), 100, required=True)
    logo = FileField(_l("Logo"), description=_l("PNG or JPEG, up to 1 MB."))
    zone = read(_l("Time zone"), accounts.zone, required=True, render_kw={"list": "zones"},
                description=_l("Where the park stands; each programme may have its own."))  # fmt: skip
    address = read(_l("Address of this site"), web_address, required=True, kind="link",
                   description=_l("Links in mails begin with it."))  # fmt: skip
    contact = read(
        _l("Contact address"), codes.mail, kind="email", description=_l("Answers to mails go there.")
    )
    mail_from = read(_l("Mails come from"), codes.mail, kind="email")
    smtp_host = read(_l("Mail server"), host, description=_l("Empty: mails wait until one is set."))
    smtp_port = whole(_l("Port"), 1, 65535)
    smtp_security = select(
        _l("Encryption"),
        [("smtp", _l("STARTTLS where offered")), ("smtps", _l("TLS from the start"))],
        required=True,
    )
    smtp_user = line(_l("User at the mail server"), 200, render_kw={"autocomplete": "off"})
    smtp_password = PasswordField(_l("Password at the mail server"), render_kw={"autocomplete": "new-password"},
                                  description=_l("Empty: as it is."))  # fmt: skip
    icp = line(_l("ICP number"), 60)
    police = line(_l("Public security number"), 60)
    second_factor = tick(_l("Organisers, administrators and fund officers need a second factor"),
                         description=_l("Who has none yet sets it up before anything else."))  # fmt: skip
    version = HiddenField()

    def smtp_url(self, before: str = "") -> str:
        """The mail server's address; an empty password stays the one before."""
        if not self.smtp_host.data:
            return ""
        known = unquote(urlsplit(before).password or "") if before else ""
        secret = self.smtp_password.data or (known if self.smtp_user.data else "")
        login = (
            f"{quote(self.smtp_user.data, safe='')}:{quote(secret, safe='')}@" if self.smtp_user.data else ""
        )
        port = f":{self.smtp_port.data}" if self.smtp_port.data else ""
        return f"{self.smtp_security.data}://{login}{self.smtp_host.data}{port}"

    def park_values(self, before: str = "") -> dict[str, Any]:
        """What the action is given."""
        return {**self.values, "smtp_url": self.smtp_url(before)}


class SetUpForm(ParkForm):
    """The same, and the first administrator."""

    token = HiddenField()
    administrator = read(_l("Your name"), accounts.person, required=True, render_kw={"autocomplete": "name"})
    mail = accounts.mail(_l("Your mail address"))
    password = accounts.new_password(_l("Password"))

    def validate(self, extra_validators: Any = None) -> bool:
        """The password is judged too."""
        good = super().validate(extra_validators)
        return bool(self.password.data) and self.password.judge(self.mail.data or "") and good


def shown(park: Park) -> dict[str, Any]:
    """How the mail server's parts stand in the form; the password does not."""
    parts = urlsplit(park.smtp_url)
    return {
        "smtp_host": parts.hostname or "", "smtp_port": parts.port, "smtp_security": parts.scheme or "smtp",
        "smtp_user": unquote(parts.username or ""), "address": park.options.get("address", ""),
        "second_factor": bool(park.options.get("second_factor")),
    }  # fmt: skip


class SpecialDayForm(Form):
    """A holiday, or a weekend that is worked."""

    day = a_day(_l("Day"), required=True)
    works = cards(
        _l("What it is"), [("0", _l("Holiday")), ("1", _l("Working day"))], required=True, default="0"
    )
    name = both(_l("Name"), 60, required=True)


class ErasureForm(Form):
    """That a person wants to go, proved once more."""

    sure = tick(_l("I want my data to be erased for good"), required=True)
    password = accounts.known_password(_l("Your password"))


class OthersErasureForm(Form):
    """At whose request somebody is erased, and how they proved who they are."""

    reason = line(_l("Who asked for it, and how did they prove who they are?"), 300, required=True,
                  description=_l("Kept in the audit log: name nobody here."))  # fmt: skip


class RetentionForm(Form):
    """How long a programme keeps what is personal."""

    months = whole(_l("Months after the last day"), 6, 240, required=True,
                   description=_l("Six at least: the log must be kept so long."))  # fmt: skip
