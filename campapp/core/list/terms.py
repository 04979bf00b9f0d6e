"""The search field of a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, or_

from campapp.core.db import db
from campapp.core.list.columns import Label
from campapp.core.list.filters import Filter
from campapp.core.search import ASKED, COMMON, hits_up_to, matches
from campapp.core.text.language import lazy_gettext

LONGEST_QUERY = 200

_SEARCH = lazy_gettext("Search")


@dataclass(frozen=True)
class Terms(Filter):
    """Free text over a `Searchable` model (by default the list's); `also` finds by columns in full, like a number."""

    key: str = "q"
    label: Label = _SEARCH
    model: Any = None
    also: tuple[Any, ...] = ()

    def read(self, listing: Any, args: Mapping[str, Sequence[str]]) -> str | None:
        typed = next(iter(args.get(self.key, ())), "")
        typed = typed.replace("\0", " ").encode(errors="ignore").decode()
        return " ".join(typed[:LONGEST_QUERY].split()) or None

    def write(self, value: str) -> dict[str, str]:
        return {self.key: value}

    def condition(self, listing: Any, value: str) -> ColumnElement[bool]:
        model = self.model or listing.model
        hits = hits_up_to(ASKED + 1, db.session(), model, value)
        listing.common, listing.all_asked = hits > COMMON, hits <= ASKED
        return self._or_in_full(matches(model, value, common=listing.common), value)

    def among_newest(self, listing: Any, value: str) -> ColumnElement[bool]:
        """Which rows remain of the newest hits of a common query, for counting."""
        return self._or_in_full(matches(self.model or listing.model, value, newest=ASKED), value)

    def _or_in_full(self, found: ColumnElement[bool], value: str) -> ColumnElement[bool]:
        return or_(found, *(column == value for column in self.also)) if self.also else found

    def words(self, listing: Any, value: str) -> str:
        return value


@dataclass(frozen=True)
class TermsOfJoined(Terms):
    """Free text over `Searchable` models that the list's rows are joined with: one of them holds all of it."""

    models: tuple[Any, ...] = ()

    def condition(self, listing: Any, value: str) -> ColumnElement[bool]:
        return or_(*(matches(model, value, common=True) for model in self.models))
