"""Who sees messages and their sendings, and who lets them go."""

from __future__ import annotations

from flask import current_app
from sqlalchemy import ColumnElement, and_, or_, select, true

from campapp.applications.models import Application
from campapp.core.access import Verdict, rule, sees
from campapp.core.current import ADMINISTRATOR, EVERYONE, ORGANISER, Actor
from campapp.core.outbox import Delivery, Letter, Sending
from campapp.messages.models import Circular
from campapp.programmes.models import Participation
from campapp.settings import Settings


@rule
def mailbox_open(_actor: Actor, _row: object) -> Verdict:
    """Everybody, in the demo and in development; elsewhere nobody."""
    settings: Settings = current_app.config["SETTINGS"]
    return settings.demo or settings.development


@rule
def own_notification(actor: Actor, delivery: Delivery) -> Verdict:
    """The person who was told."""
    return actor.account_id is not None and delivery.account_id == actor.account_id


@rule
def may_read_sending(actor: Actor, sending: Sending) -> Verdict:
    """Whoever sees it."""
    return actor.role in {ORGANISER, ADMINISTRATOR}


@rule
def may_send(actor: Actor, sending: Sending) -> Verdict:
    """Owners and managers of the programme, whoever made it, and the park's administrators; who made it no longer once
    they are neither."""
    if actor.role == ADMINISTRATOR:
        return True
    mine = sending.kind == "programme" and sending.subject_id == actor.programme_id
    return actor.role == ORGANISER and mine and actor.scope.level in {"owner", "manager"}


@rule
def may_send_again(actor: Actor, delivery: Delivery) -> Verdict:
    """Owners and managers, and administrators, of what has left, or did not certainly; not of spent secrets."""
    if delivery.channel == "app" or delivery.state in {"waiting", "sending"}:
        return False
    if not delivery.text or delivery.recipient.startswith("erased:"):
        return False
    managing = actor.role == ORGANISER and actor.scope.level in {"owner", "manager"}
    return actor.role == ADMINISTRATOR or managing


@sees(Sending, ORGANISER)
def sendings_of_my_programme(actor: Actor) -> ColumnElement[bool]:
    """What one's programme will tell or has told."""
    return and_(Sending.kind == "programme", Sending.subject_id == actor.programme_id)


@sees(Sending, ADMINISTRATOR)
def all_sendings(_actor: Actor) -> ColumnElement[bool]:
    """Each sending."""
    return true()


@sees(Circular, ORGANISER)
def circulars_of_my_programme(actor: Actor) -> ColumnElement[bool]:
    """What the staff of one's programme writes to many."""
    return Circular.programme_id == actor.programme_id


@sees(Circular, ADMINISTRATOR)
def every_circular(_actor: Actor) -> ColumnElement[bool]:
    """All."""
    return true()


@sees(Delivery, EVERYONE)
def my_deliveries(actor: Actor) -> ColumnElement[bool]:
    """What was told to oneself in the application."""
    return and_(Delivery.account_id == (actor.account_id or 0), Delivery.channel == "app")


@sees(Delivery, ORGANISER)
def deliveries_of_sendings(actor: Actor) -> ColumnElement[bool]:
    """The record of delivery of one's programme's sendings."""
    mine = select(Sending.id).where(sendings_of_my_programme(actor), Sending.unnamed.is_(False))
    return Delivery.letter_id.in_(select(Letter.id).where(Letter.sending_id.in_(mine)))


@sees(Delivery, ORGANISER)
def deliveries_about_my_programme(actor: Actor) -> ColumnElement[bool]:
    """What was told about what was submitted to one's programme, and about the companies in it; never of a draft."""
    entries = select(Application.id).where(
        Application.programme_id == actor.programme_id, Application.submitted_at.is_not(None)
    )
    parts = select(Participation.id).where(Participation.programme_id == actor.programme_id)
    unnamed = select(Sending.id).where(Sending.unnamed)
    about = or_(
        and_(Letter.kind == "application", Letter.subject_id.in_(entries)),
        and_(Letter.kind == "participation", Letter.subject_id.in_(parts)),
    )
    named = or_(Letter.sending_id.is_(None), Letter.sending_id.not_in(unnamed))
    return Delivery.letter_id.in_(select(Letter.id).where(about, named))


@sees(Delivery, ADMINISTRATOR)
def all_deliveries(_actor: Actor) -> ColumnElement[bool]:
    """Each delivery."""
    return true()
