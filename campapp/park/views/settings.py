"""The park's settings, for its administrators."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, request

from campapp.accounts.models import Account
from campapp.core.access import find, park_administrator
from campapp.core.current import current
from campapp.core.language import gettext as _
from campapp.core.park import Park, the_park
from campapp.core.text import numbers
from campapp.core.web import guarded_by, page, to
from campapp.park.actions import describe_park
from campapp.park.forms import ParkForm, shown
from campapp.park.testing_mail import try_mail
from campapp.park.views.logo import kept_logo

bp = Blueprint("settings", __name__)


def _park() -> Park:
    park = the_park()
    if park is None:
        abort(404)
    return park


def _page(park: Park, form: ParkForm, status: int = 200, **more: Any) -> Response:
    return page(
        "park/settings.html", fragment="result" if more else None, status=status, row=park, form=form, **more
    )


@bp.get("/park")
@guarded_by(park_administrator)
def show() -> Response:
    """Names, logo, zone, mail, footer."""
    park = _park()
    given = shown(park)
    given["address"] = given["address"] or request.url_root.rstrip("/")
    return _page(park, ParkForm.of(park, **given))


@bp.post("/park")
@guarded_by(describe_park)
def update() -> Response:
    """Change them."""
    park, form = _park(), ParkForm.of(sent=request.form)
    if not form.validate():
        return _page(park, form, 422)
    form.logo.data = request.files.get("logo")
    logo = kept_logo(form.logo)
    if form.logo.errors:
        return _page(park, form, 422)
    version = numbers.key(form.version.data) or park.version
    describe_park(park, form.park_values(park.smtp_url), logo, version=version)
    return to(".show", done=_("Saved."))


@bp.post("/park/test-message")
@guarded_by(park_administrator)
def test_message() -> Response:
    """Try the mail server as it is typed, to the administrator's own address."""
    park, form = _park(), ParkForm.of(sent=request.form)
    form.validate()
    me = find(Account, current.actor.account_id or 0)
    result = try_mail(
        form.smtp_url(park.smtp_url), sender=form.mail_from.data or form.contact.data or "", to=me.mail,
        park_name=park.name(current.locale),
    )  # fmt: skip
    return _page(park, form, result=result)
