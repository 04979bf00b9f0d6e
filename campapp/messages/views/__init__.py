"""The pages of messages."""

from __future__ import annotations

from flask import Blueprint

from campapp.messages import history  # noqa: F401  # registers how its events read
from campapp.messages.views import circular, contract, delivery, mailbox, notification, sending

bp = Blueprint("messages", __name__)
for noun in (circular, contract, delivery, mailbox, notification, sending):
    bp.register_blueprint(noun.bp)
