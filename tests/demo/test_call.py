"""The demo's open call shows a newcomer groups, conditions, and an entry at every step of the formal check."""

from __future__ import annotations

from collections import Counter

from flask import Flask
from sqlalchemy import select

from campapp.applications.checking import last_result, lines_of
from campapp.applications.grouping import standings
from campapp.applications.models import Allowance, Application, CheckMark
from campapp.applications.reading import document_of
from campapp.core import pdf
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.files import StoredFile
from campapp.demo import call
from campapp.demo.data.projects import PROJECTS
from campapp.demo.people import found_cast
from campapp.demo.present import today
from campapp.demo.stock import plant_companies
from campapp.programmes.actions.form import versions_of
from campapp.programmes.models import Group, Programme


def test_every_state_of_the_check_has_something_true_to_show(app: Flask) -> None:
    with current.set(actor=SYSTEM, locale="zh_CN"):
        cast = found_cast("*")
        call.plant(cast, plant_companies(cast), today())
    programme = db.session.scalars(select(Programme)).one()
    entries = {row.project_title: row for row in db.session.scalars(select(Application))}
    assert Counter(row.state for row in entries.values()) == Counter(
        {
            "submitted": 4,
            "draft": 2,
            "eligible": 2,
            "returned": 1,
            "ineligible": 1,
            "accepted": 1,
            "waitlisted": 1,
        }
    )
    assert db.session.scalars(select(Group.title_en).order_by(Group.position)).all() == [
        "Start-up group", "Growth group", "Team group"]  # fmt: skip
    by_state = {row.state: row for row in entries.values()}
    refused = last_result(by_state["ineligible"].id)
    assert refused is not None
    assert [one["title_en"] for one in refused.items if one["verdict"] == "failed"] == [
        "It meets the conditions of its group", "No second entry of the same organisation or project"]  # fmt: skip
    assert by_state["returned"].respond_by is not None
    assert (
        len(db.session.scalars(select(CheckMark).where(CheckMark.account_id == cast.organiser.id)).all()) == 7
    )
    granted = db.session.scalars(select(Allowance)).all()
    assert [(bool(row.group_id), bool(row.until)) for row in granted] == [(True, False), (False, True)]
    waiting = [row for row in entries.values() if row.state == "submitted"]
    letters = [line.verdict for row in waiting for line in lines_of(row) if line.item.auto == "letter"]
    assert sorted(letters) == ["", "", "passed", "passed"]
    draft = entries[PROJECTS[0].zh]
    found = standings(draft, document_of(versions_of(programme)[0]), draft.answers)
    assert [one.state for one in found] == ["open", "open", "excluded"]
    scan = db.session.scalars(select(StoredFile).where(StoredFile.name.contains("承诺书"))).first()
    assert scan is not None and pdf.pages(scan) == 1
