"""Many decisions at once: one transaction, one held sending, undone together while nobody has been told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from campapp.applications.actions.decision import decide, told, undo_decision
from campapp.applications.models import Application
from campapp.applications.states import may_follow
from campapp.core.access import Refused, visible
from campapp.core.action import Act, action
from campapp.core.db import LOCK, db
from campapp.core.events import Event, EventSubject
from campapp.core.language import lazy_gettext as _l
from campapp.core.outbox import Sending, open_sending
from campapp.programmes.models import Programme
from campapp.programmes.rules import manages


@dataclass
class Decided:
    """What became of a bulk decision."""

    sending: Sending | None = None
    """Held; None where nothing was left to decide."""
    done: list[int] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    """Teams that somebody else had moved meanwhile: they stay as they are."""


@action("applications_decided", rule=manages)
def decide_together(
    act: Act,
    programme: Programme,
    state: str,
    chosen: Mapping[int, str],
    *,
    reason: str = "",
    title: str = "",
) -> Decided:
    """Decide those chosen (id → the state in which they were shown). Runs in one `bulk()` transaction.

    Those that are in another state by now are left alone and named: somebody was faster.
    """
    found = Decided()
    for application in _locked_in_order(programme, chosen):
        if application.state != chosen[application.id] or not may_follow(
            programme.kind, application.state, state
        ):
            found.left.append(application.team_name)
            continue
        found.sending = found.sending or open_sending(title, programme)
        decide(application, state, reason=reason, sending=found.sending)
        found.done.append(application.id)
    if found.sending is not None:
        found.sending.extra = {"batch": act.event.batch, "decided_in": programme.slug}
    act.note(state=state, decided=len(found.done), left=len(found.left))
    return found


def _locked_in_order(programme: Programme, ids: Mapping[int, str]) -> Sequence[Application]:
    """The rows as they are now, always locked in the same order, so that two such acts never wait for each other."""
    return db.session.scalars(
        visible(Application)
        .where(Application.programme_id == programme.id, Application.id.in_(ids))
        .order_by(Application.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).all()


@action("decisions_undone", rule=manages)
def undo_together(act: Act, programme: Programme, sending: Sending) -> Decided:
    """Take the decisions of a sending back, while it is held. What was decided anew meanwhile stays.

    Raises:
        Refused: it has left.
    """
    sending = db.session.get_one(Sending, sending.id, with_for_update=LOCK, populate_existing=True)
    if sending.released_at is not None:
        raise Refused(
            "decisions_undone", str(_l("The teams have been told already. Decide anew, with a reason."))
        )
    steps = _steps_of(str(sending.extra.get("batch", "")))
    found = Decided(sending)
    for application in _locked_in_order(programme, dict.fromkeys(steps, "")):
        before, after = steps[application.id]
        if application.state != after or told(application):
            found.left.append(application.team_name)
            continue
        undo_decision(application, before)
        found.done.append(application.id)
    sending.extra = {key: value for key, value in sending.extra.items() if key != "decided_in"}
    act.note(undone=len(found.done), left=len(found.left))
    return found


def _steps_of(batch: str) -> dict[int, tuple[str, str]]:
    """Application → (state before, state after) of the decisions of a batch."""
    rows = db.session.execute(
        select(EventSubject.subject_id, Event.details)
        .join(Event, Event.id == EventSubject.event_id)
        .where(Event.batch == batch, Event.name == "application_decided", EventSubject.kind == "application")
    )
    return {int(row[0]): (row[1]["before"], row[1]["after"]) for row in rows} if batch else {}
