"""The park's year 2020: two competitions and four camps; the last camp with what came of it, invented."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import select

from campapp.companies.models import Company
from campapp.core import clock
from campapp.core.action import bulk
from campapp.core.current import Membership, current
from campapp.core.db import db
from campapp.demo.matching import all_accepted, matched, placed
from campapp.demo.people import Cast
from campapp.demo.stock import at_noon, camp, entry, taking_part
from campapp.outcomes.actions.outcome import confirm_outcome, report_outcome
from campapp.outcomes.actions.report import report_meeting
from campapp.pool.models import Project
from campapp.programmes.actions.programme import archive_programme
from campapp.programmes.models import Programme
from campapp.scheduling.actions.publication import publish
from campapp.scheduling.models import Meeting

NAMED = ("百度", "浪潮")
INVENTED = ("砚北智算", "岫川通信", "榫行配送", "鹊渡影像", "垣安园服", "缀锦传播")
CAMPS = (
    (date(2020, 4, 21), "一", "1"), (date(2020, 6, 16), "二", "2"), (date(2020, 9, 8), "三", "3"),
    (date(2020, 11, 24), "四", "4"),
)  # fmt: skip


def plant(cast: Cast, companies: dict[str, Company]) -> None:
    """2020, as the source tells it; teams, meetings and outcomes of its last camp are invented."""
    with clock.at(at_noon(date(2020, 3, 2))), bulk():
        for zh, en, day in (
            ("创新之源大赛（2020）", "Source of Innovation competition 2020", date(2020, 7, 15)),
            (
                "2020中关村5G创新应用大赛",
                "Zhongguancun 5G Innovation Application competition 2020",
                date(2020, 10, 20),
            ),
        ):
            archive_programme(camp(cast, zh=zh, en=en, first=day, days=1, kind="competition"))
        for day, zh, en in CAMPS[:3]:
            row = camp(
                cast,
                zh=f"创新加速营 2020 第{zh}期",
                en=f"Innovation acceleration camp 2020, no. {en}",
                first=day,
                days=1,
            )
            taking_part(row, [companies[name] for name in NAMED])
            archive_programme(row)
    _last_camp(cast, companies)


def _last_camp(cast: Cast, companies: dict[str, Company]) -> None:
    day = CAMPS[3][0]
    with clock.at(at_noon(day - timedelta(days=20))) as hands:
        with bulk():
            row = camp(
                cast,
                zh="创新加速营 2020 第四期",
                en="Innovation acceleration camp 2020, no. 4",
                first=day,
                days=1,
            )
            taking_part(row, [companies[name] for name in (*NAMED, *INVENTED)])
            for index in (8, 15, 17, 19, 22, 23, 24, 25):
                entry(row, index, cast)
        matched(row)
        all_accepted(row)
        placed(row)
        publish(row)
        hands.forward(timedelta(days=21))
        _reports(row)
        hands.forward(timedelta(days=60))
        _outcomes(row, companies)
        archive_programme(row)


def _reports(programme: Programme) -> None:
    meetings = select(Meeting).where(Meeting.programme_id == programme.id).order_by(Meeting.id)
    with bulk():
        for number, meeting in enumerate(db.session.scalars(meetings).all()):
            held = number % 9 != 8
            for side in ("team", "company"):
                report_meeting(meeting, side, held=held, interest=3 + number % 3 if held else None,
                               next_step="second meeting" if held and number % 3 else "none")  # fmt: skip


def _outcomes(programme: Programme, companies: dict[str, Company]) -> None:
    found = (
        ("微澜乳检", "鹊渡影像", "pilot", "基层医院试点筛查", 80, 60, 60, True),
        ("值更烟火", "垣安园服", "demonstration application", "园区烟火预警示范", 120, 100, 80, True),
        ("叩门机器人", "榫行配送", "contract", "乘梯配送采购", 300, 260, 130, True),
        ("地脉感知", "垣安园服", "letter of intent", "管廊监测意向", 200, None, None, True),
        ("砾石推理盒", "岫川通信", "pilot", "边缘视频推理试点", 60, 40, None, False),
        ("缓行接驳", None, "settlement", "入驻开源创新示范基地", None, None, None, False),
    )
    with bulk():
        for name, company, kind, title, intended, signed, paid, confirmed in found:
            project = db.session.scalars(select(Project).where(Project.title == name)).one()
            partner = companies[company] if company else None
            reporter = Membership("member", "team", project.team_id, "captain")
            with current.set(actor=current.actor.using(reporter)):
                outcome = report_outcome(
                    project, type=kind, day=date(2021, 1, 20), company=partner, programme_id=programme.id, title=title,
                    intended=_wan(intended), signed=_wan(signed), paid=_wan(paid),
                )  # fmt: skip
            if confirmed and partner is not None:
                with current.set(
                    actor=current.actor.using(Membership("representative", "company", partner.id, "lead"))
                ):
                    confirm_outcome(outcome)


def _wan(amount: int | None) -> Decimal | None:
    return Decimal(amount) * 10_000 if amount is not None else None
