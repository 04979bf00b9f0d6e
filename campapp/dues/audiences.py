"""Whom a reminder reaches: the people of teams and companies that still owe something when it leaves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select

from campapp.applications.models import Application
from campapp.core.db import db
from campapp.core.language import lazy_gettext as _l
from campapp.core.language import say
from campapp.core.outbox import Recipient, audience, audiences, subjects
from campapp.core.sms import SmsText, texts
from campapp.dues.models import Due
from campapp.dues.wanted import owed
from campapp.programmes.models import Participation, Programme

Reached = Iterable[tuple[int, Recipient]]


def _still(model: Any, link: Any, whose: Any, kind: str, ids: Sequence[int]) -> Reached:
    owing = select(link).where(link.in_(ids), owed())
    rows = db.session.execute(select(whose, model.id).where(model.id.in_(owing)).order_by(model.id)).all()
    by_key: dict[int, list[int]] = {}
    for key, row_id in rows:
        by_key.setdefault(key, []).append(row_id)
    for key, recipient in audiences[kind](sorted(by_key)):
        for row_id in by_key[key]:
            yield row_id, recipient


@audience("owing_application")
def of_applications(ids: Sequence[int]) -> Reached:
    """Members of teams that still owe something for an application."""
    return _still(Application, Due.application_id, Application.team_id, "team", ids)


@audience("owing_participation")
def of_participations(ids: Sequence[int]) -> Reached:
    """Representatives of companies that still owe something for a camp."""
    return _still(Participation, Due.participation_id, Participation.company_id, "company", ids)


def _programme(row: Any, _words: dict[str, Any]) -> dict[str, str]:
    programme = db.session.get_one(Programme, row.programme_id)
    return {"programme": say(programme, "title")[:20]}


subjects["due"] = lambda row_id: db.session.get(Due, row_id)
texts["dues/reminder"] = SmsText(
    label=_l("Something still to be handed in"),
    words=_l("Something is still to be handed in for %(programme)s. Sign in to see it."),
    variables=("programme",), fill=_programme,
)  # fmt: skip
