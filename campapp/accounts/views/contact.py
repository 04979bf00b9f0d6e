"""The page on which a mistyped contact is put right: one for members of teams and representatives of companies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, request

from campapp.accounts.actions import throttle
from campapp.accounts.forms.contact import ContactForm
from campapp.core.access import Refused, find
from campapp.core.web import page


def contact_page(person: Any, form: ContactForm | None = None, *, back: str, status: int = 200) -> Response:
    """The form, filled with what stands there; it is sent to its own address."""
    return page(
        "accounts/contact/edit.html",
        row=person,
        form=form or ContactForm.of(person),
        back=back,
        status=status,
    )


def corrected(person: Any, correct: Callable[..., None], *, back: str) -> Response | None:
    """Put it right with the room's own action: None, or the page again with what is wrong."""
    model, row_id, form = type(person), person.id, ContactForm.of(sent=request.form)
    if not form.validate():
        return contact_page(person, form, back=back, status=422)
    if form.mail.data:
        throttle.spend((throttle.MAIL_ADDRESS, (form.mail.data,)))
    try:
        correct(find(model, row_id), mail=form.mail.data or "", phone=form.phone.data or "", reason=form.reason.data,
                version=request.form.get("version", type=int))  # fmt: skip
    except Refused as problem:
        form.blame("mail", problem.reason)
        return contact_page(find(model, row_id), form, back=back, status=422)
    return None
