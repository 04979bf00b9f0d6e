"""A test message, sent at once, so that the answer of the mail server can be read."""

from __future__ import annotations

import secrets

from flask import current_app

from campapp.core import clock
from campapp.core.language import gettext as _
from campapp.core.mail import Mail, NotSent, Unsure, line, send
from campapp.settings import Settings


def try_mail(url: str, *, sender: str, to: str, park_name: str) -> tuple[bool, str]:
    """Whether the server took it, and what to tell. Where anybody is the administrator, nothing is asked outside."""
    settings: Settings = current_app.config["SETTINGS"]
    if settings.demo:
        return False, _("In the demo and in rehearsals mail stays in the mailbox page: no server is asked.")
    if not url or not sender:
        return False, _("Fill in the mail server and the address that mails come from.")
    host = sender.partition("@")[2]
    mail = Mail(
        to=to, subject=_("Test message of %(park)s", park=park_name), at=clock.now(), from_name=park_name,
        text=_("If you can read this, mail works."), from_address=sender,
        message_id=f"<{secrets.token_hex(12)}@{host}>",
    )  # fmt: skip
    try:
        with line(url) as server:
            send(server, mail)
    except (NotSent, Unsure) as problem:
        return False, _("The mail server did not take it: %(words)s", words=str(problem))
    return True, _("Taken by the mail server. Look into the mailbox of %(address)s.", address=to)
