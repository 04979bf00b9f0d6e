"""What the demo's programmes are filled with: companies, teams, entries, camps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from campapp.applications.actions.consent import give_consent
from campapp.applications.actions.decision import decide
from campapp.applications.actions.draft import begin_application, save_answer
from campapp.applications.actions.own_consent import declare_for_members
from campapp.applications.actions.submission import take_in
from campapp.applications.models import Application, Consent, Submission
from campapp.companies.actions import (
    join_company,
    name_representative,
    open_technology,
    state_need,
    write_down_company,
)  # fmt: skip
from campapp.companies.models import Company, Need
from campapp.core import clock
from campapp.core.action import bulk
from campapp.core.db import db
from campapp.core.text.dates import end_of
from campapp.demo.data.companies import COMPANIES
from campapp.demo.data.projects import GIVEN, PROJECTS, SURNAMES
from campapp.demo.people import Cast
from campapp.pool.actions import write_down_project
from campapp.pool.models import Project
from campapp.programmes.actions.agenda import add_session, by_rule, make_slots
from campapp.programmes.actions.participation import bring_need, invite_company, show_teams
from campapp.programmes.actions.place import add_room
from campapp.programmes.actions.programme import (
    create_programme,
    set_contacts,
    set_staff,
    set_tracks,
    set_units,
)
from campapp.programmes.actions.publication import publish_programme
from campapp.programmes.models import Participation, Programme, Track
from campapp.teams.actions import found_team, join_team, name_member, new_team
from campapp.teams.models import Team

ZONE = ZoneInfo("Asia/Shanghai")


def plant_companies(cast: Cast) -> dict[str, Company]:
    """All companies, their needs and technologies; the demo representative acts for the first invented one."""
    found: dict[str, Company] = {}
    with bulk():
        for entry in COMPANIES:
            company = write_down_company(
                None, entry.name, name_zh=entry.zh, name_en=entry.en, summary_zh=entry.summary_zh,
                summary_en=entry.summary_en, sector=entry.sector,
            )  # fmt: skip
            for need in entry.needs:
                state_need(
                    company, need.zh, problem=need.problem_zh, title_other=need.en, problem_other=need.problem_en,
                    sector=need.sector, trl_min=need.trl_min, offers=list(need.offers), locale="zh_CN",
                )  # fmt: skip
            if entry.technology is not None:
                name, zh, en = entry.technology
                open_technology(company, name, text_zh=zh, text_en=en)
            found[entry.zh] = company
        person = name_representative(
            found["砚北智算"], cast.representative.name, title="技术合作部", lead=True
        )
        join_company(person, cast.representative)
    return found


def person_name(number: int) -> str:
    """An invented name, always the same for a number."""
    return SURNAMES[number % len(SURNAMES)] + GIVEN[(number * 7) % len(GIVEN)]


def team_of(index: int, cast: Cast) -> tuple[Team, Project]:
    """The team that builds project `index`, with its project; made once."""
    entry = PROJECTS[index]
    known = db.session.scalars(select(Team).where(Team.name == f"{entry.zh}团队")).one_or_none()
    if known is not None:
        return known, db.session.scalars(select(Project).where(Project.team_id == known.id)).one()
    name = f"{entry.zh}团队"
    team = found_team(cast.captain, name) if index == 0 else new_team(name)
    if index == 0:
        join_team(name_member(team, cast.member.name, title="研发"), cast.member)
    else:
        lead = name_member(
            team, person_name(index), mail=f"team{index + 1:02d}@teams.example", title="负责人"
        )
        lead.captain = lead.contact = lead.presenter = True
        name_member(team, person_name(index + 40), title="研发")
    project = write_down_project(
        team, entry.zh, title_other=entry.en, summary=entry.summary_zh, summary_other=entry.summary_en,
        sector=entry.sector, trl=entry.trl, locale="zh_CN",
    )  # fmt: skip
    return team, project


def entry(
    programme: Programme,
    index: int,
    cast: Cast,
    *,
    state: str = "accepted",
    most: int = 3,
    track: Track | None = None,
) -> Application:
    """Project `index` in a programme, in this state; `draft` leaves it unsubmitted."""
    team, project = team_of(index, cast)
    application = begin_application(team, programme, project, track=track)
    application.max_meetings = most
    words = PROJECTS[index]
    for key, value in (("summary", words.summary_zh), ("sector", words.sector), ("trl", str(words.trl))):
        save_answer(application, key, value)
    if state != "draft":
        take_in(application)
        application.collected_outside = False
        for purpose in ("running", "companies", "publication"):
            give_consent(application, purpose)
        signed_by_captain(application)
        steps = {"submitted": (), "eligible": ("eligible",), "returned": ("returned",)}
        for step in steps.get(state, ("eligible", state)):
            decide(
                application, step, quiet=True, reason="请补充团队成员的分工。" if step == "returned" else ""
            )
    return application


def signed_by_captain(application: Application) -> None:
    """The entry and the team's consents are its captain's, who also agreed to being named to companies."""
    team = db.session.get_one(Team, application.team_id)
    captains = [one for one in team.members if one.captain]
    db.session.get_one(Submission, application.submission_id).by_name = captains[0].name
    for consent in db.session.scalars(select(Consent).where(Consent.application_id == application.id)):
        consent.name = captains[0].name
    declare_for_members(
        application, "companies", [one.id for one in captains], collected_on=clock.now().date(), by=""
    )


def camp(cast: Cast, *, zh: str, en: str, first: date, days: int = 2, deadline: date | None = None,
         windows: Sequence[tuple[str, str]] = (("09:00", "12:00"), ("13:30", "17:00")), kind: str = "camp",
         **values: Any) -> Programme:  # fmt: skip
    """A published programme, organised by the demo organiser, with agenda, tracks, units and contacts."""
    closes = end_of(deadline, ZONE) if deadline else None
    programme = create_programme(
        None, kind=kind, title_zh=zh, title_en=en, first_day=first, last_day=first + timedelta(days=days - 1),
        deadline=closes, opens_at=closes - timedelta(days=45) if closes else None, place_zh="中关村软件园 主会场",
        place_en="Zhongguancun Software Park, main hall", contact_mail="camp@campapp.example", **values,
    )  # fmt: skip
    set_staff(programme, cast.organiser, "owner")
    dates = [first + timedelta(days=n) for n in range(days)]
    if programme.meets:
        make_slots(programme, by_rule(dates, windows, 25, 5))
        hall = add_room(programme, "主会场")
        add_session(
            programme,
            day=dates[0],
            start="08:30",
            end="09:00",
            title_zh="开营",
            title_en="Opening",
            room=hall,
        )
        add_session(
            programme,
            day=dates[-1],
            start="17:30",
            end="18:30",
            title_zh="路演",
            title_en="Demo day",
            room=hall,
        )
    set_units(
        programme, [{"role": "host", "name_zh": "中关村软件园", "name_en": "Zhongguancun Software Park"}]
    )
    set_contacts(programme, [{"name": "组委会", "mail": "camp@campapp.example", "hours": "9:00–18:00"}])
    publish_programme(programme)
    return programme


def with_tracks(programme: Programme, *titles: tuple[str, str]) -> list[Track]:
    """Its tracks."""
    set_tracks(programme, [(None, zh, en) for zh, en in titles])
    return list(
        db.session.scalars(select(Track).where(Track.programme_id == programme.id).order_by(Track.id))
    )


def taking_part(programme: Programme, companies: Sequence[Company], *, most: int = 12) -> list[Participation]:
    """Companies that take part, with all their needs; they see the teams."""
    found = []
    for company in companies:
        row = invite_company(programme, company, state="confirmed", max_meetings=most)
        for need in db.session.scalars(select(Need).where(Need.company_id == company.id).order_by(Need.id)):
            bring_need(row, need)
        show_teams(row)
        found.append(row)
    return found


def at_noon(day: date) -> datetime:
    """Noon in the park, as the moment when things of that day happened."""
    return datetime.combine(day, time(12), ZONE).astimezone(UTC)
