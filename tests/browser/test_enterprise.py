"""An enterprise on its phone: a number and a code, a group, tables, a stamped letter, a large video on a bad line."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from campapp.core import clock, files
from campapp.core.db import db
from campapp.core.files import StoredFile
from tests.browser.arranged import ENTRY, GROUPS, call, inside
from tests.browser.conftest import Served
from tests.browser.journey import Journey, code_in
from tests.core.soundness.making import box

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
Setting = Callable[..., Journey]
NUMBER, CODE, MISTYPED = "+8613800138001", "91000000DEM0000019", "91000000DEM000001A"
TEAM, PROJECT = "青禾智能", "园区无人配送车"
DIGITS = "一二三四五六七八九"
MB = 1 << 20
SIZE = 200 * MB
SLOW = 4.0
"""Megabytes a second of the line while it is to be interrupted: far from done when it is."""


@pytest.fixture
def video(tmp_path: Path) -> Iterator[Path]:
    """200 MB in the boxes of an MP4, no two of their megabytes alike, the table of contents last."""
    path = tmp_path / "演示视频.mp4"
    block, contents = hashlib.shake_128(b"a frame").digest(MB - 8), box(b"moov", bytes(92))
    head = box(b"ftyp", b"isom\x00\x00\x02\x00isomiso2")
    head += (SIZE - len(head) - len(contents)).to_bytes(4, "big") + b"mdat"
    with path.open("wb") as out:
        out.write(head)
        for number in range(SIZE // MB):
            out.write(number.to_bytes(8, "big") + block)
        out.truncate(SIZE - len(contents))
        out.seek(0, 2)
        out.write(contents)
    yield path
    path.unlink()


class Line:
    """The line between phone and server, as slow or dead as Chromium's own tools make it."""

    def __init__(self, page: Page) -> None:
        self.tools = page.context.new_cdp_session(page)
        self.tools.send("Network.enable")

    def carries(self, megabytes: float | None) -> None:
        """So much a second upwards; 0: nothing at all; None: whatever there is."""
        upward = -1 if megabytes is None else int(megabytes * MB)
        conditions = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": upward}
        self.tools.send("Network.emulateNetworkConditions", {"offline": megabytes == 0, **conditions})


def sign_up(phone: Journey, mailbox: Journey) -> None:
    """By a mobile number and the code that came to it."""
    page = phone.page
    phone.press(page.get_by_role("link", name="用手机号注册，无需密码"))
    page.locator("[name=address]").fill("138 0013 8001")
    asked = page.locator("label[for=answer]").inner_text()
    page.locator("[name=answer]").fill(str(sum(DIGITS.index(one) + 1 for one in asked if one in DIGITS)))
    phone.press(page.locator(".formbar .btn.primary"))
    page.locator("[name=code]").fill(code_in(mailbox, NUMBER))
    phone.press(page.locator(".formbar .btn.primary"))
    page.locator("[name=name]").fill("沈青禾")
    phone.press(page.locator(".formbar .btn.primary"))


def enter_the_group(phone: Journey) -> None:
    """A code with a wrong character is refused at once; the right one and the date open the group."""
    page = phone.page
    group = page.locator("#standing li", has_text="企业组").first
    expect(page.locator("[data-asked=credit_code]")).to_be_hidden()
    page.locator(".card", has_text="企业").first.click()
    code = page.locator("[name=credit_code]")
    code.fill(MISTYPED)
    code.blur()
    wrong = page.locator("[data-asked=credit_code] .error")
    expect(wrong.first).to_contain_text("校验位不符")
    phone.look()
    code.fill(CODE.lower())
    code.blur()
    expect(wrong).to_have_count(0)
    page.locator("[name=registered_on]").fill("2019-03-15")
    page.locator("[name=revenue]").fill("3200")
    expect(page.locator("[data-asked=revenue] output")).to_contain_text("¥32,000,000")
    expect(group).to_contain_text("所选组别")
    expect(page.locator("#standing li", has_text="国际团队组").first).to_contain_text("不符合")
    phone.saved()
    phone.next()


def fill_the_tables(phone: Journey) -> None:
    """Members and two years of finances; the sums stand below as they are typed."""
    page = phone.page
    page.locator("[name=summary]").fill("低速无人车在园区内夜间配送，已运行两年。")
    members, finances = page.locator("[data-asked=members]"), page.locator("[data-asked=finances]")
    members.get_by_role("button", name="加一行").click()
    for row, (name, duty) in enumerate((("沈青禾", "总体"), ("买买提·艾力·库尔班", "感知算法"))):
        place = members.locator("tbody tr").nth(row)
        place.locator("[data-col=name] input").fill(name)
        place.locator("[data-col=duty] input").fill(duty)
    for row, (year, revenue, research) in enumerate((("2024", "1800", "620.5"), ("2025", "3200", "900"))):
        place = finances.locator("tbody tr").nth(row)
        for column, typed in (("year", year), ("revenue", revenue), ("research", research)):
            place.locator(f"[data-col={column}] input").fill(typed)
    expect(finances.locator("[data-sum=revenue]")).to_have_text("¥50,000,000")
    expect(finances.locator("[data-sum=research]")).to_have_text("¥15,205,000")
    phone.saved()
    phone.next()


def hand_in_the_letter(phone: Journey, scan: Path) -> None:
    """Print the letter; what came out of the printer, stamped, is the scan that goes up."""
    page = phone.page
    section = page.url
    phone.press(page.get_by_role("link", name="打印承诺书"))
    expect(page.locator("main, body").first).to_contain_text(TEAM)
    page.pdf(path=scan, prefer_css_page_size=True)
    page.goto(section, wait_until="load")
    page.locator("[name=promise]").set_input_files(scan)
    expect(page.locator("#file-promise .doc b")).to_have_text(scan.name)
    phone.look()


def send_the_video(phone: Journey, video: Path) -> None:
    """The line dies, the page is loaded anew: neither loses what arrived, nor sends it again."""
    page, line, begun = phone.page, Line(phone.page), []
    place = page.locator("#file-video")
    page.on(
        "request",
        lambda one: begun.append(int(one.headers["upload-offset"])) if one.method == "PATCH" else None,
    )
    line.carries(SLOW)
    place.locator("[name=video]").set_input_files(video)
    arrived(page, 1)
    line.carries(0)
    expect(place).to_contain_text("网络中断，恢复后会自动继续。")
    phone.look()
    line.carries(SLOW)
    arrived(page, 2)
    page.reload(wait_until="load")
    expect(place).to_contain_text(re.compile(r"已收到 \d+\.\d MB / 200\.0 MB"))
    phone.look()
    line.carries(None)
    before = len(begun)
    place.locator("[name=video]").set_input_files(video)
    expect(place.locator(".doc b")).to_have_text(video.name, timeout=60_000)
    phone.look()
    assert begun.count(0) == 1
    assert begun[before] >= 20 * MB - 4 * MB


def arrived(page: Page, tens: int) -> None:
    """Wait until the page says that so many tens of megabytes have been sent."""
    sent = re.compile(rf"\b([{tens}-9]\d|1\d\d)\.\d / 200\.0 MB")
    expect(page.locator("#file-video [role=status]")).to_contain_text(sent, timeout=20_000)


def test_an_enterprise_registers_on_its_phone_and_a_large_video_survives_a_dead_line_and_a_reload(
    journey: Setting, park_served: Served, video: Path, tmp_path: Path
) -> None:
    with inside(park_served.folder):
        programme = call("青年企业加速营", "Young Enterprise Camp", ENTRY, GROUPS)
    phone = journey(width=360, height=800, locale="zh-CN")
    page = phone.page
    phone.open(programme)
    phone.press(page.locator("a[href$='/entry/new']").first)
    sign_up(phone, journey(width=360, height=800, locale="zh-CN"))
    page.locator("[name=team]").fill(TEAM)
    page.locator("[name=project]").fill(PROJECT)
    phone.next()
    enter_the_group(phone)
    fill_the_tables(phone)
    hand_in_the_letter(phone, tmp_path / "承诺书（盖章）.pdf")
    send_the_video(phone, video)
    phone.next()
    expect(page.locator("main")).to_contain_text("¥50,000,000")
    pressed = clock.now()
    phone.next()
    received = page.locator(".ticket .stamp time").get_attribute("datetime")
    assert received is not None
    assert pressed.replace(microsecond=0) <= datetime.fromisoformat(received) <= clock.now()
    expect(page.locator(".ticket")).to_contain_text("服务器时间")
    expect(page.locator(".ticket")).to_contain_text(TEAM)
    with inside(park_served.folder):
        kept = db.session.scalars(select(StoredFile).where(StoredFile.name == video.name)).one()
        assert kept.size == SIZE
        with video.open("rb") as sent, files.place(kept.sha256).open("rb") as stored:
            assert hashlib.file_digest(sent, "sha256").hexdigest() == kept.sha256
            assert hashlib.file_digest(stored, "sha256").hexdigest() == kept.sha256
