"""What is typed to sign up, to sign in and to get in again."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField

from campapp.accounts.forms.typed import (
    contact,
    digits,
    mail,
    new_password,
    person,
    present_password,
    six_digits,
)
from campapp.core.form import fields
from campapp.core.form.base import Form
from campapp.core.language import lazy_gettext as _l
from campapp.core.web import safe_next


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

    address = contact(_l("Mobile number or mail address"))
    password = present_password(_l("Password"))


class AskCodeForm(Onward):
    """Where a code to sign in goes, and the answer to a question that machines stumble over."""

    address = contact(
        _l("Mobile number or mail address"),
        description=_l("Numbers from abroad begin with + and the country."),
    )
    answer = fields.read(None, digits, kind="number", render_kw={"autocomplete": "off", "maxlength": 6})
    token = HiddenField()


class NameForm(Onward):
    """Who begins an account by a code."""

    name = fields.read(_l("Your name"), person, required=True, render_kw={"autocomplete": "name"})


class SecondStepForm(Onward):
    """A code of the app, or a recovery code."""

    code = fields.line(_l("Code of the app, or a recovery code"), 40, required=True, kind="code")


class CodeForm(Onward):
    """Six digits."""

    code = fields.read(_l("Code"), six_digits, required=True, kind="code", render_kw={"maxlength": 12})


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


class EnterForm(PasswordForm):
    """An account by an invitation."""

    name = fields.read(_l("Your name"), person, required=True, render_kw={"autocomplete": "name"})
