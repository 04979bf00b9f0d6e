"""Quantities: parks with as many rows as a test needs, made by the same actions that people use."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from campapp.accounts.models import Account
from campapp.applications.actions.decision import decide
from campapp.applications.actions.draft import begin_application, save_answer
from campapp.applications.actions.submission import submit
from campapp.applications.models import Application
from campapp.companies.actions import join_company, name_representative, state_need, write_down_company
from campapp.companies.models import Company
from campapp.core.action import bulk
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.pool.actions import write_down_project
from campapp.programmes.actions.agenda import by_rule, make_slots
from campapp.programmes.actions.participation import bring_need, invite_company, show_teams
from campapp.programmes.actions.programme import create_programme, set_staff
from campapp.programmes.actions.publication import publish_programme
from campapp.programmes.models import Participation, Programme
from campapp.teams.actions import found_team
from campapp.teams.models import Team
from tests.cast import person

DEADLINE = datetime(2026, 11, 28, 15, 59, 59, tzinfo=UTC)
BEFORE = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)


def camp(owner: Account | None = None, *, deadline: datetime = DEADLINE, published: bool = True, slots: bool = True,
         title: str = "Open Source Camp", zone: str = "Asia/Shanghai",
         first_day: date = date(2026, 12, 1)) -> Programme:  # fmt: skip
    """A camp on 1 and 2 December 2026 (or from another day) with 22 slots, organised by `owner`."""
    days = (first_day, first_day + timedelta(days=1))
    with current.set(actor=SYSTEM), bulk():
        programme = create_programme(
            None, kind="camp", title_en=title, title_zh="开源创新加速营", zone=zone, first_day=days[0],
            last_day=days[1], opens_at=datetime(2026, 10, 1, tzinfo=UTC), deadline=deadline,
            contact_mail="camp@park.example",
        )  # fmt: skip
        if owner is not None:
            set_staff(programme, owner, "owner")
        if slots:
            make_slots(programme, by_rule(days, (("09:00", "12:00"), ("13:30", "16:00")), 25, 5))
        if published:
            publish_programme(programme)
    return programme


def competition(owner: Account | None = None, *, title: str = "5G Application Contest", wanted: int = 2,
                published: bool = True) -> Programme:  # fmt: skip
    """A competition on 1 December 2026 that promotes `wanted` teams, organised by `owner`."""
    with current.set(actor=SYSTEM), bulk():
        programme = create_programme(
            None, kind="competition", title_en=title, title_zh="5G应用大赛", first_day=date(2026, 12, 1),
            last_day=date(2026, 12, 1), opens_at=datetime(2026, 10, 1, tzinfo=UTC), deadline=DEADLINE, wanted=wanted,
            contact_mail="contest@park.example",
        )  # fmt: skip
        if owner is not None:
            set_staff(programme, owner, "owner")
        if published:
            publish_programme(programme)
    return programme


def team_of(captain: Account, name: str) -> Team:
    """A team that this person founded."""
    with current.set(actor=SYSTEM):
        return found_team(captain, name)


def application(
    programme: Programme, captain: Account, name: str, *, state: str = "submitted"
) -> Application:
    """A team's application, submitted and decided as far as asked."""
    with current.set(actor=SYSTEM), bulk():
        team = found_team(captain, name)
        project = write_down_project(
            team, f"{name} project", summary="Edge inference for small devices", trl=6
        )
        entry = begin_application(team, programme, project)
        answer_what_is_required(entry)
        if state != "draft":
            submit(entry, f"nonce-{entry.id}", agreed=("companies",))
        if state not in {"draft", "submitted"}:
            decide(entry, "eligible", quiet=True)
        if state not in {"draft", "submitted", "eligible"}:
            decide(entry, state, quiet=True)
    return entry


def answer_what_is_required(entry: Application) -> None:
    """What the standard form needs before a submission."""
    for key, value in (("summary", "We build it."), ("sector", "AI"), ("trl", "6")):
        save_answer(entry, key, value)


def applications(programme: Programme, count: int, *, state: str = "submitted") -> list[Application]:
    """Many of them, each by a captain of its own."""
    base = db.session.query(Account).count()
    return [
        application(programme, person(f"Captain {base + n}"), f"Team {base + n:03d}", state=state)
        for n in range(count)
    ]


def participation(
    programme: Programme, name: str, *, representative: Account | None = None, shown: bool = True
) -> Participation:
    """A company that takes part, with a need, perhaps a representative."""
    with current.set(actor=SYSTEM), bulk():
        company = write_down_company(None, name)
        db.session.flush()
        row = invite_company(programme, company, state="confirmed")
        need = state_need(company, f"{name} need", problem="Inference at the edge", trl_min=4)
        db.session.flush()
        bring_need(row, need)
        if shown:
            show_teams(row)
        if representative is not None:
            join_company(name_representative(company, representative.name, lead=True), representative)
    return row


def company_of(row: Participation) -> Company:
    """The company that takes part."""
    return db.session.get_one(Company, row.company_id)


@dataclass
class Stage:
    """A camp with its people, for tests of who may what."""

    organiser: Account = field(default_factory=lambda: person("Olga Organiser"))
    programme: Programme = field(init=False)

    def __post_init__(self) -> None:
        self.programme = camp(self.organiser)


def later(**by: int) -> datetime:
    """A moment after the deadline."""
    return DEADLINE + timedelta(**by)
