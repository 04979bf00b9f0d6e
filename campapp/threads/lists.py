"""The threads of a programme, for its staff."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import contains_eager

from campapp.applications.models import Application
from campapp.core.access import sight_of
from campapp.core.current import current
from campapp.core.language import lazy_gettext as _l
from campapp.core.list.columns import Column
from campapp.core.list.declared import List, Preset
from campapp.core.list.filters import Choice, DateRange, Flag, Option
from campapp.core.list.terms import Terms
from campapp.core.search import matches
from campapp.threads.models import Post, Thread

KINDS = {"call": _l("Question on the call"), "application": _l("About an application")}


class Written(Terms):
    """Threads in which something was written, or of a team's application."""

    def condition(self, listing: Any, value: str) -> ColumnElement[bool]:
        """Which threads remain."""
        said = select(Post.id).where(Post.thread_id == Thread.id, matches(Post, value, common=True))
        entry = and_(sight_of(Application, current.actor), matches(Application, value, common=True))
        return or_(
            said.correlate(Thread).exists(), entry, Application.team_name.icontains(value, autoescape=True)
        )


class Threads(List[Thread]):
    """Of one programme, what was written last on top; scope: programme."""

    name, model, order = "threads", Thread, "-last"
    columns = (
        Column("opening", _l("Began with"), fold="full"),
        Column("kind", _l("Kind"), sort=Thread.kind, words=lambda name: str(KINDS.get(name, name))),
        Column("team", _l("Team"), value=lambda t: t.application.team_name if t.application else None,
               sort=Application.team_sort),
        Column("waits", _l("Waits for an answer"), value=lambda t: t.last_side != "staff", fold="state"),
        Column("last", _l("Last message"), value=lambda t: t.last_at, sort=Thread.last_at, align="r", filled=True),
        Column("begun", _l("Begun"), value=lambda t: t.created_at, sort=Thread.created_at, shown=False),
    )  # fmt: skip
    filters = (
        Written(),
        Flag("waits", _l("Waits for an answer"), lambda: Thread.last_side != "staff"),
        Choice("kind", _l("Kind"), Thread.kind, [Option(name, words) for name, words in KINDS.items()]),
        DateRange("last", _l("Last message"), Thread.last_at),
    )
    presets = (
        Preset(_l("All")),
        Preset(_l("Waits for an answer"), "waits=1"),
        Preset(_l("Questions on the call"), "kind=call"),
    )

    @property
    def zone(self) -> str:
        return str(self.scope["programme"].zone)

    def everything(self) -> Select[Any]:
        """Those of one programme that the reader sees, each with its team's name."""
        team = contains_eager(Thread.application).load_only(Application.team_name, Application.team_sort)
        return (
            super()
            .everything()
            .outerjoin(Thread.application)
            .options(team)
            .where(Thread.programme_id == self.scope["programme"].id)
        )
