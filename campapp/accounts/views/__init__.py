"""The pages of accounts."""

from __future__ import annotations

from flask import Blueprint

from campapp.accounts.actions.throttle import TooMany
from campapp.accounts.views import (
    account,
    acting,
    address,
    confirmation,
    invitation,
    language,
    membership,
    password,
    person,
    reset,
    session,
    sign_up,
)
from campapp.accounts.views.too_many import too_many

bp = Blueprint("accounts", __name__)
for noun in (account, acting, address, confirmation, invitation, language, membership, password, person, reset,
             session, sign_up):  # fmt: skip
    bp.register_blueprint(noun.bp)
bp.app_errorhandler(TooMany)(too_many)
