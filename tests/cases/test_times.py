"""Times of a camp: the same on every page and paper whoever reads and whenever, at midnight, to the minute."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
import vobject
from dateutil.tz import tzical  # type: ignore[import-untyped]
from flask import Flask
from sqlalchemy import select

from campapp.applications.models import Application
from campapp.core import clock
from campapp.core.action import bulk
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.outbox import Delivery
from campapp.core.park import Park
from campapp.messages.actions import expand
from campapp.programmes.actions.agenda import make_slots
from campapp.programmes.models import Slot, Table
from campapp.scheduling import calendar
from campapp.scheduling.actions.meeting import move_meeting
from campapp.scheduling.actions.publication import publish
from campapp.scheduling.models import FeedLink, Meeting
from tests import factories
from tests.cast import browser, person
from tests.outcomes.arranged import add_meeting

ABBREVIATED = re.compile(r"(?<![A-Za-z_/-])(CST|CDT|GMT|PST|PDT|EST|EDT|CET|CEST|MEZ)(?![A-Za-z_/:+-])")
"""A zone that a reader cannot know: CST alone is four of them."""


class Camp:
    """A camp of one day in a zone, with one meeting on it, published; its reader sits elsewhere."""

    def __init__(
        self, zone: str, day: date, start: str, *, now: datetime, reader: str = "Europe/Berlin"
    ) -> None:
        with clock.at(now):
            db.session.add(Park(name_en="Software Park", zone=zone))
            db.session.commit()
            self.olga, self.captain, self.rep = person("Olga"), person("Cao"), person("Rep")
            for account in (self.olga, self.captain, self.rep):
                account.zone = reader
            db.session.commit()
            deadline = datetime.combine(day, datetime.min.time(), ZoneInfo(zone)) - timedelta(days=7)
            self.programme = factories.camp(
                self.olga, zone=zone, first_day=day, slots=False, deadline=deadline.astimezone(UTC)
            )
            self.home = f"/programmes/{self.programme.slug}"
            self.make(start)
            with clock.at(deadline - timedelta(days=3)):
                entry = factories.application(self.programme, self.captain, "Alpha", state="accepted")
            company = factories.participation(self.programme, "Baidu", representative=self.rep)
            with current.set(actor=SYSTEM), bulk():
                add_meeting(self.programme, entry, company)
                self.meeting = db.session.scalars(select(Meeting)).one()
                own = select(Table).where(Table.participation_id == company.id)
                self.table = db.session.scalars(own).one()
            self.cell = f"{company.id}:"

    def make(self, start: str) -> None:
        """A slot of 25 minutes at that time."""
        hour, minute = (int(part) for part in start.split(":"))
        end = f"{hour + (minute + 25) // 60:02}:{(minute + 25) % 60:02}"
        with current.set(actor=SYSTEM):
            make_slots(self.programme, [(self.programme.first_day, start, end)])

    def slot(self, start: str) -> Slot:
        return db.session.scalars(select(Slot).where(Slot.start == start)).one()

    def publish(self, seen: int = 0) -> None:
        with current.set(actor=SYSTEM):
            publish(self.programme, seen=seen)

    def place(self, start: str) -> None:
        with current.set(actor=SYSTEM):
            move_meeting(self.programme, self.meeting, self.slot(start), self.table)


def everywhere(app: Flask, camp: Camp) -> dict[str, str]:
    """All that says when the meeting is: board, pages, mail, paper, feed."""
    organiser, team, company = (browser(app, who) for who in (camp.olga, camp.captain, camp.rep))
    team.post("/me/feed")
    token = db.session.scalars(select(FeedLink.token).where(FeedLink.revoked_at.is_(None))).one()
    expand()
    mail = select(Delivery.text).where(Delivery.channel == "mail", Delivery.recipient == "cao@people.example")
    return {
        "board": organiser.get(f"{camp.home}/board").text,
        "public page": app.test_client().get(camp.home, headers={"Accept-Language": "en"}).text,
        "team's agenda": team.get("/me").text,
        "company's agenda": company.get("/me").text,
        "team's day": team.get("/").text,
        "day sheet": organiser.get(f"{camp.home}/paper/day-sheets/team").text,
        "slips": organiser.get(f"{camp.home}/paper/slips").text,
        "attendance": organiser.get(f"{camp.home}/attendance").text,
        "mail": db.session.scalars(mail.order_by(Delivery.id.desc())).first() or "",
        "feed": app.test_client().get(f"/feeds/{token}.ics").text,
    }


SPRING = date(2027, 4, 5)


@pytest.mark.parametrize(
    "now", [datetime(2027, 3, 8, 12, 7, tzinfo=UTC), datetime(2027, 3, 20, 12, 7, tzinfo=UTC)]
)
def test_a_meeting_after_summer_time_begins_says_eleven_on_every_page_before_and_after(
    app: Flask, now: datetime
) -> None:
    camp = Camp("America/Los_Angeles", SPRING, "11:00", now=now)
    with clock.at(now):
        camp.place("11:00")
        camp.publish()
        found = everywhere(app, camp)
    assert camp.slot("11:00").starts_at == datetime(2027, 4, 5, 18, tzinfo=UTC)
    event = vobject.readOne(found.pop("feed")).vevent
    assert event.dtstart.value == datetime(2027, 4, 5, 18, tzinfo=UTC)
    for where in set(found) - {"public page", "attendance"}:
        assert "11:00" in found[where], where
    for where, text in found.items():
        assert not re.search(r"(?<!\d)(10:00|12:00|18:00|20:00)(?!\d)", re.sub(r"<[^>]*>", " ", text)), where


def test_nowhere_is_a_zone_abbreviated(app: Flask) -> None:
    now = datetime(2026, 11, 20, 4, tzinfo=UTC)
    camp = Camp("Asia/Shanghai", date(2026, 12, 1), "09:00", now=now, reader="America/Chicago")
    with clock.at(now):
        camp.place("09:00")
        camp.publish()
        found = everywhere(app, camp)
    feed = found["feed"]
    assert re.search(r"DTSTART(;TZID=Asia/Shanghai:20261201T090000|:20261201T010000Z)", feed)
    assert "BEGIN:VTIMEZONE" in feed
    for where, text in found.items():
        assert ABBREVIATED.findall(re.sub(r"<[^>]*>", " ", text)) == [], where


def test_a_slot_at_midnight_of_the_first_day_is_filled_moved_emptied_and_printed(app: Flask) -> None:
    now = datetime(2026, 11, 20, 4, tzinfo=UTC)
    camp = Camp("Asia/Shanghai", date(2026, 12, 1), "00:00", now=now)
    with clock.at(now):
        camp.make("00:30")
        midnight, later = camp.slot("00:00"), camp.slot("00:30")
        assert midnight.starts_at == datetime(2026, 11, 30, 16, tzinfo=UTC)
        organiser = browser(app, camp.olga)
        place = f"/meetings/{camp.meeting.id}/place"

        def moved(slot: Slot) -> int:
            db.session.expire_all()
            form = {"cell": f"{camp.cell}{slot.id}", "version": camp.meeting.version}
            return organiser.put(place, data=form).status_code

        assert moved(midnight) == 200
        assert "00:00" in organiser.get(f"{camp.home}/board").text
        camp.publish()
        found = everywhere(app, camp)
        for where in ("board", "team's agenda", "company's agenda", "day sheet", "slips", "mail"):
            assert "00:00" in found[where], where
            assert "24:00" not in found[where], where
        assert moved(later) == 200
        assert moved(midnight) == 200
        assert organiser.delete(place).status_code == 303
    db.session.expire_all()
    assert camp.meeting.slot_id is None


OVERLAPS: list[tuple[str, str, bool]] = [
    ("09:00", "09:25", False), ("09:24", "09:49", False), ("08:36", "09:01", False), ("09:25", "09:50", True),
    ("08:35", "09:00", True),
]  # fmt: skip


@pytest.mark.parametrize(("start", "end", "free"), OVERLAPS)
def test_of_one_team_two_meetings_may_touch_and_not_overlap_by_a_minute(
    app: Flask, start: str, end: str, free: bool
) -> None:
    now = datetime(2026, 11, 20, 4, tzinfo=UTC)
    camp = Camp("Asia/Shanghai", date(2026, 12, 1), "09:00", now=now)
    with clock.at(now):
        camp.place("09:00")
        other = factories.participation(camp.programme, "Tencent")
        with current.set(actor=SYSTEM):
            if start != "09:00":
                make_slots(camp.programme, [(camp.programme.first_day, start, end)])
            entry = camp.meeting.application_id
            with bulk():
                second = add_meeting(camp.programme, db.session.get_one(Application, entry), other)
        meeting = db.session.scalars(select(Meeting).where(Meeting.match_id == second.id)).one()
        form = {"cell": f"{other.id}:{camp.slot(start).id}", "version": meeting.version}
        answer = browser(app, camp.olga).put(f"/meetings/{meeting.id}/place", data=form)
    assert answer.status_code == (200 if free else 409)
    assert free or "Alpha" in answer.text


@pytest.mark.parametrize(
    "zone", ["America/Los_Angeles", "Europe/London", "Asia/Shanghai", "Australia/Lord_Howe"]
)
def test_the_clocks_of_a_feed_are_right_on_both_sides_of_each_change(zone: str) -> None:
    moments = [
        datetime(2026, 12, 1, 9, tzinfo=UTC) + timedelta(days=day, hours=day % 24) for day in range(400)
    ]
    described = calendar._zone(zone, moments).to_ical().decode()
    read = tzical(StringIO(described)).get()
    assert read is not None
    for moment in moments:
        local = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        assert local.replace(tzinfo=read).utcoffset() == local.replace(tzinfo=ZoneInfo(zone)).utcoffset(), (
            local
        )
