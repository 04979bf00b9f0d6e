"""The decided list in words: which teams are in, in both languages, as a notice says it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from campapp.applications.models import Application
from campapp.core.access import sight_of, visible
from campapp.core.current import current
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.language import speaking
from campapp.programmes.models import Programme


def counts(programme: Programme) -> dict[str, int]:
    """How many of each state: what is still open is seen before the list is published."""
    rows = db.session.execute(
        select(Application.state, func.count())
        .where(sight_of(Application, current.actor))
        .where(Application.programme_id == programme.id)
        .group_by(Application.state)
    )
    return {str(state): int(n) for state, n in rows}


def notice_of(programme: Programme) -> dict[str, dict[str, str]]:
    """Title and text (Markdown) of the notice, in Chinese and English."""
    rows = db.session.scalars(
        visible(Application)
        .where(Application.programme_id == programme.id, Application.state.in_(("accepted", "waitlisted")))
        .order_by(Application.number, Application.id)
    ).all()
    found: dict[str, dict[str, str]] = {"title": {}, "text": {}}
    for short, locale in (("zh", "zh_CN"), ("en", "en")):
        with speaking(locale):
            found["title"][short] = _("Result: %(programme)s", programme=programme.title(locale))[:200]
            found["text"][short] = _text(rows)
    return found


def _text(rows: Sequence[Application]) -> str:
    parts = []
    for state, heading in (("accepted", _("Accepted")), ("waitlisted", _("Waiting list"))):
        of_state = [row for row in rows if row.state == state]
        if of_state:
            lines = [f"{n}. {_plain(row)}" for n, row in enumerate(of_state, start=1)]
            parts.append("\n".join([f"## {heading} ({len(of_state)})", "", *lines]))
    return "\n\n".join(parts)


def _plain(row: Application) -> str:
    """One line; what Markdown would take for more is marked."""
    text = " · ".join(part for part in (row.number or "", row.team_name, row.project_title) if part)
    return "".join(f"\\{c}" if c in "\\`*_{}[]<>#|!" else c for c in text)
