"""The empty park's set-up page, unlocked by the token that `campapp run` prints."""

from __future__ import annotations

from types import SimpleNamespace

from flask import Blueprint, Response, abort, g, redirect, request

from campapp.accounts import passwords
from campapp.accounts.actions import throttle
from campapp.accounts.setup import unlocks
from campapp.accounts.views.entering import let_in
from campapp.core.current import current
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by, page
from campapp.park.actions import set_up
from campapp.park.forms import SetUpForm
from campapp.park.rules import empty_park
from campapp.park.testing_mail import try_mail
from campapp.park.views.logo import kept_logo

bp = Blueprint("setup", __name__)


@bp.before_app_request
def lead_there() -> Response | None:
    """Who opens an empty park's first page is led here."""
    if request.path == "/" and g.get("park") is None and not current.actor.is_authenticated:
        return redirect("/setup")  # type: ignore[return-value]
    return None


@bp.get("/setup")
@guarded_by(empty_park)
def new() -> Response:
    """The form, or the question for the token."""
    token = request.args.get("token", "")
    if not unlocks(token):
        if token:
            throttle.spend((throttle.SIGN_IN_PLACE, ("set-up", throttle.here())))
        return page("park/locked.html", wrong=bool(token))
    usual = SimpleNamespace(zone="Asia/Shanghai", address=request.host_url.rstrip("/"), smtp_security="smtp")
    form = SetUpForm.of(usual, token=token)
    return page("park/setup.html", form=form)


@bp.post("/setup")
@guarded_by(empty_park)
def create() -> Response:
    """The park, its first administrator, and in."""
    form = _unlocked()
    if not form.validate():
        return page("park/setup.html", status=422, form=form)
    logo = kept_logo(form.logo)
    if form.logo.errors:
        return page("park/setup.html", status=422, form=form)
    account = set_up(
        form.park_values(), logo, administrator=form.administrator.data, address=form.mail.data,
        password=passwords.hashed(form.password.data), locale=current.locale,
    )  # fmt: skip
    return let_in(account, "/", done=_("The park is set up. Welcome."))


@bp.post("/setup/test-message")
@guarded_by(empty_park)
def test_message() -> Response:
    """Try the mail server as it is typed, before anything is kept."""
    form = _unlocked()
    form.validate()
    to = form.mail.data or form.contact.data
    if not to:
        result = (False, _("Fill in your mail address."))
    else:
        name = form.values["name_zh"] or form.values["name_en"] or "campapp"
        result = try_mail(form.smtp_url(), sender=form.mail_from.data or "", to=to, park_name=name)
    return page("park/setup.html", fragment="result", form=form, result=result)


def _unlocked() -> SetUpForm:
    form = SetUpForm.of(sent=request.form)
    if not unlocks(str(form.token.data or "")):
        throttle.spend((throttle.SIGN_IN_PLACE, ("set-up", throttle.here())))
        abort(404)
    form.logo.data = request.files.get("logo")
    return form
