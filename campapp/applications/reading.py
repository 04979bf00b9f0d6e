"""Answers as somebody reads them: in the words of the form they were given to, as far as the reader sees each."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from campapp.applications.models import Application, Submission
from campapp.applications.rules import disclosed_to
from campapp.core.current import ADMINISTRATOR, ORGANISER, REPRESENTATIVE, current
from campapp.core.db import db
from campapp.core.form import answers as kept
from campapp.core.form import kinds
from campapp.core.form.asked import all_fields, asked, by_key, names_in, words
from campapp.core.form.schema import READERS
from campapp.core.text.names import fold
from campapp.programmes.models import EntryForm, Participation

Declared = dict[str, Any]
AUDIENCES = {REPRESENTATIVE: "companies", "judge": "judges"}
"""Roles that see an answer only where its field says so; the team and the staff see all."""


def document_of(form: EntryForm | None) -> Declared:
    """A form's document; without a form nothing is asked."""
    return form.document if form else {"sections": []}


def answered_by(submission: Submission | None) -> Declared | None:
    """The version of the form that a submission answered; None for one that was taken in without a form."""
    form = db.session.get(EntryForm, submission.form_id) if submission and submission.form_id else None
    return form.document if form else None


def readable(field: Declared, newest: dict[str, Declared]) -> bool:
    """Whether the reader's role sees the answer: the newest form decides, where it still asks."""
    audience = AUDIENCES.get(current.actor.role)
    if field["kind"] == "identity":
        return audience is None
    rule = newest.get(field["key"], field)
    return audience is None or audience in rule.get("seen_by", READERS)


def shown_answers(
    document: Declared,
    answers: dict[str, Any],
    *,
    newest: Declared | None = None,
    application: Application | None = None,
    named: Collection[str] = (),
) -> list[dict[str, Any]]:
    """Sections with their fields and answers in words; what is not asked, or not for this reader, is not there.

    `named`: the folded names of the members whom a company may be told of; of a table of people it reads their rows.
    """
    rules, live = by_key(newest or document), asked(document, answers)
    open_ = _terms_accepted(application)
    masked = current.actor.role in AUDIENCES
    answers = _of_named(document, rules, answers, named) if current.actor.role == REPRESENTATIVE else answers
    found = []
    for section in document.get("sections", []):
        fields = [
            _shown(field, answers, rules, masked=masked, open_=open_)
            for field in section["fields"]
            if field["key"] in live and readable(field, rules)
        ]
        if fields:
            found.append({"title": words(section, "title"), "key": section["key"], "fields": fields})
    return found


def _of_named(
    document: Declared, rules: dict[str, Declared], answers: dict[str, Any], named: Collection[str]
) -> dict[str, Any]:
    """Answers without the rows about people who did not agree to it themselves."""
    found = dict(answers)
    for field in all_fields(document):
        column = names_in(rules.get(field["key"], field))
        rows = answers.get(field["key"])
        if column and isinstance(rows, list):
            found[field["key"]] = [row for row in rows if fold(str(row.get(column, ""))) in named]
    return found


def _terms_accepted(application: Application | None) -> bool:
    """Whether this reader may open what is confidential."""
    if current.actor.role != REPRESENTATIVE or application is None:
        return current.actor.role != REPRESENTATIVE
    accepted = disclosed_to(current.actor).where(Participation.programme_id == application.programme_id)
    return db.session.execute(accepted.limit(1)).first() is not None


def _shown(
    field: Declared, answers: dict[str, Any], rules: dict[str, Declared], *, masked: bool, open_: bool
) -> dict[str, Any]:
    locked = (
        bool(rules.get(field["key"], field).get("confidential")) and not open_ and field["kind"] != "file"
    )
    value = None if locked else answers.get(field["key"])
    field, opens = without_identities(field), current.actor.role in {ORGANISER, ADMINISTRATOR}
    return {
        "key": field["key"], "kind": field["kind"], "label": words(field, "label"), "value": value, "locked": locked,
        "words": kept.shown(field, value, masked=masked), "sums": kept.sums(field, value),
        "columns": [(column["key"], words(column, "label")) for column in field.get("columns", [])],
        "rows": _rows(field, value, masked=masked),
        "opens": opens and field["kind"] == "identity",
        "opened": kinds.identity_columns(field) if opens else [],
    }  # fmt: skip


def without_identities(field: Declared) -> Declared:
    """A table as this reader may see it: companies and judges get no column of identity numbers, masked or not."""
    if AUDIENCES.get(current.actor.role) is None or not kinds.identity_columns(field):
        return field
    return {**field, "columns": [column for column in field["columns"] if column["kind"] != "identity"]}


def _rows(field: Declared, value: Any, *, masked: bool) -> list[dict[str, str]]:
    """A table's rows in words, by column."""
    if field["kind"] != "table" or not isinstance(value, list):
        return []
    columns = field.get("columns", [])
    return [
        {column["key"]: kept.shown(column, row.get(column["key"]), masked=masked) for column in columns}
        for row in value
    ]
