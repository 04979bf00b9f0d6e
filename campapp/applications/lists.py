"""The organiser's list of a programme's applications."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Select, and_, literal, select, union_all
from sqlalchemy.orm import contains_eager, joinedload

from campapp.applications import entry_columns
from campapp.applications.consent_texts import PURPOSES, asked_in
from campapp.applications.models import Application, Consent, Submission
from campapp.applications.states import ANNOUNCED, of_kind
from campapp.core.access import visible
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.language import lazy_gettext as _l
from campapp.core.language import lazy_pgettext as _pl
from campapp.core.language import say
from campapp.core.list.columns import Column
from campapp.core.list.declared import List, Preset
from campapp.core.list.filters import Choice, DateRange, Filter, Flag, NumberRange, Option, Reference
from campapp.core.list.terms import Terms
from campapp.pool.models import Snapshot
from campapp.programmes.models import EntryForm, Group, Programme, Track

WORDS = {
    "submitted": _l("Submitted"), "returned": _l("Returned"), "eligible": _l("Eligible"),
    "ineligible": _l("Not eligible"), "accepted": _l("Accepted"), "waitlisted": _l("Waitlisted"),
    "not accepted": _l("Not accepted"), "promoted": _l("Promoted"), "not promoted": _l("Not promoted"),
    "withdrawn": _l("Withdrawn"),
}  # fmt: skip
"""The states that an organiser sees, in words."""
TABS = {"waitlisted": _l("Waiting list")}
"""What the view of a state is called, where not as the state."""
BATCH = 500


def states_of(programme: Programme) -> list[Option]:
    """The states that an entry of such a programme can be in, in words."""
    return [Option(name, words) for name, words in WORDS.items() if of_kind(programme.kind, name)]


def marks_in_words(application: Application) -> str:
    """`2 take · 1 maybe`: what colleagues think, as far as anybody said something."""
    said = (
        (application.takes, _("%(n)s take", n=application.takes)),
        (application.maybes, _("%(n)s maybe", n=application.maybes)),
        (application.noes, _("%(n)s no", n=application.noes)),
    )
    return " · ".join(words for n, words in said if n)


DIVISIONS = {"track": Application.track_id, "group": Application.group_id}
"""What entries of a programme are divided by, where it has any."""


class Applications(List[Application]):
    """Of one programme, newest submission first; scope: programme, its tracks and the versions of its form."""

    name, model, order = "applications", Application, "-submitted"
    columns = (
        Column("project", _l("Project"), value=lambda a: a.project_title, fold="full"),
        Column("number", _l("Number"), sort=Application.number, fold="label", filled=True),
        Column("team", _l("Team"), value=lambda a: a.team_name, sort=Application.team_sort),
        Column("track", _pl("list", "Track"), sort=Application.track_id, fold="hide"),
        Column("group", _l("Group"), fold="hide"),
        Column("trl", _l("TRL"), sort=Application.trl, align="r", fold="hide"),
        Column("state", _l("State"), fold="state", words=lambda name: str(WORDS.get(name, name))),
        Column("submitted", _l("Submitted"), value=lambda a: a.submitted_at, sort=Application.submitted_at, align="r",
               filled=True),
        Column("marks", _l("Marks"), value=marks_in_words, sort=Application.mark_score),
        Column("summary", _l("In short"), shown=False),
        Column("reason", _l("Reason"), value=lambda a: a.decided_reason, shown=False),
    )  # fmt: skip
    filters = (
        Terms("q"),
        Choice("state", _l("State"), Application.state, lambda listing: listing.states()),
        Reference(
            "track", _pl("list", "Track"), Application.track_id, lambda listing: listing.options_of("tracks")
        ),
        Reference("group", _l("Group"), Application.group_id, lambda listing: listing.options_of("groups")),
        # An expression, so that the order's own index is walked: nine values tell an index of their own too little.
        NumberRange("trl", _l("TRL"), Application.trl + 0),
        DateRange("submitted", _l("Submitted"), Application.submitted_at),
    )
    presets = (
        Preset(_l("All")),
        Preset(_l("To check"), "state=submitted"),
        Preset(_l("Returned"), "state=returned"),
        Preset(_l("To choose"), "state=eligible&sort=-marks"),
    )

    def __init__(self, args: Any, action: str = "", **scope: Any) -> None:
        self._frozen: dict[int, dict[str, Any]] = {}
        super().__init__(args, action, **scope)

    @property
    def programme(self) -> Programme:
        """Whose applications these are."""
        programme: Programme = self.scope["programme"]
        return programme

    @property
    def zone(self) -> str:
        return self.programme.zone

    def everything(self) -> Select[Any]:
        return super().everything().where(
            Application.programme_id == self.programme.id, Application.submitted_at.is_not(None)
        )  # fmt: skip

    # ------------------------------------------------------------------------------------ of this programme
    def states(self) -> list[Option]:
        """The states that an entry of such a programme can be in."""
        return states_of(self.programme)

    def all_presets(self) -> Sequence[Preset]:
        """The declared ones, and one for each thing that such a programme decides in a team's favour."""
        named = ANNOUNCED[self.programme.kind]
        own = [Preset(TABS.get(state, WORDS[state]), f"state={state}") for state in named]
        return [*self.presets, *own]

    def options_of(self, division: str) -> list[Option]:
        """The programme's tracks, or its groups."""
        return [Option(str(row.id), say(row, "title")) for row in self.scope[division]]

    def all_columns(self) -> Sequence[Column]:
        """The declared ones, the track by its title, and one of files for each field of the form."""
        own = [titled for column in self.columns if (titled := self._titled(column)) is not None]
        labels = {str(column.label) for column in own}
        return [*own, *entry_columns.columns(self._fields, self.frozen, labels)]

    def _titled(self, column: Column) -> Column | None:
        """Track and group by their titles; left out where the programme has none."""
        if column.key not in DIVISIONS:
            return column
        titles = {row.id: say(row, "title") for row in self.scope[f"{column.key}s"]}
        by = DIVISIONS[column.key].key
        if not titles:
            return None
        return Column(
            column.key,
            column.label,
            value=lambda a: titles.get(getattr(a, by)),
            sort=column.sort,
            fold=column.fold,
        )

    def all_filters(self) -> Sequence[Filter]:
        """The declared ones, and one for each answer to filter by."""
        own = [one for one in self.filters if one.key not in DIVISIONS or self.scope[f"{one.key}s"]]
        return [*own, *entry_columns.filters(self._fields, {one.key for one in own})]

    @property
    def _fields(self) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = self.scope["fields"]
        return found

    # ------------------------------------------------------------------------------------ what was submitted
    def frozen(self, application: Application) -> dict[str, Any]:
        """The submission that counts, as it was frozen; read for many rows at once while a file is written."""
        if application.id not in self._frozen:
            self._read_frozen([application])
        return self._frozen[application.id]

    def _read_frozen(self, rows: Sequence[Application]) -> None:
        found = db.session.execute(
            select(Submission.application_id, Snapshot.document)
            .join(Snapshot, Snapshot.id == Submission.snapshot_id)
            .where(Submission.id.in_([row.submission_id for row in rows if row.submission_id]))
        )
        self._frozen = {row.id: {} for row in rows} | {row[0]: row[1] for row in found}

    def first(self, n: int) -> Sequence[Application]:
        """The first rows, in order, without pages: for paper."""
        return db.session.scalars(self.statement().limit(n)).all()

    def stream(self) -> Iterator[Application]:
        found = db.session.scalars(self.statement().execution_options(yield_per=BATCH))
        for rows in found.partitions():
            self._read_frozen(rows)
            yield from rows


def scope_of(programme: Programme) -> dict[str, Any]:
    """What the list of a programme is given: two statements."""
    forms = db.session.scalars(visible(EntryForm).where(EntryForm.programme_id == programme.id)).all()
    parts = [
        visible(model).with_only_columns(
            literal(name).label("kind"), model.id.label("id"), model.position.label("position"),
            model.title_zh.label("title_zh"), model.title_en.label("title_en"),
        ).where(model.programme_id == programme.id)
        for name, model in (("tracks", Track), ("groups", Group))
    ]  # fmt: skip
    rows = db.session.execute(union_all(*parts).order_by("position", "id")).all()
    divided = {name: [row for row in rows if row.kind == name] for name in ("tracks", "groups")}
    return {"programme": programme, **divided, "fields": entry_columns.fields_of(forms)}


HOW = {"here": _l("In campapp"), "outside": _l("Collected outside campapp"), "declined": _l("Said no")}


class Consents(List[Consent]):
    """The ledger of a programme, newest first; scope: programme."""

    name, model, order = "consents", Consent, "-given"
    columns = (
        Column("team", _l("Team"), value=lambda c: c.application.team_name, sort=Application.team_sort, fold="full"),
        Column("person", _l("Member"), value=lambda c: c.member.name if c.member else None),
        Column("purpose", _l("Purpose"), sort=Consent.purpose, words=lambda name: str(PURPOSES.get(name, name))),
        Column("version", _l("Text version"), value=lambda c: c.text_version, align="r", fold="hide"),
        Column("given", _l("Given"), value=lambda c: c.created_at, sort=Consent.created_at),
        Column("name", _l("By")),
        Column("how", _l("How"), words=lambda name: str(HOW.get(name, name))),
        Column("collected", _l("Collected on"), value=lambda c: c.collected_on, fold="hide"),
        Column("scan", _l("Scan"), value=lambda c: c.scan_file_id is not None, fold="hide"),
        Column("withdrawn", _l("Taken back"), value=lambda c: None if c.how == "declined" else c.withdrawn_at,
               sort=Consent.withdrawn_at),
        Column("withdrawn_by", _l("Taken back by"), value=lambda c: "" if c.how == "declined" else c.withdrawn_by,
               fold="hide"),
        Column("reason", _l("Reason"), value=lambda c: c.withdrawn_reason, shown=False),
    )  # fmt: skip
    filters = (
        Choice("purpose", _l("Purpose"), Consent.purpose, lambda listing: listing.purposes()),
        Choice("how", _l("How"), Consent.how, [Option(name, words) for name, words in HOW.items()]),
        Flag("own", _l("Members for themselves"), lambda: Consent.member_id.is_not(None)),
        Flag("withdrawn", _l("Taken back"),
             lambda: and_(Consent.withdrawn_at.is_not(None), Consent.how != "declined")),
        DateRange("given", _l("Given"), Consent.created_at),
    )  # fmt: skip
    presets = (Preset(_l("All")), Preset(_l("Taken back"), "withdrawn=1"))

    def purposes(self) -> list[Option]:
        """What is agreed to in such a programme."""
        return [Option(name, PURPOSES[name]) for name in ("running", *asked_in(self.scope["programme"]))]

    def everything(self) -> Select[Consent]:
        """The programme's consents that the reader sees, with their teams."""
        return (
            super()
            .everything()
            .join(Application, Application.id == Consent.application_id)
            .where(Application.programme_id == self.scope["programme"].id)
            .options(contains_eager(Consent.application), joinedload(Consent.member))
        )
