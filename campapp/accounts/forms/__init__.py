"""What may be typed about accounts."""

from campapp.accounts.forms.account import (
    AddressForm,
    ChangeForm,
    ChangePasswordForm,
    CorrectionForm,
    MyselfForm,
    NumberCorrectionForm,
    NumberForm,
    ReasonForm,
    zones,
)
from campapp.accounts.forms.entering import (
    AskCodeForm,
    AskForm,
    CodeForm,
    EnterForm,
    NameForm,
    PasswordForm,
    ResetForm,
    SecondStepForm,
    SignInForm,
    SignUpForm,
)
from campapp.accounts.forms.typed import known_password, mail, new_password, person, zone

__all__ = [
    "AddressForm",
    "AskCodeForm",
    "AskForm",
    "ChangeForm",
    "ChangePasswordForm",
    "CodeForm",
    "CorrectionForm",
    "EnterForm",
    "MyselfForm",
    "NameForm",
    "NumberCorrectionForm",
    "NumberForm",
    "PasswordForm",
    "ReasonForm",
    "ResetForm",
    "SecondStepForm",
    "SignInForm",
    "SignUpForm",
    "known_password",
    "mail",
    "new_password",
    "person",
    "zone",
    "zones",
]
