"""What the palette finds: each kind begins at what the reader sees."""

from __future__ import annotations

from typing import Any

from flask import url_for
from sqlalchemy import case

from campapp.applications.models import Application
from campapp.companies.models import Company, Need
from campapp.core.access import visible
from campapp.core.current import current
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.language import say
from campapp.core.search import is_common, matches
from campapp.core.text.terms import plain
from campapp.pool.sectors import sector_name
from campapp.programmes.models import Programme
from campapp.threads import queries as threads

MOST = 6


def groups(query: str) -> list[dict[str, Any]]:
    """Groups of hits for a query, in either language, in letters or in characters; an empty one finds nothing."""
    text = query.strip()
    if not text:
        return []
    found = [
        (_("Programmes"), _programmes(text)), (_("Companies"), _companies(text)),
        (_("Teams and projects"), _applications(text)), (_("Needs"), _needs(text)),
        (_("Conversations"), _threads(text)),
    ]  # fmt: skip
    return [{"label": label, "hits": hits} for label, hits in found if hits]


def _programmes(text: str) -> list[dict[str, str]]:
    newest = Programme.first_day.desc(), Programme.id.desc()
    rows = db.session.scalars(
        visible(Programme).where(matches(Programme, text)).order_by(*newest).limit(MOST)
    )
    return [
        {"url": url_for("programmes.programme.show", slug=row.slug), "title": say(row, "title"),
         "sub": row.first_day.isoformat()}
        for row in rows
    ]  # fmt: skip


def _companies(text: str) -> list[dict[str, str]]:
    statement = visible(Company).where(matches(Company, text)).order_by(Company.sort_key, Company.id)
    return [
        {"url": url_for("companies.company.show", id=row.id), "title": say(row, "name") or row.name,
         "sub": sector_name(row.sector, current.locale)}
        for row in db.session.scalars(statement.limit(MOST))
    ]  # fmt: skip


def _applications(text: str) -> list[dict[str, str]]:
    """The one with this number first, then the newest."""
    common = is_common(db.session(), Application, text)
    statement = visible(Application).where(matches(Application, text, common=common))
    if not common:
        statement = statement.order_by(case((Application.number == plain(text).upper(), 0), else_=1))
    return [
        {
            "url": url_for("applications.application.show", id=row.id),
            "title": row.team_name,
            "sub": row.project_title,
        }
        for row in db.session.scalars(statement.order_by(Application.id.desc()).limit(MOST))
    ]


def _needs(text: str) -> list[dict[str, str]]:
    rows = db.session.scalars(visible(Need).where(matches(Need, text)).order_by(Need.id.desc()).limit(MOST))
    return [
        {"url": url_for("companies.company.show", id=row.company_id), "title": say(row, "title"),
         "sub": sector_name(row.sector, current.locale)}
        for row in rows
    ]  # fmt: skip


def _threads(text: str) -> list[dict[str, str]]:
    """By what is written in them, or with whom."""
    return [
        {"url": one.url, "title": one.title, "sub": say(one.programme, "title")}
        for one in threads.with_words(text, MOST)
    ]
