"""An entry on paper: the version that counts, the letters made from it, and how far each stamped scan is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from campapp.applications.actions.draft import newest_form
from campapp.applications.actions.receiving import draft_files, team_members
from campapp.applications.evidence import Evidence
from campapp.applications.models import Application, Submission
from campapp.applications.queries import shown_files
from campapp.applications.reading import document_of, shown_answers
from campapp.applications.rules import may_submit, may_supplement
from campapp.applications.timing import Timing
from campapp.core.current import current
from campapp.core.db import db
from campapp.core.files import ShownFile
from campapp.core.form.asked import Declared, all_fields, asked, words
from campapp.organisations.models import Organisation
from campapp.pool.models import Project, Snapshot
from campapp.programmes.models import EntryForm, Group, Programme, Track
from campapp.teams.models import Team

WIDEST = 8
"""Columns that stand side by side on A4; a wider table is printed a row at a time."""


@dataclass(frozen=True)
class Letter:
    """A letter in the reader's language."""

    declared: Declared
    label: str
    text: str

    @property
    def key(self) -> str:
        """Of the field that it answers."""
        return str(self.declared["key"])


@dataclass(frozen=True)
class Paper:
    """One entry as it is printed."""

    application: Application
    programme: Programme
    team: str
    members: list[dict[str, Any]]
    title: str
    summary: str
    organisation: Organisation | None
    track: Track | None
    group: Group | None
    submission: Submission | None
    """None: a draft."""
    sha256: str
    document: Declared
    answers: dict[str, Any]
    files: dict[str, list[dict[str, Any]]]
    sections: list[dict[str, Any]] = field(default_factory=list)

    @property
    def letters(self) -> list[Letter]:
        """The letters that are asked of this entry."""
        live = asked(self.document, self.answers)
        return [
            Letter(one, words(one, "label"), words(one, "text"))
            for one in all_fields(self.document)
            if one["kind"] == "letter" and one["key"] in live
        ]

    def named(self, *roles: str) -> str:
        """The members of these roles."""
        return ", ".join(one["name"] for one in self.members if any(one.get(role) for role in roles))


def on_paper(programme: Programme, ids: Collection[int], *, draft: bool = False) -> list[Paper]:
    """Entries of a programme that the reader sees, in the order asked; what is not submitted is printed as a draft."""
    newest = newest_form(programme.id)
    statement = (
        select(Application, Team, Project, Submission, Snapshot, EntryForm, Track, Group, Organisation)
        .join(Team, Team.id == Application.team_id)
        .join(Project, Project.id == Application.project_id)
        .outerjoin(Submission, Submission.id == Application.submission_id)
        .outerjoin(Snapshot, Snapshot.id == Submission.snapshot_id)
        .outerjoin(EntryForm, EntryForm.id == Submission.form_id)
        .outerjoin(Track, Track.id == Application.track_id)
        .outerjoin(Group, Group.id == Application.group_id)
        .outerjoin(Organisation, Organisation.id == Team.organisation_id)
        .where(Application.id.in_(ids), Application.programme_id == programme.id)
    )
    found: dict[int, Paper] = {}
    rows: Any = db.session.execute(statement)
    for row in rows:
        kept = row[3] is not None and not draft
        found[row[0].id] = _submitted(programme, row, newest) if kept else _draft(programme, row, newest)
    return [found[one] for one in ids if one in found]


def _submitted(programme: Programme, row: Any, newest: EntryForm | None) -> Paper:
    application, team, project, submission, snapshot, form, track, group, organisation = row
    frozen, document = snapshot.document, document_of(form or newest)
    about, whose = frozen.get("project", {}), frozen.get("team", {})
    return Paper(
        application, programme, whose.get("name") or team.name, whose.get("members", []),
        about.get("title") or project.title, about.get("summary") or "", organisation, track, group, submission,
        snapshot.sha256, document, frozen.get("answers", {}), frozen.get("files", {}),
        shown_answers(document, frozen.get("answers", {}), newest=document_of(newest), application=application),
    )  # fmt: skip


def _draft(programme: Programme, row: Any, newest: EntryForm | None) -> Paper:
    application, team, project, _submission, _snapshot, _form, track, group, organisation = row
    document = document_of(newest)
    return Paper(
        application, programme, team.name, team_members(team), project.title, project.summary, organisation,
        track, group, None, "", document, application.answers, draft_files(application),
        shown_answers(document, application.answers, application=application),
    )  # fmt: skip


@dataclass(frozen=True)
class Scan:
    """How far the stamped scan of a letter is."""

    letter: Letter
    due: datetime | None
    state: str
    """`counts`: part of the version that counts; `given`: here, not yet part of it; `wanted`; `over`: too late."""
    joins: str = ""
    """How a given one becomes part: `submission`, `supplement`; empty: not any more."""

    @property
    def takes(self) -> bool:
        """Whether one may be uploaded now."""
        return self.joins != ""


def scans_of(paper: Paper, timing: Timing, at: datetime) -> list[Scan]:
    """Each letter of an entry, by its own due date."""
    actor, application = current.actor, paper.application
    given, counted = draft_files(application), paper.files if paper.submission else {}
    late = timing.open_late(paper.document, at) if may_supplement(actor, application) else {}
    anew = "submission" if may_submit(actor, application) else ""
    found = []
    for letter in paper.letters:
        key = letter.key
        joins = "" if timing.is_frozen(letter.declared, at) else "supplement" if key in late else anew
        here, there = given.get(key), counted.get(key)
        state = "wanted" if joins else "over"
        if there and here == there:
            state = "counts"
        elif here:
            state = "given"
        found.append(Scan(letter, timing.due(letter.declared), state, joins))
    return found


def submitted_scans(evidence: Evidence) -> list[ShownFile]:
    """The stamped scans of the version that counts, for who checks it."""
    keys = {letter["key"] for letter in evidence.asked("letter")} & evidence.files
    return [file for file in shown_files(evidence.application) if file.key in keys] if keys else []


def first_due(scans: Sequence[Scan]) -> datetime | None:
    """The next due date of a scan that is still wanted or not yet part of the entry."""
    return min((one.due for one in scans if one.due and one.takes and one.state != "counts"), default=None)
