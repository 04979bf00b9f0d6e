"""The log of messages: one line a person and channel, with what became of it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select

from campapp.applications.models import Application
from campapp.core.language import lazy_gettext as _l
from campapp.core.list.columns import Column
from campapp.core.list.declared import List, Preset
from campapp.core.list.filters import Choice, DateRange, Option
from campapp.core.list.terms import Terms
from campapp.core.outbox import Delivery, Letter, Sending
from campapp.core.text import codes
from campapp.messages.actions.delivery import TROUBLED
from campapp.programmes.models import Participation

CHANNELS = {"app": _l("In the application"), "mail": _l("Mail"), "sms": _l("Text message")}
STATES = {
    "waiting": _l("waiting"), "sending": _l("being sent"), "sent": _l("sent"), "kept": _l("kept here"),
    "failed": _l("refused, tried again later"), "given up": _l("given up"), "unknown": _l("perhaps sent"),
}  # fmt: skip


class Told(Terms):
    """Messages by a part of the name, of the address, or of the title."""

    def condition(self, listing: Any, value: str) -> ColumnElement[bool]:
        """Which remain."""
        columns = (Delivery.name, Delivery.recipient, Delivery.title)
        return or_(*(column.icontains(value, autoescape=True) for column in columns))


def reached_at(delivery: Delivery) -> str:
    """The address; a telephone with its middle hidden."""
    if delivery.channel == "app":
        return ""
    return codes.masked_phone(delivery.recipient) if delivery.channel == "sms" else delivery.recipient


class Deliveries(List[Delivery]):
    """What was told to whom, the newest first; scope: perhaps a programme."""

    name, model, order = "deliveries", Delivery, "-made"
    columns = (
        Column("name", _l("To"), value=lambda one: one.name or reached_at(one), fold="full"),
        Column("address", _l("Address"), value=reached_at),
        Column("channel", _l("Channel"), words=lambda name: str(CHANNELS.get(name, name)), fold="hide"),
        Column("title", _l("Message")),
        Column("made", _l("When"), value=lambda one: one.sent_at or one.created_at, sort=Delivery.created_at,
               align="r", filled=True),
        Column("state", _l("State"), fold="state", words=lambda name: str(STATES.get(name, name))),
        Column("error", _l("Reason"), shown=False),
    )  # fmt: skip
    filters = (
        Told(),
        Choice("channel", _l("Channel"), Delivery.channel, [Option(*pair) for pair in CHANNELS.items()]),
        Choice("state", _l("State"), Delivery.state, [Option(*pair) for pair in STATES.items()]),
        DateRange("made", _l("When"), Delivery.created_at),
    )
    presets = (Preset(_l("All")), Preset(_l("Needs you"), f"state={','.join(TROUBLED)}"))

    @property
    def zone(self) -> str:
        programme = self.scope.get("programme")
        return programme.zone if programme is not None else super().zone

    def everything(self) -> Select[Any]:
        """What the reader sees of it, of one programme where it is that one's."""
        statement, programme = super().everything(), self.scope.get("programme")
        return (
            statement
            if programme is None
            else statement.where(Delivery.letter_id.in_(letters_of(programme.id)))
        )


def letters_of(programme_id: int) -> Select[int]:
    """The letters of a programme's sendings, and those about its applications and the companies in it."""
    sent = select(Sending.id).where(Sending.kind == "programme", Sending.subject_id == programme_id)
    entries = select(Application.id).where(
        Application.programme_id == programme_id, Application.submitted_at.is_not(None)
    )
    parts = select(Participation.id).where(Participation.programme_id == programme_id)
    return select(Letter.id).where(
        or_(
            Letter.sending_id.in_(sent),
            (Letter.kind == "application") & Letter.subject_id.in_(entries),
            (Letter.kind == "participation") & Letter.subject_id.in_(parts),
        )
    )
