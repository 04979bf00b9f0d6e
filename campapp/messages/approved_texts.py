"""The texts that circulars send to telephones, as they are handed in for approval: nothing that somebody types."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from campapp.core.db import db
from campapp.core.language import lazy_gettext as _l
from campapp.core.language import say
from campapp.core.sms import SmsText, texts
from campapp.core.text.moments import deadline_shown
from campapp.messages.models import Circular
from campapp.programmes.models import Programme

LONGEST = 20
"""Characters of a variable; carriers take no more."""


def _programme(circular: Circular) -> Programme:
    return db.session.get_one(Programme, circular.programme_id)


def _named(circular: Circular, _words: dict[str, Any]) -> dict[str, str]:
    return {"programme": say(_programme(circular), "title")[:LONGEST]}


def _closing(circular: Circular, words: dict[str, Any]) -> dict[str, str]:
    programme = _programme(circular)
    shown = deadline_shown(programme.deadline, ZoneInfo(programme.zone)) if programme.deadline else "–"
    return {**_named(circular, words), "deadline": shown}


def _until(circular: Circular) -> datetime | None:
    return _programme(circular).deadline


texts["messages/circular"] = SmsText(
    label=_l("News of a programme"),
    words=_l("There is news for you about %(programme)s. Sign in to read it."),
    variables=("programme",), fill=_named,
)  # fmt: skip
texts["messages/reminder"] = SmsText(
    label=_l("A draft that is not submitted"),
    words=_l("Your entry for %(programme)s is not submitted yet. The call closes on %(deadline)s."),
    variables=("programme", "deadline"), fill=_closing, until=_until,
)  # fmt: skip
