"""My data: everything about me as one file, and its erasure."""

from __future__ import annotations

import json
import tempfile
import zipfile
from typing import IO, Any

from flask import Blueprint, Response, request, send_file, url_for

from campapp.accounts import passwords
from campapp.accounts.actions import throttle
from campapp.accounts.models import Account
from campapp.accounts.views.account import needs_present
from campapp.accounts.views.entering import let_out
from campapp.core import clock, files
from campapp.core.access import Refused, find, park_administrator, signed_in
from campapp.core.current import current
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by, page, to
from campapp.park import personal
from campapp.park.actions import erase_person, hand_out_data
from campapp.park.forms import ErasureForm, OthersErasureForm

bp = Blueprint("my_data", __name__)


def _myself() -> Account:
    return find(Account, current.actor.account_id or 0)


def _page(account: Account, form: ErasureForm | None = None, status: int = 200) -> Response:
    return page("park/my_data.html", status=status, account=account, form=form or ErasureForm.of(),
                asks_password=needs_present(account))  # fmt: skip


@bp.get("/account/data")
@guarded_by(signed_in)
def show() -> Response:
    """What there is, and both ways."""
    return _page(_myself())


@bp.post("/account/data")
@guarded_by(signed_in)
def create() -> Response:
    """The file, logged as handed out."""
    hand_out_data(_myself())
    packed = _packed(_myself())
    name = f"campapp-{clock.today(current.zone)}.zip"
    return send_file(packed, mimetype="application/zip", as_attachment=True, download_name=name, max_age=0)


def _packed(account: Account) -> IO[bytes]:
    packed = tempfile.TemporaryFile()  # noqa: SIM115  # it lives as long as the answer
    words = _("Everything that this park keeps about you. data.json: each table with the rows that name you, "
              "and named_by_others: what colleagues wrote of you; files: what you and your teams gave.")  # fmt: skip
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        document: dict[str, Any] = {"made_at": clock.now().isoformat(), **personal.whole(account)}
        archive.writestr("data.json", json.dumps(document, ensure_ascii=False, indent=1, default=str))
        archive.writestr("README.txt", words)
        for file in personal.own_files(account):
            if files.place(file.sha256).exists():
                archive.write(files.place(file.sha256), f"files/{file.id}-{file.name}")
    packed.seek(0)
    return packed


@bp.post("/account/erasure")
@guarded_by(signed_in)
def erase() -> Response:
    """By the person, who proves once more that it is them."""
    account, form = _myself(), ErasureForm.of(sent=request.form)
    if not form.validate():
        return _page(account, form, 422)
    if needs_present(account):
        throttle.spend((throttle.CODE, ("password", str(account.id))))
        account = _myself()
        if not passwords.matches(account.password, form.password.data or ""):
            form.blame("password", _("This is not your password."))
            return _page(account, form, 422)
    try:
        erase_person(account)
    except Refused as problem:
        form.blame("sure", problem.reason)
        return _page(_myself(), form, 409)
    return let_out("/", done=_("Your data is erased. Goodbye."))


@bp.get("/people/<int:account_id>/erasure")
@guarded_by(park_administrator)
def ask(account_id: int) -> Response:
    """What it does, asked before an administrator erases who cannot do it themselves."""
    return page("park/erase.html", account=find(Account, account_id), form=OthersErasureForm.of())


@bp.post("/people/<int:account_id>/erasure")
@guarded_by(park_administrator)
def erase_other(account_id: int) -> Response:
    """By an administrator, on a request that they name."""
    account, form = find(Account, account_id), OthersErasureForm.of(sent=request.form)
    if not form.validate():
        return page("park/erase.html", status=422, account=account, form=form)
    try:
        erase_person(account, reason=form.reason.data)
    except Refused as problem:
        form.blame("reason", problem.reason)
        return page("park/erase.html", status=409, account=find(Account, account_id), form=form)
    return to(url_for("accounts.people.index"), done=_("This person's data is erased."))
