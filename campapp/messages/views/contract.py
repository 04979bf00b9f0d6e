"""The park's contract for text messages, for its administrators."""

from __future__ import annotations

from flask import Blueprint, Response, abort, current_app, request

from campapp.accounts.models import Account
from campapp.core import sms
from campapp.core.access import find, park_administrator
from campapp.core.current import current
from campapp.core.language import gettext as _
from campapp.core.mail import NotSent, Unsure
from campapp.core.park import Park, the_park
from campapp.core.text import numbers
from campapp.core.web import guarded_by, page, to
from campapp.messages.actions import enter_contract
from campapp.messages.contract_form import ContractForm, approved, contract_form, shown
from campapp.messages.gateways import gateway_of
from campapp.settings import Settings

bp = Blueprint("contract", __name__)
TRIED = "accounts/code"


def _park() -> Park:
    park = the_park()
    if park is None:
        abort(404)
    return park


def _page(
    park: Park, form: ContractForm, status: int = 200, result: tuple[bool, str] | None = None
) -> Response:
    texts = [(text, form[f"home_{n}"], form[f"abroad_{n}"]) for n, (text, _names) in enumerate(approved())]
    return page("messages/contract/show.html", status=status, row=park, form=form, texts=texts, result=result,
                kept=sms.kept_here())  # fmt: skip


@bp.get("/park/text-messages")
@guarded_by(park_administrator)
def show() -> Response:
    """Provider, keys, signature; each text as it is handed in for approval, with its ids."""
    park = _park()
    return _page(park, contract_form().of(None, **shown(park.sms), version=park.version))


@bp.post("/park/text-messages")
@guarded_by(enter_contract)
def update() -> Response:
    """Change it."""
    park, form = _park(), contract_form().of(sent=request.form)
    if not form.validate():
        return _page(park, form, 422)
    version = numbers.key(form.version.data) or park.version
    enter_contract(park, form.contract(dict(park.sms)), version=version)
    return to(".show", done=_("Saved."))


@bp.post("/park/text-messages/test-message")
@guarded_by(park_administrator)
def test_message() -> Response:
    """Try the contract as it is kept, to the administrator's own confirmed number."""
    park = _park()
    form = contract_form().of(None, **shown(park.sms), version=park.version)
    return _page(park, form, result=_tried(dict(park.sms)))


def _tried(contract: dict[str, object]) -> tuple[bool, str]:
    settings: Settings = current_app.config["SETTINGS"]
    if settings.demo:
        return False, _(
            "In the demo and in rehearsals text messages stay in the mailbox page: no provider is asked."
        )
    mine = find(Account, current.actor.account_id or 0).holds("phone")
    if mine is None:
        return False, _("Confirm a mobile number on your account's page first.")
    known = sms.template_id(contract, TRIED, mine.value)
    if not contract or not known:
        return False, _("Save a provider and the id of the text for codes first.")
    try:
        gateway_of(contract).send(mine.value, known, {"code": "000000"})
    except (NotSent, Unsure) as problem:
        return False, _("The provider did not take it: %(words)s", words=str(problem))
    return True, _("Taken by the provider. Look at your telephone.")
