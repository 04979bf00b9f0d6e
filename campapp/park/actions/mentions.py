"""Where a team's answers name a person who is erased: their rows are emptied, and the team is told where to look."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, or_, select

from campapp.applications.models import Answer, Application
from campapp.core.db import db
from campapp.core.form.asked import all_fields, words
from campapp.core.outbox import tell
from campapp.core.text.names import fold
from campapp.dues.models import Due
from campapp.park.personal import GONE, snapshots_of
from campapp.programmes.models import EntryForm
from campapp.teams.models import Member, Team

Answers = dict[str, Any]


@dataclass(frozen=True)
class Traces:
    """By what a person is known in what others wrote: names, folded, and addresses and numbers."""

    names: Collection[str]
    contacts: Collection[str]

    def is_one(self, value: Any) -> bool:
        """Whether a text is this person's name, address or number, and nothing else."""
        return isinstance(value, str) and (fold(value) in self.names or value in self.contacts)

    def is_in(self, value: Any) -> bool:
        """Whether a text names them among other words."""
        return isinstance(value, str) and any(
            name in fold(value) or name in value for name in (*self.names, *self.contacts)
        )


def traces_of(members: Sequence[Member], names: Collection[str], contacts: Collection[str]) -> Traces:
    """Without the name, where somebody else of the same name is in one of the teams: theirs stays."""
    teams, own = [row.team_id for row in members], [row.id for row in members]
    rows = select(Member.name).where(
        Member.team_id.in_(teams), Member.id.not_in(own), Member.left_at.is_(None)
    )
    others = {fold(name) for name in db.session.scalars(rows)}
    known = {row.mail for row in members} | {row.phone for row in members} | set(contacts)
    return Traces({fold(name) for name in names} - others - {""}, known - {""})


def forget_in_answers(members: Sequence[Member], traces: Traces) -> None:
    """In drafts, submitted versions and follow-ups of the person's teams; free texts are the team's own to change."""
    teams = [row.team_id for row in members]
    for entry in db.session.scalars(select(Application).where(Application.team_id.in_(teams))):
        kept, emptied = _without(entry.answers, traces)
        if emptied:
            entry.answers = kept
        still = [key for key, value in kept.items() if traces.is_in(value)]
        if emptied or still:
            team = db.session.get_one(Team, entry.team_id)
            tell(
                team,
                "applications/member_erased",
                entry,
                emptied=_labels(entry, emptied),
                still=_labels(entry, still),
            )
    entries = select(Application.id).where(Application.team_id.in_(teams))
    for due in db.session.scalars(
        select(Due).where(Due.application_id.in_(entries), Due.answer.is_not(None))
    ):
        kept, emptied = _without({due.key: due.answer}, traces)
        if emptied:
            due.answer = kept.get(due.key)
    said = or_(Answer.text.in_(traces.contacts), Answer.text.in_(_as_written(entries, traces)))
    db.session.execute(delete(Answer).where(Answer.application_id.in_(entries), said))


def _as_written(entries: Any, traces: Traces) -> list[str]:
    rows = db.session.scalars(
        select(Answer.text).where(Answer.application_id.in_(entries), Answer.text.is_not(None))
    )
    return [text for text in rows if text and traces.is_one(text)]


def forget_in_versions(account: Any, traces: Traces) -> None:
    """A submitted version is never changed, but for this: its hash then tells what it was, not what it is."""
    for snapshot in snapshots_of(account):
        document = dict(snapshot.document)
        team = dict(document.get("team") or {})
        people = team.get("members") or []
        answers, emptied = _without(document.get("answers") or {}, traces)
        named = [traces.is_one(person.get("name")) for person in people]
        if not emptied and not any(named):
            continue
        if any(named):
            team["members"] = [
                {**person, "name": GONE, "title": ""} if gone else person
                for person, gone in zip(people, named, strict=True)
            ]
        snapshot.document = {**document, "team": team, "answers": answers, "erased": True}


def _without(answers: Answers, traces: Traces) -> tuple[Answers, list[str]]:
    """The answers without this person, and the keys of those that changed."""
    kept: Answers = {}
    for key, value in answers.items():
        if isinstance(value, list):
            kept[key] = [_row(one, traces) for one in value]
        elif not traces.is_one(value):
            kept[key] = value
    return kept, [key for key, value in answers.items() if kept.get(key) != value]


def _row(row: Any, traces: Traces) -> Any:
    """A row about this person keeps its place in the table, and only a dash where the name or address stood."""
    if not isinstance(row, dict) or not any(traces.is_one(value) for value in row.values()):
        return row
    return {key: GONE for key, value in row.items() if isinstance(value, str) and fold(value) in traces.names}


def _labels(entry: Application, keys: Sequence[str]) -> list[dict[str, str]]:
    """The questions' labels, for a letter in either language."""
    form = db.session.scalars(
        select(EntryForm)
        .where(EntryForm.programme_id == entry.programme_id)
        .order_by(EntryForm.number.desc())
        .limit(1)
    ).one_or_none()
    fields = [field for field in all_fields(form.document if form else {}) if field["key"] in keys]
    return [{"zh": words(field, "label", "zh_CN"), "en": words(field, "label", "en")} for field in fields]
