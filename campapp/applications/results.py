"""The decided list in words: which teams are in, in both languages, as a notice says it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import Select, func, select

from campapp.applications.lists import TABS, WORDS
from campapp.applications.models import Application
from campapp.applications.publication import may_be_named
from campapp.applications.states import ANNOUNCED
from campapp.core.access import sight_of, visible
from campapp.core.current import current
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.language import say, speaking
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


def unnamed(programme: Programme) -> Sequence[Application]:
    """Decided teams that do not agree to being named in public: the notice gives their number."""
    rows = _listed(programme).where(~may_be_named())
    return db.session.scalars(rows).all()


def _listed(programme: Programme) -> Select[Application]:
    return (
        visible(Application)
        .where(Application.programme_id == programme.id, Application.state.in_(ANNOUNCED[programme.kind]))
        .order_by(Application.number, Application.id)
    )


def notice_of(programme: Programme) -> dict[str, dict[str, str]]:
    """Title and text (Markdown) of the notice, in Chinese and English; who does not agree to it is not named."""
    rows, hidden = db.session.scalars(_listed(programme)).all(), {row.id for row in unnamed(programme)}
    found: dict[str, dict[str, str]] = {"title": {}, "text": {}}
    for short, locale in (("zh", "zh_CN"), ("en", "en")):
        with speaking(locale):
            found["title"][short] = title_of(programme)[:200]
            found["text"][short] = _text(rows, hidden, ANNOUNCED[programme.kind])
    return found


def title_of(programme: Programme) -> str:
    """What the published list is called: a competition's first list is its shortlist."""
    name = say(programme, "title")
    if programme.kind == "competition":
        return _("Shortlist: %(programme)s", programme=name)
    return _("Result: %(programme)s", programme=name)


def _text(rows: Sequence[Application], hidden: Collection[int], states: Sequence[str]) -> str:
    parts = []
    for state in states:
        heading = TABS.get(state, WORDS[state])
        of_state = [row for row in rows if row.state == state]
        if of_state:
            lines = [
                f"{n}. {_plain(row, named=row.id not in hidden)}" for n, row in enumerate(of_state, start=1)
            ]
            parts.append("\n".join([f"## {heading} ({len(of_state)})", "", *lines]))
    return "\n\n".join(parts)


def _plain(row: Application, *, named: bool) -> str:
    """One line; what Markdown would take for more is marked."""
    names = (row.team_name, row.project_title) if named else ()
    text = " · ".join(part for part in (row.number or "", *names) if part)
    return "".join(f"\\{c}" if c in "\\`*_{}[]<>#|!" else c for c in text)
