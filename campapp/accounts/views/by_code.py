"""Sign in or up with a code, by text message or mail: the same way and the same words whoever comes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, request
from flask import session as browser

from campapp.accounts import actions, challenge
from campapp.accounts.actions import throttle
from campapp.accounts.actions.code import fits
from campapp.accounts.forms import AskCodeForm, CodeForm, NameForm
from campapp.accounts.models import Code
from campapp.accounts.views.entering import let_in
from campapp.core import clock, sms
from campapp.core.current import current
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.text.codes import contact_kind, masked
from campapp.core.web import page, public, safe_next, to

bp = Blueprint("by_code", __name__)
ASKED, PROVED = "entry", "proved"
AGAIN = timedelta(minutes=1)
HOLDS = timedelta(minutes=30)
"""How long a proved address waits for a name."""


@bp.get("/sign-in/code")
@public
def new() -> Response:
    """Which number or address, and a question for machines."""
    if current.actor.is_authenticated:
        return to(safe_next(request.args.get("then")) or "/")
    return _ask(AskCodeForm.of(then=request.args.get("then", "")))


def _ask(form: AskCodeForm, status: int = 200) -> Response:
    words, token = challenge.question()
    form.token.data, form.answer.data, form.answer.raw_data, form.answer.label.text = token, None, None, words
    return page("accounts/by_code/new.html", fragment="form", status=status, form=form)


@bp.post("/sign-in/code")
@public
def create() -> Response:
    """Send it; nothing is looked up, so nothing can be told."""
    form = AskCodeForm.of(sent=request.form)
    good = form.validate()
    if not challenge.answered(str(form.token.data or ""), form.answer.data or "") or not challenge.passed():
        form.blame("answer", _("That is not the answer. Here is another question."))
        good = False
    if good and (trouble := _out_of_reach(form.address.data)):
        form.blame("address", trouble)
        good = False
    if not good:
        return _ask(form, 422)
    return _send(form.address.data, form.onward())


def _out_of_reach(address: str) -> str:
    """Why no code can go to this number; empty where it can, and for each mail address."""
    if contact_kind(address) == "mail" or sms.reaches("accounts/code", address):
        return ""
    return _("No text message can be sent to this number from here. Use your mail address, or ask the organiser "
             "for an invitation as a QR code.")  # fmt: skip


def _send(address: str, then: str) -> Response:
    spend_limits(address)
    before = (browser.get(ASKED) or {}).get("code")
    code = actions.send_entry_code(address, instead_of=before)
    browser[ASKED] = {"code": code.id, "then": then}
    return to(".digits")


def spend_limits(address: str) -> None:
    """Count a code to this address: by number, by place, by day; one that comes too soon counts for nothing else."""
    soon = throttle.MAIL_SOON if contact_kind(address) == "mail" else throttle.TEXT_SOON
    throttle.spend((soon, (address,)))
    throttle.spend(*_limits(address))


def _limits(address: str) -> tuple[Any, ...]:
    here = throttle.here()
    if contact_kind(address) == "mail":
        return ((throttle.MAIL_ADDRESS, (address,)), (throttle.MAIL_PLACE, (here,)))
    return (
        (throttle.TEXT_NUMBER, (address,)), (throttle.TEXT_PLACE, (here,)), (throttle.TEXT_PLACE_DAY, (here,)),
        (throttle.daily(sms.most_a_day()), ("park",)),
    )  # fmt: skip


def _asked() -> tuple[Code, str] | None:
    """The code that this browser was sent, and where it wants to go."""
    found: dict[str, Any] = browser.get(ASKED) or {}
    code = db.session.get(Code, int(found["code"])) if found else None
    return (code, str(found["then"])) if code is not None and code.purpose == "enter" else None


def _digits(form: CodeForm, code: Code, status: int = 200) -> Response:
    again_at = code.created_at + AGAIN
    fragment = "otherwise" if request.method == "GET" else "form"
    return page("accounts/by_code/digits.html", fragment=fragment, status=status, form=form, code=code,
                address=masked(code.value), again_at=again_at, waited=clock.now() >= again_at)  # fmt: skip


@bp.get("/sign-in/code/digits")
@public
def digits() -> Response:
    """The field for the six digits."""
    asked = _asked()
    return _digits(CodeForm.of(), asked[0]) if asked else to(".new")


@bp.post("/sign-in/code/digits")
@public
def typed() -> Response:
    """Right: in, or on to the name where there is no account. Tries are counted by code and by address."""
    asked, form = _asked(), CodeForm.of(sent=request.form)
    if asked is None:
        return to(".new")
    code, then = asked
    if not form.validate():
        return _digits(form, code, 422)
    throttle.spend((throttle.CODE, ("enter", code.value)), (throttle.SIGN_IN_PLACE, (throttle.here(),)))
    code_id = code.id
    if not fits(code_id, form.code.data):
        form.blame("code", _("This is not the code of the latest message, or it is too old."))
        return _digits(form, db.session.get_one(Code, code_id), 422)
    code = db.session.get_one(Code, code_id)
    account = actions.enter_by_code(code)
    if account is not None:
        return let_in(account, then, proof="code")
    browser.pop(ASKED)
    browser[PROVED] = {"value": code.value, "at": int(clock.now().timestamp()), "then": then}
    return to(".name")


@bp.post("/sign-in/code/again")
@public
def again() -> Response:
    """Another code to the same address, by who has answered the question."""
    asked = _asked()
    if asked is None or not challenge.passed():
        return to(".new")
    return _send(asked[0].value, asked[1])


def _proved() -> dict[str, Any] | None:
    found: dict[str, Any] | None = browser.get(PROVED)
    return found if found and clock.now().timestamp() - found["at"] <= HOLDS.total_seconds() else None


@bp.get("/sign-up/name")
@public
def name() -> Response:
    """The name, of who has proved an address that has no account."""
    found = _proved()
    if found is None:
        return to(".new")
    return page("accounts/by_code/name.html", form=NameForm.of(), address=masked(found["value"]))


@bp.post("/sign-up/name")
@public
def begin() -> Response:
    """The account."""
    found, form = _proved(), NameForm.of(sent=request.form)
    if found is None:
        return to(".new")
    value = str(found["value"])
    if not form.validate():
        return page(
            "accounts/by_code/name.html", fragment="form", status=422, form=form, address=masked(value)
        )
    account = actions.enter_anew(
        name=form.name.data, kind=contact_kind(value), value=value, locale=current.locale, zone=current.zone
    )
    return let_in(account, str(found["then"]), proof="code")
