"""The entry form composed: one change at a time on a draft of it, then put to use as the next version."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from campapp.core.access import Refused, Verdict, rule
from campapp.core.action import Act, action
from campapp.core.current import ADMINISTRATOR, ORGANISER, Actor
from campapp.core.db import db
from campapp.core.events import Stale
from campapp.core.form import composing, kinds, schema
from campapp.core.form.asked import all_fields, by_key
from campapp.core.form.faults import Place, Problem
from campapp.core.language import gettext as _
from campapp.core.language import lazy_gettext as _l
from campapp.programmes.models import (
    EntryForm,
    FollowUp,
    FollowUpDraft,
    FollowUpForm,
    FormDraft,
    FormTemplate,
    Programme,
)
from campapp.programmes.rules import manages

Declared = dict[str, Any]
Change = Callable[[Declared], Declared]
Owner = Programme | FollowUp
"""Whose form it is: a programme's own, the entry form; or a follow-up's."""


class Unusable(Exception):
    """A form that cannot be put to use; `problems` say why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


def _tables(owner: Owner) -> tuple[Any, Any, dict[str, int]]:
    """The tables of an owner's versions and draft, and how their rows name it."""
    if isinstance(owner, FollowUp):
        return FollowUpForm, FollowUpDraft, {"follow_up_id": owner.id}
    return EntryForm, FormDraft, {"programme_id": owner.id}


def versions_of(owner: Owner) -> list[Any]:
    """Every version of a form, the newest first."""
    version, _draft, mine = _tables(owner)
    return list(db.session.scalars(select(version).filter_by(**mine).order_by(version.number.desc())))


def draft_of(owner: Owner) -> Any:
    """The form as it is being composed, if somebody began; else None."""
    _version, draft, mine = _tables(owner)
    return db.session.scalars(select(draft).filter_by(**mine)).one_or_none()


def another_version(owner: Owner, number: int, document: Declared) -> Any:
    """A further version, not yet added."""
    version, _draft, mine = _tables(owner)
    return version(number=number, document=document, **mine)


def faults_of(document: Any, owner: Owner) -> list[Problem]:
    """All that stands against putting a document to use."""
    found = schema.problems(document, _zone_of(owner)) or clashes(document, owner)
    if not found and isinstance(owner, FollowUp):
        found = [_masked_nowhere(f) for f in all_fields(document) if kinds.asks_identity(f)]
    return found


def _zone_of(owner: Owner) -> str:
    """The clock by which due and freeze dates are read."""
    programme = owner if isinstance(owner, Programme) else db.session.get_one(Programme, owner.programme_id)
    return programme.zone


def _masked_nowhere(field: Declared) -> Problem:
    words = _("Numbers of identity papers are asked in the entry form only, where they are masked.")
    return Problem(schema.place_of(field, Place()).where, words, field["key"])


def composed(owner: Owner) -> Declared:
    """What the builder shows: the draft, else the version in use, else nothing yet."""
    draft, versions = draft_of(owner), versions_of(owner)
    if draft is not None:
        return dict(draft.document)
    return dict(versions[0].document) if versions else {"sections": []}


def clashes(document: Declared, owner: Owner) -> list[Problem]:
    """Keys that an earlier version used for another kind: old answers would read as something else."""
    found = []
    for version in versions_of(owner):
        old = by_key(version.document)
        for field in all_fields(document):
            before = old.get(field["key"], field)
            if before["kind"] != field["kind"] or _other_columns(before, field):
                words = _("Version %(n)s asked another kind of question by this key.", n=version.number)
                found.append(Problem(schema.place_of(field, Place()).where, words, field["key"]))
    return found


def _other_columns(before: Declared, now: Declared) -> bool:
    """Whether a table's column has become one of another kind."""
    kinds_before = {column["key"]: column["kind"] for column in before.get("columns", [])}
    return any(kinds_before.get(c["key"], c["kind"]) != c["kind"] for c in now.get("columns", []))


def taken_keys(owner: Owner) -> set[str]:
    """Every key that a version or the draft uses, so that a new question never gets an old one's answers."""
    return {part["key"] for d in _ever(owner) for s in d["sections"] for part in (s, *s["fields"])}


def taken_columns(owner: Owner, key: str) -> set[str]:
    """Every key that a column of this table has or had."""
    return {c["key"] for d in _ever(owner) for c in by_key(d).get(key, {}).get("columns", [])}


def _ever(owner: Owner) -> list[Declared]:
    """What is composed, and every version in use so far."""
    return [composed(owner), *(version.document for version in versions_of(owner))]


@action("form_changed", rule=manages)
def change_form(act: Act, owner: Owner, change: Change, *, key: str = "", seen: str = "") -> Any:
    """One change to the draft of the form. `seen`: the digest of the field `key` as the writer looked at it.

    Raises:
        Stale: somebody else changed this very field meanwhile.
    """
    before = composed(owner)
    draft = draft_of(owner)
    if key and seen and composing.digest(by_key(before).get(key)) != seen:
        raise Stale(draft or owner, 0)
    after = change(before)
    if draft is None:
        _version, made, mine = _tables(owner)
        draft = made(document=after, changed_at=act.at, **mine)
        db.session.add(draft)
    draft.document, draft.before, draft.changed_at = after, before, act.at
    draft.account_id, draft.name = act.by.account_id, act.by.name
    act.note(key=key)
    return draft


def take_over(owner: Owner, document: Any) -> Any:
    """A whole form in place of the composed one: of a template, of a file.

    Raises:
        Unusable: it is no form, or asks by an old key what that key never meant.
    """
    faults = faults_of(document, owner)
    if faults:
        raise Unusable(faults)
    return change_form(owner, lambda _before: document)


@action("form_change_undone", rule=manages)
def undo_change(act: Act, owner: Owner) -> None:
    """The draft as it was before the last change."""
    draft = draft_of(owner)
    if draft is None or draft.before is None:
        raise Refused("form_change_undone", str(_l("There is nothing to undo.")))
    draft.document, draft.before, draft.changed_at = draft.before, None, act.at


@action("form_draft_dropped", rule=manages)
def drop_draft(act: Act, owner: Owner) -> None:
    """Away with what was composed; the version in use stays."""
    draft = draft_of(owner)
    if draft is not None:
        db.session.delete(draft)


@action("form_put_to_use", rule=manages)
def put_to_use(act: Act, owner: Owner) -> Any:
    """The composed form is what teams are asked from now on; earlier versions stay for the answers given to them.

    Raises:
        Unusable: it still has faults.
    """
    draft, versions = draft_of(owner), versions_of(owner)
    if draft is None:
        raise Refused("form_put_to_use", str(_l("Nothing has been changed.")))
    faults = faults_of(draft.document, owner)
    if faults:
        raise Unusable(faults)
    made = another_version(owner, versions[0].number + 1 if versions else 1, draft.document)
    db.session.add(made)
    db.session.delete(draft)
    act.note(number=made.number)
    return made


# ------------------------------------------------------------------------------------------------ templates
@rule
def keeps_templates(actor: Actor, _row: object) -> Verdict:
    """Whoever organises a programme, and the park's administrators."""
    return actor.role in {ORGANISER, ADMINISTRATOR}


@rule
def own_template(actor: Actor, row: FormTemplate) -> Verdict:
    """Whoever kept it, and the park's administrators."""
    return actor.role == ADMINISTRATOR or (actor.role == ORGANISER and actor.account_id == row.account_id)


@action("form_template_kept", rule=manages)
def keep_template(act: Act, owner: Owner, title: str) -> FormTemplate:
    """The form, kept for other programmes; due and freeze dates are this programme's and stay behind."""
    row = FormTemplate(
        title=title, document=composing.without_moments(composed(owner)), account_id=act.by.account_id,
        name=act.by.name,
    )  # fmt: skip
    db.session.add(row)
    return row


@action("form_template_dropped", rule=own_template)
def drop_template(act: Act, template: FormTemplate) -> None:
    """No longer offered."""
    template.removed_at = act.at
