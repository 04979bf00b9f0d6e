"""Who owes what, as the organiser's list."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func
from sqlalchemy.orm import contains_eager

from campapp.applications.models import Application
from campapp.companies.models import Company
from campapp.core import clock
from campapp.core.form import answers as kept
from campapp.core.form.asked import by_key, words
from campapp.core.language import lazy_gettext as _l
from campapp.core.language import lazy_pgettext as _pl
from campapp.core.language import say
from campapp.core.list.columns import Column
from campapp.core.list.declared import List, Preset
from campapp.core.list.filters import Choice, DateRange, Flag, Option, Reference
from campapp.core.list.terms import TermsOfJoined
from campapp.dues.models import Due
from campapp.dues.wanted import standing
from campapp.programmes.models import FollowUp, Participation

STATES = {
    "owed": _l("Owed"), "overdue": _l("Overdue"), "given": _l("Handed in"), "open": _l("Optional, not handed in"),
}  # fmt: skip


def _late() -> ColumnElement[bool]:
    return and_(Due.stands == "owed", Due.due_at < clock.now())


def whose(due: Due) -> str:
    """The team's name, or the company's."""
    if due.application is not None:
        return due.application.team_name
    company = due.participation.company if due.participation else None
    return (say(company, "name") or company.name) if company else ""


def state_of(due: Due) -> str:
    """`overdue` where it is owed and late, else its state."""
    return "overdue" if due.is_overdue(clock.now()) else due.stands


WHO = func.coalesce(Application.team_sort, Company.sort_key, "")


class Dues(List[Due]):
    """Of one programme, what is due first on top; scope: programme, the forms in use by follow-up, the follow-ups."""

    name, model, order = "dues", Due, "due,who"
    columns = (
        Column("who", _l("Team or company"), value=whose, sort=WHO,
               fold="full", filled=True),
        Column("number", _l("Number"), value=lambda due: due.application.number if due.application else None,
               fold="hide"),
        Column("form", _l("Follow-up"), value=lambda due: say(due.follow_up, "title"), sort=Due.follow_up_id),
        Column("what", _l("What")),
        Column("due", _pl("question", "Due"), value=lambda due: due.due_at, sort=Due.due_at, align="r"),
        Column("state", _l("State"), value=state_of, fold="state", words=lambda name: str(STATES.get(name, name))),
        Column("given", _l("Handed in at"), value=lambda due: due.given_at, sort=Due.given_at, fold="hide"),
        Column("by", _l("By"), value=lambda due: due.name, shown=False),
        Column("unlocked", _l("Unlocked until"), value=lambda due: due.unlocked_until, fold="hide"),
        Column("answer", _l("Answer"), shown=False),
    )  # fmt: skip
    filters = (
        TermsOfJoined(models=(Application, Company)),
        Choice("state", _l("State"), Due.stands, [
            Option(name, label, _late if name == "overdue" else None) for name, label in STATES.items()]),
        Reference("form", _l("Follow-up"), Due.follow_up_id, lambda listing: listing.follow_up_options()),
        Choice("side", _l("Side"), Due.application_id, [
            Option("team", _l("Teams"), Due.application_id.is_not(None)),
            Option("company", _l("Companies"), Due.participation_id.is_not(None))]),
        DateRange("due", _pl("question", "Due"), Due.due_at),
        Flag("unlocked", _l("Unlocked for one"), lambda: Due.unlocked_until.is_not(None)),
    )  # fmt: skip
    presets = (
        Preset(_l("All")),
        Preset(_l("Owed"), "state=owed"),
        Preset(_l("Overdue"), "state=overdue"),
        Preset(_l("Handed in"), "state=given"),
    )

    @property
    def zone(self) -> str:
        return str(self.scope["programme"].zone)

    def all_filters(self) -> Any:
        """The declared ones; only where companies come there are two sides."""
        return [one for one in self.filters if one.key != "side" or self.scope["programme"].meets]

    def follow_up_options(self) -> list[Option]:
        """The programme's follow-ups."""
        return [Option(str(one.id), say(one, "title")) for one in self.scope["follow_ups"]]

    def field(self, due: Due) -> dict[str, Any] | None:
        """The question as its form asks it."""
        document = self.scope["documents"].get(due.follow_up_id, {})
        return by_key(document).get(due.key)

    def all_columns(self) -> Any:
        """The declared ones; a question and its answer in the words of the form."""
        own = {"what": self.what, "answer": self.answer}
        return [
            Column(c.key, c.label, value=own[c.key], shown=c.shown, fold=c.fold) if c.key in own else c
            for c in self.columns
        ]

    def what(self, due: Due) -> str:
        """The question."""
        field = self.field(due)
        return words(field, "label") if field else due.key

    def answer(self, due: Due) -> str:
        """The answer in words; a table row by row."""
        field = self.field(due)
        if field is None or due.answer is None:
            return ""
        if field["kind"] != "table":
            return kept.shown(field, due.answer)
        cells = [
            [kept.shown(column, row.get(column["key"])) for column in field["columns"]] for row in due.answer
        ]
        return "\n".join(", ".join(filter(None, row)) for row in cells)

    def everything(self) -> Select[Any]:
        """What is asked now in one programme, with whose it is."""
        return (
            super()
            .everything()
            .join(Due.follow_up)
            .outerjoin(Due.application)
            .outerjoin(Due.participation)
            .outerjoin(Participation.company)
            .options(
                contains_eager(Due.follow_up).load_only(FollowUp.title_zh, FollowUp.title_en),
                contains_eager(Due.application).load_only(
                    Application.team_name, Application.team_sort, Application.number
                ),
                contains_eager(Due.participation).contains_eager(Participation.company),
            )
            .where(Due.programme_id == self.scope["programme"].id, Due.stands != "not asked", standing())
        )
