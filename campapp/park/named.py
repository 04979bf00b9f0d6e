"""What others wrote about a person: the rows and answers that name them, of the teams and companies that they are in
or were in. Nothing else of those answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, select

from campapp.accounts.models import Account
from campapp.applications.models import Application, Submission
from campapp.companies.models import Company, Representative
from campapp.core.db import db
from campapp.core.form import kinds
from campapp.core.form.asked import all_fields
from campapp.core.text.codes import masked_identity
from campapp.dues.models import Due
from campapp.park.traces import Traces, traces_of
from campapp.pool.models import Snapshot
from campapp.programmes.models import EntryForm, FollowUp, Participation, Programme
from campapp.teams.models import Member

Found = dict[str, Any]


def named_by_others(account: Account) -> list[Found]:
    """In which programme and question, by whose hand, and what it says of them."""
    found: list[Found] = []
    for rows, traces in _places(account, Member):
        teams = Application.team_id.in_([row.team_id for row in rows])
        found += [*_entries(teams, traces), *_versions(teams, traces), *_team_dues(teams, traces)]
    for rows, traces in _places(account, Representative):
        found += _company_dues(Participation.company_id.in_([row.company_id for row in rows]), traces)
    return found


def _places(account: Account, model: type[Any]) -> Iterator[tuple[Sequence[Any], Traces]]:
    """Where they are, and where they were, each with what they are known by there.

    Who has left is known by the name that they had there only: whoever calls themselves by another's name afterwards
    is handed nothing of that other's. An address counts that was proved to be theirs.
    """
    rows = db.session.scalars(select(model).where(model.account_id == account.id).order_by(model.id)).all()
    contacts = [address.value for address in account.addresses if address.confirmed_at is not None]
    present, past = (
        [row for row in rows if row.left_at is None],
        [row for row in rows if row.left_at is not None],
    )
    for places, names in ((present, [account.name]), (past, [])):
        if places:
            yield places, traces_of(places, names, contacts)


def in_teams(account: Account) -> Traces:
    """By what the teams that they are in know them."""
    return next(
        (traces for rows, traces in _places(account, Member) if rows[0].left_at is None), Traces((), ())
    )


def identity_questions(teams: Any) -> dict[int, dict[str, list[str]]]:
    """Programme → table → its columns of identity numbers, of the programmes that these teams entered."""
    entered = select(Application.programme_id).where(Application.team_id.in_(teams))
    found: dict[int, dict[str, list[str]]] = {}
    for form in db.session.scalars(select(EntryForm).where(EntryForm.programme_id.in_(entered))):
        for field in all_fields(form.document):
            if columns := kinds.identity_columns(field):
                found.setdefault(form.programme_id, {}).setdefault(field["key"], []).extend(columns)
    return found


def masked(entry: Application, traces: Traces, questions: dict[int, dict[str, list[str]]]) -> dict[str, Any]:
    """An entry's answers as one of its team is handed them: the identity numbers of others masked."""
    answers = dict(entry.answers)
    for key, columns in questions.get(entry.programme_id, {}).items():
        rows = answers.get(key)
        if isinstance(rows, list):
            answers[key] = [row if traces.names_row(row) else _row_masked(row, columns) for row in rows]
    return answers


def _row_masked(row: Any, columns: list[str]) -> Any:
    if not isinstance(row, dict):
        return row
    return {key: masked_identity(str(value)) if key in columns else value for key, value in row.items()}


def _entries(teams: ColumnElement[bool], traces: Traces) -> Iterator[Found]:
    rows = select(Application, Programme.slug).join(Programme).where(teams).order_by(Application.id)
    for entry, slug in db.session.execute(rows):
        yield from _said(entry.answers, traces, programme=slug, by=entry.team_name, in_="entry")


def _versions(teams: ColumnElement[bool], traces: Traces) -> Iterator[Found]:
    rows = (
        select(Submission.number, Snapshot.document, Application.team_name, Programme.slug)
        .join(Snapshot, Snapshot.id == Submission.snapshot_id)
        .join(Application, Application.id == Submission.application_id)
        .join(Programme, Programme.id == Application.programme_id)
        .where(teams)
        .order_by(Submission.id)
    )
    for number, document, team, slug in db.session.execute(rows):
        answers = document.get("answers") or {}
        yield from _said(answers, traces, programme=slug, by=team, in_=f"submitted version {number}")


def _team_dues(teams: ColumnElement[bool], traces: Traces) -> Iterator[Found]:
    rows = _dues(Application.team_name).join(Application, Application.id == Due.application_id)
    return _of_dues(rows.where(teams), traces)


def _company_dues(companies: ColumnElement[bool], traces: Traces) -> Iterator[Found]:
    rows = _dues(Company.name).join(Participation, Participation.id == Due.participation_id)
    return _of_dues(rows.join(Company, Company.id == Participation.company_id).where(companies), traces)


def _dues(by: Any) -> Any:
    return (
        select(Due, Programme.slug, by)
        .select_from(Due)
        .join(FollowUp, FollowUp.id == Due.follow_up_id)
        .join(Programme, Programme.id == FollowUp.programme_id)
        .where(Due.answer.is_not(None))
        .order_by(Due.id)
    )


def _of_dues(rows: Any, traces: Traces) -> Iterator[Found]:
    for due, slug, by in db.session.execute(rows):
        place = f"follow-up {due.follow_up_id}"
        yield from _said({due.key: due.answer}, traces, programme=slug, by=by, in_=place)


def _said(answers: dict[str, Any], traces: Traces, *, programme: str, by: str, in_: str) -> Iterator[Found]:
    for key, value in answers.items():
        about = traces.about(value)
        if about is not None:
            yield {"programme": programme, "by": by, "in": in_, "question": key, "says": about}
