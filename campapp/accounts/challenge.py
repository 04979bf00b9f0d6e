"""A question before the first code is sent, so that no machine sends messages at the park's cost.

The question is words, so that it is read aloud and needs no picture and no script. It is worth what the limits by
number, place and day behind it are worth: it makes a machine pay attention, they hold the bill.
"""

from __future__ import annotations

import hmac
import secrets
from datetime import timedelta

from flask import session as browser

from campapp.accounts import proofs
from campapp.accounts.actions import throttle
from campapp.core import clock
from campapp.core.language import gettext as _
from campapp.core.language import lazy_gettext as _l
from campapp.core.text import numbers

HOLDS = timedelta(minutes=10)
PASSED = "answered"
NUMBERS = (
    _l("one"), _l("two"), _l("three"), _l("four"), _l("five"), _l("six"), _l("seven"), _l("eight"), _l("nine"),
)  # fmt: skip


def question() -> tuple[str, str]:
    """A question in words, and the token that its answer is checked by."""
    first, second = 1 + secrets.randbelow(9), 1 + secrets.randbelow(9)
    words = _("How much is %(a)s plus %(b)s?", a=NUMBERS[first - 1], b=NUMBERS[second - 1])
    nonce, at = secrets.token_hex(8), int(clock.now().timestamp())
    return words, f"{nonce}.{at}.{_proof(nonce, str(at), str(first + second))}"


def answered(token: str, typed: str) -> bool:
    """Whether this is the answer; each question is good for one try. Then the browser may ask for a few codes."""
    nonce, _dot, rest = token.partition(".")
    at, _dot, proof = rest.partition(".")
    sent = numbers.key(at)
    if sent is None or clock.now().timestamp() - sent > HOLDS.total_seconds():
        return False
    try:
        throttle.spend((throttle.CHALLENGE, (nonce,)))
    except throttle.TooMany:
        return False
    answer = str(int(typed)) if typed.isdecimal() and len(typed) < 4 else ""
    if not hmac.compare_digest(_proof(nonce, at, answer).encode(), proof.encode()):
        return False
    browser[PASSED] = nonce
    return True


def passed() -> bool:
    """Whether this browser has answered a question lately, and has codes left to ask for. Counts one."""
    nonce = browser.get(PASSED)
    if not nonce:
        return False
    try:
        throttle.spend((throttle.PASSED, (str(nonce),)))
    except throttle.TooMany:
        browser.pop(PASSED)
        return False
    return True


def _proof(nonce: str, at: str, answer: str) -> str:
    return proofs.keyed(f"challenge:{nonce}:{at}:{answer}").hex()[:32]
