"""Where answers name a person who is erased: their rows are emptied, and the others are told where to look."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, delete, or_, select

from campapp.applications.models import Answer, Application, Consent, EntryFile
from campapp.companies.models import Representative
from campapp.core.db import db
from campapp.core.files import StoredFile
from campapp.core.form.asked import all_fields, words
from campapp.core.outbox import tell
from campapp.core.upload import Upload
from campapp.dues.asking import document_of
from campapp.dues.models import Due, DueFile
from campapp.dues.rules import UPLOADED
from campapp.park.personal import snapshots_of
from campapp.park.traces import GONE, Traces
from campapp.programmes.models import EntryForm, FollowUp, NonDisclosure, Participation
from campapp.teams.models import Member, Team


def forget_in_answers(members: Sequence[Member], traces: Traces) -> None:
    """In drafts, entries and follow-ups of the person's teams; free texts are the team's own to change."""
    teams = [row.team_id for row in members]
    for entry in db.session.scalars(select(Application).where(Application.team_id.in_(teams))):
        kept, emptied = traces.without(entry.answers)
        if emptied:
            entry.answers = kept
        still = [key for key, value in kept.items() if traces.is_in(value)]
        if emptied or still:
            document = _form_of(entry)
            tell(
                db.session.get_one(Team, entry.team_id),
                "applications/member_erased",
                entry,
                emptied=_labels(document, emptied),
                still=_labels(document, still),
            )
    entries = select(Application.id).where(Application.team_id.in_(teams))
    _forget_in_dues(Due.application_id.in_(entries), traces)
    said = [text for text in _texts(entries) if traces.is_one(text)]
    db.session.execute(delete(Answer).where(Answer.application_id.in_(entries), Answer.text.in_(said)))
    _forget_in_files(
        traces,
        StoredFile.id.in_(select(EntryFile.file_id).where(EntryFile.application_id.in_(entries))),
        StoredFile.id.in_(select(Consent.scan_file_id).where(Consent.application_id.in_(entries))),
        _given_to(Due.application_id.in_(entries)),
    )
    _forget_in_uploads(traces, "application", entries)
    _forget_in_uploads(traces, UPLOADED, select(Due.id).where(Due.application_id.in_(entries)))


def forget_at_companies(representatives: Sequence[Representative], traces: Traces) -> None:
    """In what the person's companies handed in in follow-ups, and in the names of files there."""
    companies = [row.company_id for row in representatives]
    parts = select(Participation.id).where(Participation.company_id.in_(companies))
    _forget_in_dues(Due.participation_id.in_(parts), traces)
    signed = select(NonDisclosure.file_id).where(NonDisclosure.participation_id.in_(parts))
    _forget_in_files(traces, StoredFile.id.in_(signed), _given_to(Due.participation_id.in_(parts)))
    _forget_in_uploads(traces, UPLOADED, select(Due.id).where(Due.participation_id.in_(parts)))


def forget_in_own_files(account_id: int, traces: Traces) -> None:
    """The names of the files that they gave, wherever to."""
    _forget_in_files(traces, StoredFile.account_id == account_id)


def _given_to(dues: ColumnElement[bool]) -> ColumnElement[bool]:
    return StoredFile.id.in_(select(DueFile.file_id).join(Due, Due.id == DueFile.due_id).where(dues))


def _forget_in_files(traces: Traces, *which: ColumnElement[bool]) -> None:
    for file in db.session.scalars(select(StoredFile).where(or_(*which))):
        file.name = traces.out_of_name(file.name)


def _forget_in_uploads(traces: Traces, kind: str, owners: Any) -> None:
    """Files that are still on their way."""
    for upload in db.session.scalars(
        select(Upload).where(Upload.owner_kind == kind, Upload.owner_id.in_(owners))
    ):
        upload.name = traces.out_of_name(upload.name)


def _forget_in_dues(whose: ColumnElement[bool], traces: Traces) -> None:
    """Answers to follow-ups, dropped questions too; whoever owes them is told which changed or still name them."""
    rows = db.session.scalars(
        select(Due)
        .where(whose, Due.answer.is_not(None))
        .order_by(Due.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    touched: dict[tuple[int, int | None, int | None], tuple[list[str], list[str]]] = {}
    first: dict[tuple[int, int | None, int | None], Due] = {}
    for due in rows:
        kept, emptied = traces.without({due.key: due.answer})
        if emptied:
            due.answer = kept.get(due.key)
        still = traces.is_in(kept.get(due.key))
        if emptied or still:
            place = due.follow_up_id, due.application_id, due.participation_id
            first.setdefault(place, due)
            lists = touched.setdefault(place, ([], []))
            lists[0].extend(emptied)
            if still:
                lists[1].append(due.key)
    for place, (emptied, still_there) in touched.items():
        _tell_who_owes(first[place], emptied, still_there)


def _tell_who_owes(due: Due, emptied: Sequence[str], still: Sequence[str]) -> None:
    document = document_of(db.session.get_one(FollowUp, due.follow_up_id))
    if due.application_id is not None:
        audience = f"team:{db.session.get_one(Application, due.application_id).team_id}"
    else:
        audience = f"company:{db.session.get_one(Participation, due.participation_id).company_id}"
    tell(audience, "dues/person_erased", due, emptied=_labels(document, emptied),
         still=_labels(document, still))  # fmt: skip


def _texts(entries: Any) -> list[str]:
    rows = db.session.scalars(
        select(Answer.text).where(Answer.application_id.in_(entries), Answer.text.is_not(None))
    )
    return [text for text in rows if text]


def forget_in_versions(account: Any, traces: Traces) -> None:
    """A submitted version is never changed, but for this: its hash then tells what it was, not what it is."""
    for snapshot in snapshots_of(account):
        document = dict(snapshot.document)
        team = dict(document.get("team") or {})
        people = team.get("members") or []
        answers, emptied = traces.without(document.get("answers") or {})
        files = _without_names(document.get("files") or {}, traces)
        named = [traces.is_one(person.get("name")) for person in people]
        if not emptied and not any(named) and files == (document.get("files") or {}):
            continue
        if any(named):
            team["members"] = [
                {**person, "name": GONE, "title": ""} if gone else person
                for person, gone in zip(people, named, strict=True)
            ]
        snapshot.document = {**document, "team": team, "answers": answers, "files": files, "erased": True}


def _without_names(files: dict[str, Any], traces: Traces) -> dict[str, Any]:
    """The files of a version, by question, without this person in their names."""
    return {
        key: [{**file, "name": traces.out_of_name(str(file.get("name") or ""))} for file in given]
        for key, given in files.items()
    }


def _form_of(entry: Application) -> dict[str, Any]:
    """The entry form of its programme that is in use."""
    form = db.session.scalars(
        select(EntryForm)
        .where(EntryForm.programme_id == entry.programme_id)
        .order_by(EntryForm.number.desc())
        .limit(1)
    ).one_or_none()
    return form.document if form else {}


def _labels(document: dict[str, Any], keys: Sequence[str]) -> list[dict[str, str]]:
    """The questions' labels, for a letter in either language."""
    fields = [field for field in all_fields(document) if field["key"] in keys]
    return [{"zh": words(field, "label", "zh_CN"), "en": words(field, "label", "en")} for field in fields]
