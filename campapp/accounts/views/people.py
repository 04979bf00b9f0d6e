"""The park's administrators help people: find an account, correct its address, end its sessions."""

from __future__ import annotations

from flask import Blueprint, Response, request

from campapp.accounts import actions, queries
from campapp.accounts.actions import throttle
from campapp.accounts.forms import AddressForm, CorrectionForm, NumberCorrectionForm, ReasonForm
from campapp.accounts.lists import People
from campapp.accounts.models import Account
from campapp.core.access import find, park_administrator
from campapp.core.language import gettext as _
from campapp.core.memberships import memberships_of
from campapp.core.text.codes import phone_shown
from campapp.core.web import guarded_by, page, to

bp = Blueprint("people", __name__)


@bp.get("/people")
@guarded_by(park_administrator)
def index() -> Response:
    """By name or address, newest first; as a file."""
    listing = People.from_url(request.args)
    if kind := request.args.get("as"):
        return listing.export(kind).answer()
    return page("accounts/people/index.html", fragment="list", list=listing, form=AddressForm.of())


@bp.get("/people/<int:account_id>")
@guarded_by(park_administrator)
def show(account_id: int) -> Response:
    """One person: addresses, roles, what an administrator may do."""
    return _page(find(Account, account_id))


def _page(account: Account, *, correction: CorrectionForm | None = None, number: NumberCorrectionForm | None = None,
          status: int = 200) -> Response:  # fmt: skip
    memberships, factor = memberships_of(account.id), queries.second_factor_of(account.id)
    return page("accounts/people/show.html", status=status, account=account, memberships=memberships,
                form=correction or CorrectionForm.of(), reason=ReasonForm.of(), correct=actions.correct_address,
                number=number or NumberCorrectionForm.of(), pending=queries.latest_code(account.id, "change"),
                adopting=queries.latest_code(account.id, "adopt"),
                second_factor=factor is not None and factor.confirmed_at is not None)  # fmt: skip


@bp.post("/people/<int:account_id>/address")
@guarded_by(actions.correct_address)
def correct(account_id: int) -> Response:
    """Another address, with how the person proved who they are; it must still be confirmed there."""
    account, form = find(Account, account_id), CorrectionForm.of(sent=request.form)
    if not form.validate():
        return _page(account, correction=form, status=422)
    throttle.spend((throttle.MAIL_ADDRESS, (form.address.data,)))
    actions.correct_address(find(Account, account_id), form.address.data, reason=form.reason.data)
    words = _("A code is on its way to %(address)s; the address holds once it is typed or its link pressed.",
              address=form.address.data)  # fmt: skip
    return to(".show", account_id=account_id, done=words)


@bp.post("/people/<int:account_id>/number")
@guarded_by(actions.correct_number)
def correct_number(account_id: int) -> Response:
    """Another mobile number, with how the person proved who they are; it holds once they sign in with it."""
    account, form = find(Account, account_id), NumberCorrectionForm.of(sent=request.form)
    if not form.validate():
        return _page(account, number=form, status=422)
    actions.correct_number(account, form.number.data, reason=form.reason.data)
    words = _("Whoever signs in with a code to %(number)s within two weeks is in this account.",
              number=phone_shown(form.number.data))  # fmt: skip
    return to(".show", account_id=account_id, done=words)


@bp.delete("/people/<int:account_id>/second-factor")
@guarded_by(actions.lift_second_factor)
def lift_second_factor(account_id: int) -> Response:
    """For who lost app and recovery codes, with how they proved who they are."""
    account, form = find(Account, account_id), ReasonForm.of(sent=request.form)
    if not form.validate():
        return to(".show", account_id=account_id, done=_("Give a reason, please."))
    actions.lift_second_factor(account, reason=form.reason.data)
    return to(".show", account_id=account_id, done=_("Signing in asks this person for one proof again."))


@bp.post("/people/<int:account_id>/administration")
@guarded_by(park_administrator)
def make(account_id: int) -> Response:
    """Make an administrator."""
    form = ReasonForm.of(sent=request.form)
    if not form.validate():
        return to(".show", account_id=account_id, done=_("Give a reason, please."))
    actions.make_administrator(find(Account, account_id), reason=form.reason.data)
    return to(".show", account_id=account_id, done=_("This person administers the park now."))


@bp.delete("/people/<int:account_id>/administration")
@guarded_by(park_administrator)
def unmake(account_id: int) -> Response:
    """No administrator any more."""
    form = ReasonForm.of(sent=request.form)
    if not form.validate():
        return to(".show", account_id=account_id, done=_("Give a reason, please."))
    actions.unmake_administrator(find(Account, account_id), reason=form.reason.data)
    return to(".show", account_id=account_id, done=_("This person no longer administers the park."))


@bp.post("/people/invitations")
@guarded_by(park_administrator)
def invite() -> Response:
    """Invite a further administrator by mail."""
    form = AddressForm.of(sent=request.form)
    if not form.validate():
        return to(".index", done=_("That is no mail address."))
    actions.invite("park", 0, address=form.address.data)
    return to(".index", done=_("The invitation is on its way to %(address)s.", address=form.address.data))
