"""The result becomes public, and whoever it concerns and has not been told is told by one held sending."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select

from campapp.applications.actions.decision import TEMPLATES
from campapp.applications.models import Application
from campapp.applications.results import title_of
from campapp.applications.states import DECIDED
from campapp.core.action import Act, action
from campapp.core.db import db
from campapp.core.outbox import Letter, Sending, open_sending, tell
from campapp.programmes.actions.notice import manages_notice, publish_notice, take_notice_back
from campapp.programmes.models import Notice, Programme
from campapp.programmes.rules import manages
from campapp.teams.models import Team


@dataclass(frozen=True)
class Published:
    """The notice, and the sending that holds what teams have not been told yet; None where they all know."""

    notice: Notice
    sending: Sending | None


@action("result_published", rule=manages)
def publish_result(act: Act, /, programme: Programme, **words: Any) -> Published:
    """Publish the decided list. Decisions not told yet, wherever they are held or not, wait in one sending."""
    notice = publish_notice(programme, kind="result", pinned=True, **words)
    act.about(notice)
    decided = db.session.scalars(
        select(Application)
        .where(Application.programme_id == programme.id, Application.state.in_(DECIDED))
        .order_by(Application.number, Application.id)
    ).all()
    letters = _news(decided)
    untold = [row for row in decided if row.id not in letters or letters[row.id].state == "held"]
    if not untold:
        return Published(notice, None)
    sending = open_sending(title_of(programme)[:200], programme)
    moved: dict[str, int] = {}
    for row in untold:
        held = letters.get(row.id)
        if held is None:
            team = db.session.get_one(Team, row.team_id)
            tell(team, TEMPLATES[row.state], row, sending=sending, reason=row.decided_reason)
            continue
        moved[str(held.id)] = held.sending_id or 0
        held.sending_id = sending.id
    sending.extra = {"result": notice.id, "moved": moved}
    act.note(untold=len(untold))
    return Published(notice, sending)


def _news(decided: Any) -> dict[int, Letter]:
    """The newest letter about each application's standing decision, whatever became of it."""
    templates = {row.id: TEMPLATES[row.state] for row in decided}
    rows = db.session.scalars(
        select(Letter)
        .where(Letter.kind == "application", Letter.subject_id.in_(templates))
        .where(Letter.template.in_(set(templates.values())))
        .order_by(Letter.id)
    )
    return {row.subject_id: row for row in rows if row.template == templates[row.subject_id]}


@action("result_taken_back", rule=manages_notice)
def take_result_back(act: Act, notice: Notice) -> None:
    """No longer public; messages that have not left go back to where they were held, or nowhere."""
    take_notice_back(notice)
    held = (
        select(Sending)
        .where(
            Sending.kind == "programme",
            Sending.subject_id == notice.programme_id,
            Sending.released_at.is_(None),
        )
        .order_by(Sending.id)
        .with_for_update(key_share=True)  # before its letters, as whoever lets it go
    )
    for sending in db.session.scalars(held).all():
        if sending.extra.get("result") == notice.id and not sending.extra.get("taken_back"):
            _undo(sending, act)


def _undo(sending: Sending, act: Act) -> None:
    moved = {int(letter): int(before) for letter, before in sending.extra["moved"].items()}
    for letter in db.session.scalars(select(Letter).where(Letter.id.in_(moved), Letter.state == "held")):
        letter.sending_id = moved[letter.id]
    db.session.flush()
    db.session.execute(delete(Letter).where(Letter.sending_id == sending.id, Letter.state == "held"))
    sending.extra = {**sending.extra, "taken_back": act.at.isoformat()}
