"""Badges: for whom they are printed, what the code on them opens, and that every name fits on its sheet."""

from __future__ import annotations

from collections.abc import Callable

import pypdfium2
import pytest
import segno
from flask import Flask
from playwright.sync_api import Browser
from sqlalchemy import select

from campapp.applications.models import Application
from campapp.core import clock
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.dues.actions.answer import answer
from campapp.dues.actions.follow_up import write_follow_up
from campapp.programmes.actions.form import put_to_use
from campapp.programmes.models import FollowUp, Programme
from campapp.scheduling.models import Attendance
from campapp.teams.models import Member, Team
from tests.applications.test_in_chromium import served, tab  # noqa: F401  # a fixture
from tests.cast import browser, person
from tests.factories import BEFORE, application, camp, participation
from tests.outcomes.arranged import day, signed_in

MILLIMETRE = 72 / 25.4
NAMES = (
    "王小明",
    "𠮷田",
    "Nguyễn Thị Minh Khai",
    "Οδυσσέας",
    "阿卜杜热依木·买买提·艾合买提江·吐尔逊",
    "Wolfeschlegelsteinhausenbergerdorff " * 2,
)


def members(entry: Application, *names: str) -> None:
    """More people in an entry's team."""
    with current.set(actor=SYSTEM):
        team = db.session.get_one(Team, entry.team_id)
        for name in names:
            db.session.add(Member(team_id=team.id, name=name))
        db.session.commit()


def test_badges_are_for_those_who_come_and_for_nobody_else(app: Flask) -> None:
    organiser = person("Olga Organiser")
    with clock.at(BEFORE):
        programme = camp(organiser)
        entry = application(programme, person("Cao Comes"), "Alpha", state="accepted")
        application(programme, person("Eva Eligible"), "Beta", state="eligible")
        application(camp(title="Elsewhere"), person("Else Where"), "Gamma", state="accepted")
        participation(programme, "Baidu", representative=person("Rep Baidu"))
        participation(programme, "Nobody Named Ltd")
        members(entry, "Lee Left", "Mia Member")
        gone = db.session.scalars(select(Member).where(Member.name == "Lee Left")).one()
        gone.left_at = BEFORE
        db.session.commit()
        staff = browser(app, organiser)
        base = f"/programmes/{programme.slug}/paper"
        pages = {side: staff.get(f"{base}/badges/{side}").text for side in ("team", "company", "staff")}
        assert staff.get(f"{base}/badges/else").status_code == 404
        index = staff.get(base).text
    assert [pages[side].count('class="badge"') for side in ("team", "company", "staff")] == [2, 2, 1]
    assert "2 badges" in index
    for name in ("Cao Comes", "Mia Member"):
        assert name in pages["team"]
    for name in ("Lee Left", "Eva Eligible", "Else Where", "Rep Baidu"):
        assert name not in pages["team"]
    assert "Rep Baidu" in pages["company"]
    assert "Nobody Named Ltd" in pages["company"]
    assert "Olga Organiser" in pages["staff"]


def test_badges_name_whoever_the_team_says_comes_and_else_its_members(app: Flask) -> None:
    organiser, rep = person("Olga"), person("Rep Baidu")
    with clock.at(BEFORE):
        programme = camp(organiser)
        entry = application(programme, person("Cao Stays"), "Alpha", state="accepted")
        application(programme, person("Dan Comes"), "Beta", state="accepted")
        part = participation(programme, "Baidu", representative=rep)
        base = f"/programmes/{programme.slug}/paper/badges"
        for wanted, row, listed in (
            ("team:accepted", entry, [{"name": "Guest One", "title": "Presents"}, {"name": "Guest Two"}]),
            ("company:confirmed", part, [{"name": "Boss Baidu"}]),
        ):
            with current.set(actor=SYSTEM):
                later = write_follow_up(programme, wanted, title_en="Before you come", usual=True)
                put_to_use(later)
                answer(row, later, {"people": listed})
        staff = browser(app, organiser)
        teams, companies = staff.get(f"{base}/team").text, staff.get(f"{base}/company").text
        assert teams.count('class="badge"') == 3
        for name in ("Guest One", "Presents", "Guest Two", "Dan Comes"):
            assert name in teams
        assert "Cao Stays" not in teams
        assert "Boss Baidu" in companies and "Rep Baidu" not in companies
        with current.set(actor=SYSTEM):
            answer(entry, later_of(programme, "team"), {"people": []})
        assert "Cao Stays" in staff.get(f"{base}/team").text


def later_of(programme: Programme, side: str) -> FollowUp:
    return db.session.scalars(
        select(FollowUp).where(FollowUp.programme_id == programme.id, FollowUp.side == side)
    ).one()


def test_the_code_opens_the_tick_for_helpers_and_the_public_page_for_others(app: Flask) -> None:
    stage = day()
    staff = signed_in(app, stage, "organiser")
    base = f"/programmes/{stage.programme.slug}"
    address = f"{base}/arrivals/application/{stage.entry.id}"
    code = segno.make(f"http://localhost{address}", error="m").svg_inline(
        omitsize=True, border=2, light="white"
    )
    assert code in staff.get(f"{base}/paper/badges/team").text
    with clock.at(stage.meetings[0].created_at):
        sent = {"kind": "application", "id": stage.entry.id, "state": "late", "back": "arrival"}
        assert staff.post(f"{base}/attendance", data=sent).location.endswith(address)
        assert db.session.scalars(select(Attendance.state)).all() == ["late"]
        shown = staff.get(address).text
        assert "Alpha" in shown
        assert "Late" in shown
    assert staff.get(f"{base}/arrivals/participation/{stage.company.id}").status_code == 200
    assert staff.get(f"{base}/arrivals/application/999").status_code == 404
    assert staff.get(f"{base}/arrivals/else/{stage.entry.id}").status_code == 404
    for somebody in (app.test_client(), signed_in(app, stage, "team"), signed_in(app, stage, "company")):
        for place in (address, f"{base}/arrivals/application/999"):
            answer = somebody.get(place)
            assert (answer.status_code, answer.location) == (303, base)


@pytest.mark.parametrize("count", [1, 3])
def test_badges_ask_six_statements_however_many_come(
    app: Flask, statements: Callable[..., int], count: int
) -> None:
    stage = day(count)
    staff = signed_in(app, stage, "organiser")
    base = f"/programmes/{stage.programme.slug}/paper"
    assert statements(lambda: staff.get(f"{base}/badges/team")) == 6
    assert statements(lambda: staff.get(f"{base}/badges/company")) == 6


@pytest.mark.browser
def test_each_badge_is_one_sheet_with_its_whole_name_and_no_page_number(
    app: Flask,
    chromium: Browser,
    served: str,  # noqa: F811
) -> None:
    organiser = person("Olga", locale="zh_CN")
    with clock.at(BEFORE):
        programme = camp(organiser)
        entry = application(programme, person("Cao"), "联合团队" * 12, state="accepted")
        members(entry, *NAMES)
    page = tab(chromium, served, organiser)
    page.goto(f"{served}/programmes/{programme.slug}/paper/badges/team", wait_until="networkidle")
    document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    page.context.close()
    texts = ["".join(document[n].get_textpage().get_text_range().split()) for n in range(len(document))]
    sizes = {tuple(round(side / MILLIMETRE) for side in document[n].get_size()) for n in range(len(document))}
    document.close()
    assert len(texts) == 1 + len(NAMES)
    assert sizes == {(90, 130)}
    for name, words in zip(("Cao", *NAMES), texts, strict=True):
        assert "".join(name.split()) in words
        assert f"/{len(texts)}" not in words
        assert str(entry.number) in words
