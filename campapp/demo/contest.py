"""The competition of this edition: its shortlist is public, and the promoted owe what the final needs."""

from __future__ import annotations

from datetime import date, timedelta

from campapp.applications import results
from campapp.applications.actions.decision import decide
from campapp.core import clock
from campapp.core.action import bulk
from campapp.core.text.dates import end_of
from campapp.demo.people import Cast
from campapp.demo.stock import ZONE, camp, entry, with_tracks
from campapp.dues.actions.follow_up import write_follow_up
from campapp.programmes.actions.form import put_to_use
from campapp.programmes.actions.notice import publish_notice

PROMOTED, NOT_PROMOTED, OPEN = (0, 4, 7, 20, 24, 25), (3, 21, 26), (5, 22)
"""The projects by what was decided, or not yet."""


def plant(cast: Cast, day: date) -> None:
    """Its shortlist was published a few days ago; the final is in nine days."""
    with clock.at(clock.now() - timedelta(days=16)) as hands:
        with bulk():
            row = camp(
                cast, kind="competition",
                zh=f"城市治理创新应用大赛 {day.year}", en=f"City Innovation Contest {day.year}",
                first=day + timedelta(days=9), days=1, deadline=day - timedelta(days=14), wanted=len(PROMOTED),
                lead_zh="面向城市安全、出行与配送的应用项目，晋级团队参加决赛路演。",
                lead_en="For applications in city safety, mobility and delivery; those promoted pitch at the final.",
                text_zh="参赛项目须已有可演示的样机或系统。形式审查后公布入围名单，晋级团队按“8+7”路演答辩。",
                text_en="Entries have a prototype or a system that can be shown. After the formal check the shortlist "
                "is published; those promoted pitch for eight minutes and answer for seven.",
            )  # fmt: skip
            tracks = with_tracks(row, ("城市安全", "City safety"), ("出行与配送", "Mobility and delivery"))
            entries = []
            for index in sorted((*PROMOTED, *NOT_PROMOTED, *OPEN)):
                hands.forward(timedelta(hours=2, minutes=37 + index))
                track = tracks[index % len(tracks)]
                entries.append((index, entry(row, index, cast, state="submitted", track=track)))
        hands.forward(timedelta(days=5))
        with bulk():
            for index, application in entries:
                decide(application, "eligible", quiet=True)
                if index not in OPEN:
                    decide(application, "promoted" if index in PROMOTED else "not promoted", quiet=True)
        hands.forward(timedelta(days=5))
        with bulk():
            words = results.notice_of(row)
            publish_notice(
                row, title_zh=words["title"]["zh"], title_en=words["title"]["en"], text_zh=words["text"]["zh"],
                text_en=words["text"]["en"], kind="result", pinned=True,
            )  # fmt: skip
            asked = write_follow_up(
                row, "team:promoted", usual=True, due_at=end_of(day + timedelta(days=3), ZONE),
                title_zh="决赛路演准备", title_en="For the final",
                text_zh="决赛现场需要的信息和材料，请在截止前提交。",
                text_en="What the final needs from you, in time for it.",
            )  # fmt: skip
            put_to_use(asked)
