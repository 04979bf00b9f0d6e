"""The texts that accounts send to telephones, as they are handed in for approval."""

from __future__ import annotations

from typing import Any

from campapp.accounts import proofs
from campapp.accounts.models import Code
from campapp.core.language import lazy_gettext as _l
from campapp.core.sms import SmsText, texts


def _digits(code: Code, _words: dict[str, Any]) -> dict[str, str]:
    return {"code": proofs.digits(code)}


texts["accounts/code"] = SmsText(
    label=_l("Code to sign in or to confirm a number"),
    words=_l("Your code is %(code)s. It holds for five minutes. Give it to nobody."),
    variables=("code",), fill=_digits, until=lambda code: code.expires_at,
)  # fmt: skip
texts["accounts/number_changed"] = SmsText(
    label=_l("Your account uses another number now"),
    words=_l("Your account no longer uses this number. Was this not you? Tell the organiser at once."),
    variables=(), fill=lambda _code, _words: {},
)  # fmt: skip
