"""A rehearsal is made: the programme as it stands, copied into a park of its own, with invented people and answers."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import ColumnElement, Table, select, true

from campapp.accounts import passwords
from campapp.core import clock, files
from campapp.core.action import bulk
from campapp.core.current import SYSTEM, current
from campapp.core.db import Base, db
from campapp.core.park import the_park
from campapp.demo.actions import take_over
from campapp.demo.people import found_cast
from campapp.demo.planting import PASSWORD
from campapp.demo.stock import plant_companies
from campapp.demo.supporting import invent_companies, invent_follow_ups, invent_teams, invent_wishes
from campapp.programmes.actions.programme import set_staff
from campapp.programmes.models import Programme

COPIED = (
    "special_days", "consent_texts", "programmes", "tracks", "units", "contacts", "entry_groups", "check_items",
    "entry_forms", "form_drafts", "rooms", "tables", "slots", "sessions", "faqs", "notices", "files", "notice_files",
    "follow_ups", "follow_up_forms", "follow_up_drafts",
)  # fmt: skip
"""What a programme is made of, without anything personal but its public contacts; in the order of their references."""
_ENTRIES = "an entry's: teams and their entries are invented"
_COMPANIES = "a company's: companies in the programme are invented"
_MATCHES = "of matches and meetings, which are computed there anew"
LEFT_OUT: Mapping[str, str] = {
    "applications": _ENTRIES, "allowances": _ENTRIES, "submissions": _ENTRIES, "dues": _ENTRIES,
    "check_marks": _ENTRIES, "team_absences": _ENTRIES,
    "participations": _COMPANIES, "absences": _COMPANIES,
    "runs": _MATCHES, "releases": _MATCHES, "matches": _MATCHES, "pair_rules": _MATCHES, "preferences": _MATCHES,
    "meetings": _MATCHES, "moves": _MATCHES, "publications": _MATCHES, "placements": _MATCHES,
    "attendances": "who was there", "calls": "who was called, and what they said",
    "circulars": "messages that were sent to people", "threads": "conversations of people",
    "posts": "conversations of people", "packages": "files of entries, for download",
    "outcomes": "what came of real meetings", "issued_reports": "of the real year", "staff": "people",
    "rehearsals": "a rehearsal has none of its own",
}  # fmt: skip
"""What belongs to a programme, or hangs on what is copied, and stays behind, with the reason."""
_HANGING = {
    "follow_up_forms": ("follow_up_id", "follow_ups"), "follow_up_drafts": ("follow_up_id", "follow_ups"),
    "notice_files": ("notice_id", "notices"),
}  # fmt: skip
_OF_THE_PARK = ("special_days", "consent_texts")
TEAMS = 16
MOST_ATTACHED = 64 << 20
"""Bytes of attachments that go along; those of later notices stay behind."""


@dataclass(frozen=True)
class Script:
    """What is copied: rows by table, the park's names, and where the files lie."""

    programme_id: int
    rows: dict[str, list[dict[str, Any]]]
    park: dict[str, str]
    files: Path


def script_of(programme: Programme) -> Script:
    """The programme's rows as plain values. What refers to anything or anybody left behind refers to nothing."""
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in COPIED}
    for name in COPIED:
        if name != "files":
            rows[name] = _rows(name, programme.id)
    rows["files"], rows["notice_files"] = _attached(rows["notice_files"])
    park = the_park()
    names = {"name_zh": park.name_zh, "name_en": park.name_en} if park else {"name_zh": "", "name_en": ""}
    named = {**names, "zone": park.zone if park else programme.zone}
    return Script(programme.id, rows, named, files.place("00").parent.parent)


def _rows(name: str, programme_id: int) -> list[dict[str, Any]]:
    table = Base.metadata.tables[name]
    lost = {c.name: None for c in table.c for key in c.foreign_keys if key.column.table.name not in COPIED}
    if "account_id" in table.c:
        lost["account_id"] = None
    if name in {"form_drafts", "follow_up_drafts"}:
        lost["name"] = ""  # type: ignore[assignment]  # of a colleague
    found = db.session.execute(select(table).where(*_wanted(table, programme_id)).order_by(table.c.id))
    return [{**row, **lost} for row in found.mappings()]


def _wanted(table: Table, programme_id: int) -> list[ColumnElement[bool]]:
    """Which rows of a table go along: nothing that was taken away, and no notice but what the public page shows."""
    found: list[ColumnElement[bool]] = [table.c.removed_at.is_(None)] if "removed_at" in table.c else []
    if table.name == "notices":  # a list of results names people, and a draft is nobody's to read yet
        found += [table.c.published_at.is_not(None), table.c.kind != "result"]
    if table.name == "tables":  # a company's own come with the invented companies
        found.append(table.c.participation_id.is_(None))
    if table.name in _OF_THE_PARK:
        return [*found, true()]
    if table.name not in _HANGING:
        return [*found, table.c[("id" if table.name == "programmes" else "programme_id")] == programme_id]
    link, above = _HANGING[table.name]
    parent = Base.metadata.tables[above]
    return [*found, table.c[link].in_(select(parent.c.id).where(*_wanted(parent, programme_id)))]


def _attached(links: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The attachments' own rows, and the links to them, as many as go along."""
    table = Base.metadata.tables["files"]
    wanted = table.c.id.in_([link["file_id"] for link in links])
    found = db.session.execute(select(table).where(wanted).order_by(table.c.id)).mappings()
    taken, held = [], 0
    for row in found:
        if held + row["size"] <= MOST_ATTACHED and files.place(row["sha256"]).exists():
            taken.append({**row, "account_id": None})
            held += row["size"]
    ids = {row["id"] for row in taken}
    return taken, [link for link in links if link["file_id"] in ids]


def play(app: Flask, script: Script) -> None:
    """Plant it in the rehearsal's own application."""
    with app.app_context(), current.set(actor=SYSTEM, locale="zh_CN"):
        upgrade()
        for row in script.rows["files"]:
            _bring(script.files, row["sha256"])
        take_over(script.rows, script.park)
        with clock.at(clock.now() - timedelta(days=30)):
            cast = found_cast(passwords.hashed(PASSWORD))
            companies = plant_companies(cast)
        programme = db.session.get_one(Programme, script.programme_id)
        with bulk():
            set_staff(programme, cast.organiser, "owner")
        invent_companies(programme, companies)
        invent_teams(programme, cast, TEAMS)
        invent_wishes(programme)
        invent_follow_ups(programme)
        db.session.remove()


def _bring(root: Path, sha256: str) -> None:
    target = files.place(sha256)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(root / sha256[:2] / sha256, target)
