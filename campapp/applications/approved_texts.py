"""The texts that applications send to telephones, as they are handed in for approval: results, and a moved deadline."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from campapp.applications.models import Application
from campapp.core.db import db
from campapp.core.language import lazy_gettext as _l
from campapp.core.language import say
from campapp.core.sms import SmsText, texts
from campapp.core.text.moments import deadline_shown
from campapp.programmes.models import Programme

LONGEST = 20
"""Characters of a variable; carriers take no more."""


def _programme(application: Application, _words: dict[str, Any]) -> dict[str, str]:
    programme = db.session.get_one(Programme, application.programme_id)
    return {"programme": say(programme, "title")[:LONGEST]}


def _deadline(application: Application, words: dict[str, Any]) -> dict[str, str]:
    programme = db.session.get_one(Programme, application.programme_id)
    shown = deadline_shown(programme.deadline, ZoneInfo(programme.zone)) if programme.deadline else "–"
    return {**_programme(application, words), "deadline": shown}


RESULT = SmsText(
    label=_l("Result of a programme"),
    words=_l("The result of %(programme)s is there. Sign in to read it."),
    variables=("programme",), fill=_programme,
)  # fmt: skip
for _name in ("accepted", "waitlisted", "not_accepted", "promoted", "not_promoted"):
    texts[f"applications/{_name}"] = RESULT
texts["applications/deadline_moved"] = SmsText(
    label=_l("A deadline that has moved"),
    words=_l("The call of %(programme)s now closes on %(deadline)s."),
    variables=("programme", "deadline"), fill=_deadline,
)  # fmt: skip
