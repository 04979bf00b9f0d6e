"""What the palette finds: each kind begins at what the reader sees."""

from __future__ import annotations

from typing import Any

from flask import url_for
from sqlalchemy import or_

from campapp.applications.models import Application
from campapp.companies.models import Company, Need
from campapp.core.access import visible
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.language import say
from campapp.core.text.names import fold
from campapp.programmes.models import Programme
from campapp.threads import queries as threads

MOST = 6


def _like(column: Any, text: str) -> Any:
    return column.icontains(text, autoescape=True)


def groups(query: str) -> list[dict[str, Any]]:
    """Groups of hits for a query; an empty one finds nothing."""
    text = query.strip()
    if not text:
        return []
    folded = fold(text)
    found = [
        (_("Programmes"), _programmes(text)), (_("Companies"), _companies(text, folded)),
        (_("Teams and projects"), _applications(text)), (_("Needs"), _needs(text)),
        (_("Conversations"), _threads(text)),
    ]  # fmt: skip
    return [{"label": label, "hits": hits} for label, hits in found if hits]


def _programmes(text: str) -> list[dict[str, str]]:
    statement = visible(Programme).where(
        or_(_like(Programme.title_zh, text), _like(Programme.title_en, text))
    )
    rows = db.session.scalars(statement.order_by(Programme.first_day.desc()).limit(MOST))
    return [
        {"url": url_for("programmes.programme.show", slug=row.slug), "title": say(row, "title"),
         "sub": row.first_day.isoformat()}
        for row in rows
    ]  # fmt: skip


def _companies(text: str, folded: str) -> list[dict[str, str]]:
    names = [_like(column, text) for column in (Company.name, Company.name_zh, Company.name_en)]
    by_initials = Company.initials.startswith(folded, autoescape=True)
    statement = visible(Company).where(or_(*names, by_initials)).order_by(Company.sort_key, Company.id)
    return [
        {"url": url_for("companies.company.show", id=row.id), "title": row.name, "sub": row.sector}
        for row in db.session.scalars(statement.limit(MOST))
    ]


def _applications(text: str) -> list[dict[str, str]]:
    names = or_(
        _like(Application.team_name, text), _like(Application.project_title, text), Application.number == text.upper(),
        _like(Application.team_sort, text),
    )  # fmt: skip
    statement = visible(Application).where(names).order_by(Application.id.desc())
    return [
        {
            "url": url_for("applications.application.show", id=row.id),
            "title": row.team_name,
            "sub": row.project_title,
        }
        for row in db.session.scalars(statement.limit(MOST))
    ]


def _needs(text: str) -> list[dict[str, str]]:
    words = or_(_like(Need.title, text), _like(Need.title_other, text))
    rows = db.session.scalars(visible(Need).where(words).order_by(Need.id.desc()).limit(MOST))
    return [
        {"url": url_for("companies.company.show", id=row.company_id), "title": row.title, "sub": row.sector}
        for row in rows
    ]


def _threads(text: str) -> list[dict[str, str]]:
    """By what is written in them, or with whom."""
    return [
        {"url": one.url, "title": one.title, "sub": say(one.programme, "title")}
        for one in threads.with_words(text, MOST)
    ]
