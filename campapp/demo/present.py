"""The present edition: a call that closes tonight, a competition before its final, a camp tomorrow, and what waits."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import select

from campapp.companies.models import Company
from campapp.core import clock
from campapp.core.action import bulk, transaction
from campapp.core.current import Membership, current
from campapp.core.db import db
from campapp.core.outbox import open_sending
from campapp.core.text.dates import end_of
from campapp.demo import call, contest
from campapp.demo.history import INVENTED
from campapp.demo.matching import all_accepted, matched, placed, run_of
from campapp.demo.people import Cast
from campapp.demo.stock import ZONE, camp, entry, taking_part
from campapp.matching.actions.preference import rank_companies, rank_teams
from campapp.matching.actions.release import release
from campapp.outcomes.actions.outcome import report_outcome
from campapp.pool.models import Project
from campapp.programmes.models import Programme
from campapp.scheduling.actions.publication import publish


def today() -> date:
    """The day on which the park is planted, in the park."""
    return datetime.now(ZONE).date()


def plant(cast: Cast, companies: dict[str, Company]) -> None:
    """A competition and three camps of this edition, and what is waiting for each role."""
    call.plant(cast, companies, today())
    contest.plant(cast, today())
    _tomorrow(cast, companies)
    _review(cast, companies)
    _to_confirm(cast, companies)


def _tomorrow(cast: Cast, companies: dict[str, Company]) -> None:
    day = today()
    with clock.at(clock.now() - timedelta(days=12)) as hands:
        with bulk():
            row = camp(
                cast, zh=f"智慧园区创新加速营 {day.year}", en=f"Smart Park Acceleration Camp {day.year}",
                first=day + timedelta(days=1), deadline=day - timedelta(days=10),
                lead_zh="十家企业，十六支团队，两天的面对面洽谈。", lead_en="Two days of meetings, face to face.",
            )  # fmt: skip
            taking_part(row, [companies[name] for name in INVENTED])
            for index in (0, 5, 6, 8, 9, 12, 17, 19, 20, 22, 23, 24, 25, 26):
                entry(row, index, cast)
        hands.forward(timedelta(days=6))
        matched(row)
        all_accepted(row)
        placed(row)
        with transaction():
            publish(row, sending=open_sending(f"智慧园区创新加速营 {day.year} 日程", row))


def _review(cast: Cast, companies: dict[str, Company]) -> None:
    day = today()
    with clock.at(clock.now() - timedelta(days=6)) as hands:
        with bulk():
            row = camp(
                cast, zh=f"算力与出行创新加速营 {day.year}", en=f"Compute and Mobility Camp {day.year}",
                first=day + timedelta(days=21), deadline=day - timedelta(days=5),
                confidentiality_zh="对团队标为保密的材料，只用于本次对接，不转给第三方。",
                confidentiality_en="What a team marks as confidential is used for this camp only and not passed on.",
            )  # fmt: skip
            parts = taking_part(row, [companies[name] for name in INVENTED[:5]], most=8)
            entries = [entry(row, index, cast) for index in (0, 1, 2, 3, 8, 10, 11, 13, 15, 16, 20, 21)]
            rank_teams(parts[0], entries[:4])
            rank_companies(entries[0], parts[:2])
        hands.forward(timedelta(days=4))
        proposed = matched(row)
        release(row, proposed, answer_by=end_of(day + timedelta(days=2), ZONE))
    run_of(row)


def _to_confirm(cast: Cast, companies: dict[str, Company]) -> None:
    """The demo representative's company has reported a pilot; the demo captain is asked to confirm it."""
    project = db.session.scalars(select(Project).where(Project.title == "语桥问答")).one()
    company = companies["砚北智算"]
    programme = db.session.scalars(select(Programme).order_by(Programme.id.desc()).limit(1)).one()
    with current.set(actor=current.actor.using(Membership("representative", "company", company.id, "lead"))):
        report_outcome(
            project, type="pilot", day=today() - timedelta(days=3), company=company, programme_id=programme.id,
            title="算力中心手册问答试点", intended=Decimal("800000"), signed=Decimal("500000"),
        )  # fmt: skip
