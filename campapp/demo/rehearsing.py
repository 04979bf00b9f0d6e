"""A rehearsal is made: the programme as it stands, copied into a park of its own, with invented people and answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import select

from campapp.accounts import passwords
from campapp.applications.actions.draft import begin_application, newest_form, save_answer
from campapp.applications.actions.submission import take_in
from campapp.core import clock
from campapp.core.action import bulk
from campapp.core.current import SYSTEM, current
from campapp.core.db import Base, db
from campapp.core.form.asked import all_fields, asked
from campapp.core.form.kinds import GIVEN, digest
from campapp.core.park import the_park
from campapp.demo.actions import take_over
from campapp.demo.data.projects import PROJECTS
from campapp.demo.people import found_cast
from campapp.demo.planting import PASSWORD
from campapp.demo.stock import plant_companies, taking_part, team_of
from campapp.programmes.actions.programme import set_staff
from campapp.programmes.models import Programme

COPIED = (
    "programmes", "tracks", "units", "contacts", "entry_groups", "check_items", "entry_forms", "rooms", "tables",
    "slots", "sessions",
)  # fmt: skip
"""What a programme is made of, without anything personal but its public contacts."""
TEAMS = 16


@dataclass(frozen=True)
class Script:
    """What is copied: rows by table, and the park's names."""

    programme_id: int
    rows: dict[str, list[dict[str, Any]]]
    park: dict[str, str]


def script_of(programme: Programme) -> Script:
    """The programme's rows as plain values. What refers to anything left behind refers to nothing."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for name in COPIED:
        table = Base.metadata.tables[name]
        mine = table.c.id == programme.id if name == "programmes" else table.c.programme_id == programme.id
        lost = [c.name for c in table.c for key in c.foreign_keys if key.column.table.name not in COPIED]
        found = [
            dict(row) for row in db.session.execute(select(table).where(mine).order_by(table.c.id)).mappings()
        ]
        rows[name] = [{**row, **dict.fromkeys(lost)} for row in found]
    park = the_park()
    names = {"name_zh": park.name_zh, "name_en": park.name_en} if park else {"name_zh": "", "name_en": ""}
    return Script(programme.id, rows, {**names, "zone": park.zone if park else programme.zone})


def play(app: Flask, script: Script) -> None:
    """Plant it in the rehearsal's own application."""
    with app.app_context(), current.set(actor=SYSTEM, locale="zh_CN"):
        upgrade()
        take_over(script.rows, script.park)
        with clock.at(clock.now() - timedelta(days=30)):
            cast = found_cast(passwords.hashed(PASSWORD))
            companies = plant_companies(cast)
        programme = db.session.get_one(Programme, script.programme_id)
        with bulk():
            set_staff(programme, cast.organiser, "owner")
            if programme.kind == "camp":
                taking_part(programme, [companies[name] for name in list(companies)[:8]])
        for index in range(min(TEAMS, len(PROJECTS))):
            with bulk():
                _entry(programme, index, cast)
        db.session.remove()


def _entry(programme: Programme, index: int, cast: Any) -> None:
    """An invented team's entry: a draft for the first, else submitted."""
    team, project = team_of(index, cast)
    form = newest_form(programme.id)
    application = begin_application(team, programme, project)
    words = PROJECTS[index]
    told = {"summary": words.summary_zh, "sector": words.sector, "trl": str(words.trl)}
    answers: dict[str, Any] = {}
    for field in all_fields(form.document) if form else ():
        if field["kind"] not in GIVEN and field["key"] in asked(form.document, answers):  # type: ignore[union-attr]
            answers[field["key"]] = told.get(field["key"]) or invented(field, index)
            save_answer(application, field["key"], answers[field["key"]])
    if index:
        take_in(application)


def invented(field: dict[str, Any], index: int) -> Any:
    """An answer that fits the field; never the same number twice in a row."""
    kind = field["kind"]
    if kind in {"choice", "choices"}:
        value = field["choices"][index % len(field["choices"])]["value"]
        return [value] if kind == "choices" else value
    if kind in {"number", "money"}:
        least = int(field.get("least") or 0)
        return min(least + 1 + index, int(field.get("most") or least + 1 + index))
    if kind == "table":
        rows = max(1, int(field.get("least") or 1))
        return [{c["key"]: invented(c, index + n) for c in field["columns"]} for n in range(rows)]
    return {
        "date": field.get("least") or field.get("most") or f"{2015 + index % 9}-06-15",
        "link": f"https://team{index}.example",
        "phone": f"+86138{index:08d}",
        "credit": "91350100M000100Y43",
        "consent": digest(field),
    }.get(kind, PROJECTS[index % len(PROJECTS)].summary_zh[: int(field.get("longest") or 60)])
