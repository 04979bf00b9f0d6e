"""A letter in one reader's words: subject line, text, and where it leads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy import inspect, select

from campapp.accounts import inviting, proofs
from campapp.core import look
from campapp.core.current import current
from campapp.core.db import Base, db
from campapp.core.language import gettext as _
from campapp.core.language import speaking
from campapp.core.outbox import Letter, Recipient, Sending, subjects
from campapp.core.park import HERE, address, the_park
from campapp.programmes.models import Programme


@dataclass(frozen=True)
class Written:
    """What one person reads."""

    title: str
    text: str
    """Without greeting and signature."""
    mail: str
    """The whole text of the mail."""
    url: str
    """The page that it leads to, as a path; empty: none."""


class Gone(Exception):
    """What the letter speaks of is no more."""


def written(letter: Letter, recipient: Recipient) -> Written:
    """The letter as this person reads it, in their language and zone.

    Raises:
        Gone: its subject was deleted; nobody is told about nothing.
    """
    subject = subject_of(letter)
    with speaking(recipient.locale, recipient.zone):
        links: list[str] = []
        title, body = _matter(letter, subject, recipient, links)
        body = "\n\n".join(filter(None, (body, _added(letter))))
        house = look.house(the_park())
        frame = current_app.jinja_env.get_template("messages/mail.txt")
        why = _("You receive this because it concerns you.")
        if recipient.account_id is None:
            why = _("You receive this because somebody gave this address for you, or asked with it.")
        mail = frame.render(recipient_name=recipient.name, body=body, park=house, why=why, link="")
        return Written(
            title, body, mail, urlsplit(links[0])._replace(scheme="", netloc="").geturl() if links else ""
        )


def subject_of(letter: Letter) -> Any:
    """The row that the letter speaks of."""
    load = subjects.get(letter.kind)
    row = load(letter.subject_id) if load else _row(letter.kind, letter.subject_id)
    if row is None:
        raise Gone(f"{letter.kind} {letter.subject_id}")
    return row


def subjects_of(letters: Sequence[Letter]) -> list[Any]:
    """The rows that letters speak of, and their programmes: a statement a kind. Written while these are kept,
    a letter finds its own in the session."""
    found: list[Any] = []
    for kind in sorted({letter.kind for letter in letters}):
        if (model := _model(kind)) is not None:
            ids = [letter.subject_id for letter in letters if letter.kind == kind]
            found += db.session.scalars(select(model).where(model.id.in_(ids)))
    return [*found, *(programme_of(row) for row in found)]


def _model(kind: str) -> type[Base] | None:
    return next((m.class_ for m in Base.registry.mappers if m.class_.__name__.lower() == kind), None)


def _row(kind: str, row_id: int) -> Any:
    """By the class's own name, for kinds that no room loads specially."""
    model = _model(kind)
    return db.session.get(model, row_id) if model is not None else None


def _matter(letter: Letter, subject: Any, recipient: Recipient, links: list[str]) -> tuple[str, str]:
    """First line and the rest of the room's own template."""
    template = current_app.jinja_env.get_template(_file(letter.template))
    text = template.render(
        subject=subject, words=letter.words, recipient=recipient, link=_linking(links), park=look.house(the_park()),
        digits=proofs.digits, link_token=proofs.link_token, leads_to=inviting.described,
        titles=lambda ids: _titles(ids, recipient),
    )  # fmt: skip
    title, _line, body = text.strip().partition("\n")
    return " ".join(title.split()), body.strip()


def _file(name: str) -> str:
    room, _slash, short = name.partition("/")
    return f"{room}/mail/{short}.txt"


def _titles(ids: list[int], recipient: Recipient) -> list[str]:
    """The subject lines of letters that were gathered for one summary."""
    letters = db.session.scalars(select(Letter).where(Letter.id.in_(ids)).order_by(Letter.id))
    found = []
    for letter in letters:
        try:
            found.append(_matter(letter, subject_of(letter), recipient, [])[0])
        except Gone:
            continue
    return found


def _added(letter: Letter) -> str:
    """Words that the organiser added to the sending, in the reader's language, else in the other."""
    sending = db.session.get(Sending, letter.sending_id) if letter.sending_id else None
    if sending is None:
        return ""
    first, second = ("zh", "en") if current.locale.startswith("zh") else ("en", "zh")
    return str(sending.extra.get(first) or sending.extra.get(second) or "").strip()


def _linking(links: list[str]) -> Callable[..., str]:
    base = urlsplit(address() or HERE)
    adapter = current_app.url_map.bind(base.netloc, script_name=base.path or "/", url_scheme=base.scheme)

    def link(endpoint: str, **values: Any) -> str:
        """The whole address of a page; `home` is the first page."""
        if endpoint == "home":
            url = base._replace(path=base.path.rstrip("/") + "/").geturl()
        else:
            url = adapter.build(endpoint, values, force_external=True)
        links.append(url)
        return url

    return link


def contact_of(letter: Letter) -> str:
    """Where an answer goes: the contact of the programme that it is about, else the park's."""
    sending = db.session.get(Sending, letter.sending_id) if letter.sending_id else None
    try:
        programme = programme_of(subject_of(letter))
    except Gone:
        programme = None
    if programme is None and sending is not None and sending.kind == "programme":
        programme = db.session.get(Programme, sending.subject_id)
    park = the_park()
    return (programme.contact_mail if programme else "") or (park.contact if park else "")


def programme_of(row: Any, depth: int = 3) -> Programme | None:
    """The programme that a row belongs to, over its foreign keys: application, match, meeting, outcome."""
    if isinstance(row, Programme) or row is None or depth == 0:
        return row if isinstance(row, Programme) else None
    above: list[tuple[type[Base], int]] = []
    for column in inspect(type(row)).columns:
        table = next((k.column.table for k in column.foreign_keys), None)
        if table is None or table.name == "accounts" or (key := getattr(row, column.key, None)) is None:
            continue
        above.append((next(m.class_ for m in Base.registry.mappers if m.local_table is table), key))
    above.sort(key=lambda pair: pair[0] is not Programme)
    for model, key in above:
        found = programme_of(db.session.get(model, key), depth - 1)
        if found is not None:
            return found
    return None
