"""By what a person is known in what others wrote: the answers of their teams and companies, and names of files."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from campapp.companies.models import Representative
from campapp.core.db import db
from campapp.core.events import ERASED
from campapp.core.text.names import fold
from campapp.teams.models import Member

Answers = dict[str, Any]
GONE = ERASED[-1]
"""In place of a name that was erased."""
BETWEEN = r"[\s_.\-]*"
"""What may stand between the letters of a name in the name of a file."""


@dataclass(frozen=True)
class Traces:
    """Names, folded, and addresses and numbers, in small letters; `others`: folded names of those beside them."""

    names: Collection[str]
    contacts: Collection[str]
    others: Collection[str] = ()

    def __or__(self, other: Traces) -> Traces:
        """By either of them."""
        return Traces(
            {*self.names, *other.names}, {*self.contacts, *other.contacts}, {*self.others, *other.others}
        )

    def is_one(self, value: Any) -> bool:
        """Whether a text is this person's name, address or number, and nothing else."""
        return isinstance(value, str) and (
            fold(value) in self.names or value.strip().lower() in self.contacts
        )

    def is_in(self, value: Any) -> bool:
        """Whether a text names them among other words."""
        return isinstance(value, str) and any(
            one in fold(value) or one in value.lower() for one in (*self.names, *self.contacts)
        )

    def names_row(self, row: Any) -> bool:
        """Whether a row of a table is about this person."""
        return isinstance(row, dict) and any(self.is_one(value) for value in row.values())

    def without(self, answers: Answers) -> tuple[Answers, list[str]]:
        """The answers without this person, and the keys of those that changed."""
        kept: Answers = {}
        for key, value in answers.items():
            if isinstance(value, list):
                kept[key] = [self._emptied(one) for one in value]
            elif not self.is_one(value):
                kept[key] = value
        return kept, [key for key, value in answers.items() if kept.get(key) != value]

    def _emptied(self, row: Any) -> Any:
        """A row about this person keeps its place in the table, and only a dash where the name stood."""
        if not self.names_row(row):
            return row
        return {
            key: GONE for key, value in row.items() if isinstance(value, str) and fold(value) in self.names
        }

    def about(self, value: Any) -> Any:
        """Of an answer what is about this person: the rows that name them, or the whole where it is they; else None."""
        if isinstance(value, list):
            return [row for row in value if self.names_row(row)] or None
        return value if self.is_one(value) else None

    def out_of_name(self, name: str) -> str:
        """The name of a file with a dash where it named this person; a longer name of another stays as it is."""
        known = sorted({*self.names, *self.contacts, *self.others}, key=len, reverse=True)
        if not (self.names or self.contacts):
            return name
        plain = unicodedata.normalize("NFKC", name)
        found = re.sub("|".join(map(_pattern, known)), self._dash, plain, flags=re.IGNORECASE)
        return name if found == plain else found

    def _dash(self, match: re.Match[str]) -> str:
        return GONE if fold(re.sub(BETWEEN, "", match[0])) in self._bare() else match[0]

    def _bare(self) -> set[str]:
        return {fold(re.sub(BETWEEN, "", one)) for one in (*self.names, *self.contacts)}


def _pattern(known: str) -> str:
    """A name as it may be written in the name of a file: not inside a longer Latin word or number."""
    body = BETWEEN.join(re.escape(c) for c in known)
    before = r"(?<![a-z0-9])" if known[0].isascii() else ""
    after = r"(?![a-z0-9])" if known[-1].isascii() else ""
    return f"{before}{body}{after}"


def traces_of(
    rows: Sequence[Member] | Sequence[Representative], names: Collection[str], contacts: Collection[str]
) -> Traces:
    """Of the person whose places in teams (or in companies) these are.

    Without a name that somebody else in one of them has too: theirs stays.
    """
    known = {row.mail for row in rows} | {row.phone for row in rows} | set(contacts)
    others = {fold(name) for name in _beside(rows)}
    mine = {fold(name) for name in (*names, *(row.name for row in rows))} - {"", fold(GONE)}
    return Traces(mine - others, {one.lower() for one in known} - {""}, others - mine - {"", fold(GONE)})


def _beside(rows: Sequence[Any]) -> Sequence[str]:
    """The names of whoever else is there."""
    if not rows:
        return ()
    model, own = type(rows[0]), [row.id for row in rows]
    place = "team_id" if model is Member else "company_id"
    there = {getattr(row, place) for row in rows}
    found = select(model.name).where(
        getattr(model, place).in_(there), model.id.not_in(own), model.left_at.is_(None)
    )
    return db.session.scalars(found).all()
