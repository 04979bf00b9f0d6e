"""Which teams agreed to be named in public, and which notices name others."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select

from campapp.applications.models import Application, Consent
from campapp.core.access import visible
from campapp.core.db import db
from campapp.programmes.models import Notice
from campapp.programmes.naming import finders

SHORTEST = 2
"""A single letter is no name that could be looked for."""


def may_be_named() -> ColumnElement[bool]:
    """Whether the team of the application at hand agrees to publication."""
    return (
        select(Consent.id)
        .where(
            Consent.application_id == Application.id, Consent.member_id.is_(None),
            Consent.purpose == "publication", Consent.withdrawn_at.is_(None),
        )
        .correlate(Application)
        .exists()
    )  # fmt: skip


def unasked_in(programme_id: int, words: str) -> list[str]:
    """The teams of a programme that these words name and that do not agree to it."""
    rows = db.session.execute(
        select(Application.team_name, Application.project_title)
        .where(
            Application.programme_id == programme_id, Application.submitted_at.is_not(None), ~may_be_named()
        )
        .order_by(Application.team_sort, Application.id)
    )
    return [team for team, project in rows if _named(words, team) or _named(words, project)]


def _named(words: str, name: str) -> bool:
    return len(name) >= SHORTEST and name in words.replace("\\", "")


def still_naming(application: Application) -> Sequence[Notice]:
    """Public notices that name a team which does not agree (any more); for its page."""
    public = visible(Notice).where(
        Notice.programme_id == application.programme_id, Notice.published_at.is_not(None)
    )
    return [
        notice
        for notice in db.session.scalars(public.order_by(Notice.id))
        if any(
            _named(words, name)
            for words in (notice.title_zh, notice.title_en, notice.text_zh, notice.text_en)
            for name in (application.team_name, application.project_title)
        )
    ]


if unasked_in not in finders:
    finders.append(unasked_in)
