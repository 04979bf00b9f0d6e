"""Paper that binds: the numbered print of an entry, its letter printed, stamped, scanned and uploaded, a batch."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import refresh
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from campapp.accounts.models import Account
from campapp.applications.actions.draft import save_answer
from campapp.applications.actions.submission import submit
from campapp.applications.checking import lines_of
from campapp.applications.looks import STANDARD
from campapp.applications.models import Application, EntryFile
from campapp.core import clock
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.programmes.actions.form import change_form, put_to_use
from campapp.programmes.actions.group import set_checklist
from campapp.programmes.models import Programme
from campapp.programmes.ready_made import LETTER
from tests.applications.test_in_chromium import served, soon, tab  # noqa: F401  # a fixture
from tests.browser.served import AXE
from tests.cast import actor, browser, person
from tests.core.test_upload import pdf
from tests.factories import BEFORE, DEADLINE, answer_what_is_required, application, camp

TUESDAY = datetime.fromisoformat("2026-12-01T15:59:59+00:00")
WIDE = [
    {"key": f"c{n}", "kind": "text", "label_zh": f"第{n}列", "label_en": f"Column {n}"} for n in range(12)
]
NARROW = [
    {"key": "name", "kind": "text", "label_zh": "名称", "label_en": "Name"},
    {"key": "cost", "kind": "money", "unit": "元", "label_zh": "金额", "label_en": "Cost", "sum": True},
]


def asking(programme: Programme, *fields: dict[str, Any]) -> None:
    """Put these questions to use as a section of their own."""
    own = {"key": "paper", "title_zh": "承诺", "title_en": "Promise", "fields": list(fields)}
    with current.set(actor=SYSTEM):
        change_form(programme, lambda document: {"sections": [*document["sections"], own]})
        put_to_use(programme)


def text(client: FlaskClient, address: str) -> str:
    refresh()
    return client.get(address).text


def upload(client: FlaskClient, entry: Application, tmp_path: Path, name: str = "盖章.pdf") -> str:
    """Send a scan from the page for paper; where it leads back to."""
    content = pdf(tmp_path / "scan").read_bytes()
    sent = {"promise": (io.BytesIO(content), name), "back": "paper"}
    return client.post(f"/applications/{entry.id}/files/promise", data=sent).location


class Scene:
    """An entry that was submitted in time; its letter may come until Tuesday."""

    def __init__(self) -> None:
        self.organiser, self.captain = person("Olga"), person("Cao")
        with clock.at(BEFORE):
            self.programme = camp(self.organiser)
            asking(self.programme, {**LETTER, "due": "2026-12-01 24:00"})
            with current.set(actor=SYSTEM):
                items = [{"title_zh": zh, "title_en": en, "auto": auto} for zh, en, auto in STANDARD]
                set_checklist(self.programme, items)
            self.entry = application(self.programme, self.captain, "青禾")

    def page(self, app: Flask, at: datetime) -> str:
        with clock.at(at):
            return text(browser(app, self.captain), f"/applications/{self.entry.id}/paper")

    def check(self) -> str:
        """What the formal check says of the letter by itself."""
        db.session.expire_all()
        with current.set(actor=actor(self.organiser)):
            return next(line.verdict for line in lines_of(self.entry) if line.item.auto == "letter")


def test_a_stamped_scan_joins_the_entry_until_its_own_deadline_and_the_check_sees_it(
    app: Flask, tmp_path: Path
) -> None:
    scene = Scene()
    entry, team = scene.entry, browser(app, scene.captain)
    late = DEADLINE + timedelta(hours=5)
    assert "still missing" in scene.page(app, late)
    with clock.at(late):
        assert scene.check() == ""
        assert upload(team, entry, tmp_path).endswith(f"/applications/{entry.id}/paper")
        shown = scene.page(app, late)
        assert "Uploaded, not yet part of the entry" in shown
        assert f'action="/applications/{entry.id}/supplement"' in shown
        assert scene.check() == ""
        team.post(f"/applications/{entry.id}/supplement", data={"nonce": "n"})
        assert scene.check() == "passed"
        staff = browser(app, scene.organiser)
        assert "盖章.pdf" in text(staff, f"/applications/{entry.id}/check")
        scan = db.session.scalars(select(EntryFile.id)).one()
        assert staff.get(f"/applications/{entry.id}/files/{scan}/sheets").status_code == 200
    assert "The stamped scan is part of the entry" in scene.page(app, late)


def test_a_scan_that_never_came_is_said_to_team_and_check_and_takes_no_file_any_more(app: Flask) -> None:
    scene = Scene()
    after = TUESDAY + timedelta(seconds=1)
    assert "Not given in time" not in scene.page(app, TUESDAY)
    shown = scene.page(app, after)
    assert "Not given in time" in shown
    assert 'type="file"' not in shown
    with clock.at(after):
        assert scene.check() == "failed"


def test_a_letter_is_one_pdf_and_a_better_scan_takes_the_place_of_the_first(
    app: Flask, tmp_path: Path
) -> None:
    scene = Scene()
    with clock.at(BEFORE):
        team = browser(app, scene.captain)
        for name in ("first.pdf", "second.pdf"):
            upload(team, scene.entry, tmp_path, name)
        standing = select(EntryFile).where(EntryFile.removed_at.is_(None))
        assert len(db.session.scalars(standing).all()) == 1
        shown = scene.page(app, BEFORE)
        assert "second.pdf" in shown
        assert "first.pdf" not in shown
        picture = {"promise": (io.BytesIO(b"\xff\xd8\xff no pdf"), "photo.jpg"), "back": "paper"}
        team.post(f"/applications/{scene.entry.id}/files/promise", data=picture)
        assert "photo.jpg was not kept" in text(team, f"/applications/{scene.entry.id}/paper")


def test_before_it_is_submitted_the_print_is_marked_as_a_draft(app: Flask) -> None:
    captain = person("Cao")
    with clock.at(BEFORE):
        programme = camp()
        asking(programme, LETTER)
        entry = application(programme, captain, "Mine", state="draft")
        team = browser(app, captain)
        for place in ("paper", "paper/entry", "letters/promise"):
            shown = text(team, f"/applications/{entry.id}/{place}")
            assert "raft" in shown
            assert "A-0001" not in shown


def test_paper_says_what_was_submitted_and_the_draft_only_where_it_is_asked_for(app: Flask) -> None:
    scene = Scene()
    address = f"/applications/{scene.entry.id}/paper"
    with clock.at(BEFORE):
        with current.set(actor=SYSTEM):
            save_answer(scene.entry, "summary", "Said only afterwards.")
        team = browser(app, scene.captain)
        assert "The draft has been changed since" in text(team, address)
        assert "Said only afterwards." not in text(team, f"{address}/entry")
        assert "Said only afterwards." in text(team, f"{address}/entry?of=draft")
        staff = text(browser(app, scene.organiser), f"{address}/entry?of=draft")
        assert "Said only afterwards." not in staff
        assert "Signature of the captain" not in staff


def test_a_selection_is_one_document_and_holds_only_what_the_organiser_sees(app: Flask) -> None:
    organiser = person("Olga")
    with clock.at(BEFORE):
        programme, other = camp(organiser), camp(person("Otto"), title="Elsewhere")
        first, second = (application(programme, person(name), name) for name in ("Ann", "Ben"))
        draft = application(programme, person("Cao"), "Hidden draft", state="draft")
        foreign = application(other, person("Dan"), "Foreign")
        staff = browser(app, organiser)
        base = f"/programmes/{programme.slug}/applications/paper"
        chosen = staff.post(base, data={"row": [second.id, draft.id, foreign.id]}).location
        assert chosen.endswith(f"?row={second.id}")
        everything = text(staff, staff.post(base, data={"all": "1"}).location)
        assert everything.count('class="dossier"') == 2
        asked = text(staff, f"{base}?row={first.id}&row={draft.id}&row={foreign.id}&row=x")
        assert asked.count('class="dossier"') == 1
        assert "Hidden draft" not in asked
        assert "Foreign" not in asked
        assert staff.post(base, data={}).location.endswith("/applications")
        assert browser(app, person("Eve")).get(base).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_a_batch_asks_as_many_statements_however_many_entries(
    app: Flask, statements: Callable[..., int], rows: int
) -> None:
    organiser = person("Olga")
    with clock.at(BEFORE):
        programme = camp(organiser)
        for n in range(rows):
            application(programme, person(f"P{n}"), f"Team {n}")
        staff = browser(app, organiser)
        address = staff.post(f"/programmes/{programme.slug}/applications/paper", data={"all": "1"}).location
        assert statements(lambda: staff.get(address)) == 10


def pages_of(content: bytes) -> list[str]:
    """The text of each page of a PDF, without the blanks that layout puts between letters."""
    document = pypdfium2.PdfDocument(content)
    found = ["".join(document[n].get_textpage().get_text_range().split()) for n in range(len(document))]
    document.close()
    return found


def long_entry(programme: Programme, captain: Account, name: str) -> Application:
    """An entry with a long answer and a long and a wide table."""
    entry = application(programme, captain, name, state="draft")
    with current.set(actor=SYSTEM):
        answer_what_is_required(entry)
        save_answer(entry, "story", "".join(f"第{n}句，说明如何在园区落地。" for n in range(400)))
        save_answer(entry, "costs", [{"name": f"开支{n}项" * 9, "cost": 100 + n} for n in range(50)])
        save_answer(entry, "wide", [{f"c{n}": f"格{row}之{n}完" for n in range(12)} for row in range(20)])
        submit(entry, f"n{entry.id}")
    return entry


@pytest.mark.browser
def test_printed_every_page_is_numbered_and_nothing_of_a_long_entry_is_lost(
    app: Flask,
    chromium: Browser,
    served: str,  # noqa: F811
) -> None:
    organiser, captain = person("Olga", locale="zh_CN"), person("Cao", locale="zh_CN")
    with clock.at(BEFORE):
        programme = camp(organiser, deadline=datetime.fromisoformat("2099-12-01T15:59:59+00:00"))
        asking(
            programme,
            {"key": "story", "kind": "long", "longest": 8000, "label_zh": "详述", "label_en": "At length"},
            {"key": "costs", "kind": "table", "columns": NARROW, "label_zh": "开支", "label_en": "Costs"},
            {"key": "wide", "kind": "table", "columns": WIDE, "label_zh": "宽表", "label_en": "Wide"},
            {**LETTER, "due": "2099-12-02 24:00"},
        )
        entry = long_entry(programme, captain, "𠮷田团队")
        other = long_entry(programme, person("Dan"), "Αλφα")
    page = tab(chromium, served, captain)
    page.goto(f"{served}/applications/{entry.id}/paper/entry", wait_until="networkidle")
    found = pages_of(page.pdf(prefer_css_page_size=True))
    page.context.close()
    for number, words in enumerate(found, 1):
        assert f"{number}/{len(found)}" in words
        assert entry.number
        assert entry.number in words, number
    head = f"{entry.number}{entry.project_title}{programme.title_zh}".replace(" ", "")
    whole = "".join(
        w.replace(f"{n}/{len(found)}", "", 1).replace(head, "", 1) for n, w in enumerate(found, 1)
    )
    assert [n for n in range(400) if f"第{n}句" not in whole] == []
    assert [n for n in range(50) if f"开支{n}项" not in whole] == []
    assert [(r, n) for r in range(20) for n in range(12) if f"格{r}之{n}完" not in whole] == []
    assert all(any(f"格{r}之0完" in w and f"格{r}之11完" in w for w in found) for r in range(20))
    assert "¥6,225" in whole
    assert "𠮷田团队" in found[0]
    assert "说明如何" not in found[0]
    assert "参赛承诺书" in found[-1]
    assert "盖章" in found[-1]
    page = tab(chromium, served, organiser)
    page.goto(
        f"{served}/programmes/{programme.slug}/applications/paper?row={other.id}&row={entry.id}",
        wait_until="networkidle",
    )
    batch = pages_of(page.pdf(prefer_css_page_size=True))
    page.context.close()
    covers = [
        n for n, words in enumerate(batch) if "第0句" not in words and "项目" in words and "版本" in words
    ]
    assert len(covers) == 2
    assert all(str(other.number) in words for words in batch[: covers[1]])
    assert all(str(entry.number) in words for words in batch[covers[1] :])


@pytest.mark.browser
def test_on_a_phone_the_page_leads_from_the_print_to_a_scan_that_is_part_of_the_entry(
    app: Flask,
    chromium: Browser,
    served: str,  # noqa: F811
    tmp_path: Path,
) -> None:
    captain = person("Cao", locale="zh_CN")
    with clock.at(soon(days=-2)):
        programme = camp(deadline=soon(days=-1))
        asking(programme, {**LETTER, "due": "2099-12-01 24:00"})
        entry = application(programme, captain, "青禾")
    page = tab(chromium, served, captain, width=360)
    page.goto(f"{served}/applications/{entry.id}", wait_until="networkidle")
    page.get_by_role("link", name="打印盖章并上传").click()
    expect(page.get_by_text("尚缺")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.locator("input[type=file]").set_input_files(pdf(tmp_path / "盖章.pdf"))
    expect(page.get_by_text("已上传，尚未计入报名材料")).to_be_visible()
    if AXE.exists():
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        assert [one["id"] for one in found["violations"]] == []
    page.get_by_role("button", name="补充到报名表").click()
    page.wait_for_url("**/submission")
    page.goto(f"{served}/applications/{entry.id}/paper", wait_until="networkidle")
    expect(page.get_by_text("盖章扫描件已计入报名材料")).to_be_visible()
    page.context.close()
