"""Both sides' rankings as their pages show them: who is ranked, who else there is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select

from campapp.applications.models import Application
from campapp.companies.models import Company, Need
from campapp.core import clock
from campapp.core.access import sight_of, visible
from campapp.core.current import MEMBER, current
from campapp.core.db import db
from campapp.core.language import say
from campapp.core.web import rooted
from campapp.matching.models import Preference
from campapp.matching.reviewing import company_name
from campapp.programmes.models import NeedInCamp, Participation, Programme


@dataclass(frozen=True)
class Partner:
    """Who or what can be ranked."""

    id: str
    """Of the application or the participation; of a need `12n34`: participation and need."""
    label: str
    sub: str
    url: str
    under: str = ""
    """Of a need: the company's id."""


@dataclass(frozen=True)
class Ranking:
    """The ranked ones in order, and the others."""

    ranked: list[Partner]
    others: list[Partner]
    seen: list[str]
    """The order as it stands, with those that nobody can rank any more."""


def _ranking(partners: list[Partner], order: list[str]) -> Ranking:
    by_id = {one.id: one for one in partners}
    ranked = [by_id[one] for one in order if one in by_id]
    return Ranking(ranked, [one for one in partners if one.id not in order], order)


def teams_for(participation: Participation) -> Ranking:
    """The accepted teams that the company is shown."""
    rows = db.session.scalars(
        visible(Application)
        .where(Application.programme_id == participation.programme_id, Application.state == "accepted")
        .order_by(Application.team_sort, Application.id)
    )
    partners = [
        Partner(str(one.id), one.team_name, one.project_title, rooted(f"/applications/{one.id}"))
        for one in rows
    ]
    ranks = db.session.scalars(
        select(Preference.application_id)
        .where(Preference.side == "company", Preference.participation_id == participation.id)
        .order_by(Preference.rank, Preference.id)
    )
    return _ranking(partners, [str(one) for one in ranks])


def companies_for(application: Application) -> Ranking:
    """The companies of the camp, each with its needs: either can be ranked."""
    needs: dict[int, list[Partner]] = defaultdict(list)
    names: dict[int, str] = {}
    rows = _companies(application.programme_id)
    brought = _needs([key for key, _company in rows])
    for key, company in rows:
        names[key] = company_name(company)
        needs[key] = [
            Partner(
                f"{key}n{need.id}",
                say(need, "title"),
                names[key],
                rooted(f"/companies/{company.id}"),
                str(key),
            )
            for owner, need in brought
            if owner == key
        ]
    partners = [
        one
        for key, company in rows
        for one in (
            Partner(str(key), names[key], _about(needs[key], company), rooted(f"/companies/{company.id}")),
            *needs[key],
        )
    ]
    wishes = db.session.execute(
        select(Preference.participation_id, Preference.need_id)
        .where(Preference.side == "team", Preference.application_id == application.id)
        .order_by(Preference.rank, Preference.id)
    )
    return _ranking(partners, [f"{row[0]}" if row[1] is None else f"{row[0]}n{row[1]}" for row in wishes])


def _companies(programme_id: int) -> list[tuple[int, Company]]:
    rows = db.session.execute(
        select(Participation.id, Company)
        .join(Company, Company.id == Participation.company_id)
        .where(
            Participation.id.in_(visible(Participation).with_only_columns(Participation.id)),
            Participation.programme_id == programme_id, Participation.state == "confirmed",
        )
        .order_by(Company.sort_key, Company.id)
    )  # fmt: skip
    return [(row[0], row[1]) for row in rows]


def _needs(participations: list[int]) -> list[tuple[int, Need]]:
    rows = db.session.execute(
        select(NeedInCamp.participation_id, Need)
        .join(Need, Need.id == NeedInCamp.need_id)
        .where(NeedInCamp.participation_id.in_(participations), Need.closed_at.is_(None))
        .where(Need.id.in_(visible(Need).with_only_columns(Need.id)))
        .order_by(Need.id)
    )
    return [(row[0], row[1]) for row in rows]


def _about(needs: list[Partner], company: Company) -> str:
    """What stands below a company: nothing where its needs do."""
    return "" if needs else say(company, "summary")


def places() -> list[tuple[int, Programme]]:
    """Where the actor's side ranks: (application or participation id, camp that is not over), the newest first."""
    if current.actor.role == MEMBER:
        mine = select(Application.id, Programme).join(Programme, Programme.id == Application.programme_id)
        mine = mine.where(Application.team_id == current.actor.team_id, Application.state == "accepted")
    else:
        mine = select(Participation.id, Programme).join(Programme, Programme.id == Participation.programme_id)
        mine = mine.where(
            Participation.company_id == current.actor.company_id, Participation.state == "confirmed",
            Participation.teams_shown_at.is_not(None),
        )  # fmt: skip
    mine = mine.where(sight_of(Application if current.actor.role == MEMBER else Participation, current.actor))
    mine = mine.where(Programme.last_day >= clock.today(clock.ANYWHERE))
    rows = db.session.execute(mine.order_by(Programme.first_day.desc(), Programme.id.desc()).limit(20))
    return [(row[0], row[1]) for row in rows]


def wish_of(key: str) -> tuple[int, int | None]:
    """The participation and the need, if one, that a key of a team's order means."""
    company, _n, need = key.partition("n")
    if not (
        company.isdecimal() and len(company) < 10 and (not need or (need.isdecimal() and len(need) < 10))
    ):
        return 0, None
    return int(company), int(need) if need else None


def rows_of(keys: list[str]) -> list[Participation | NeedInCamp]:
    """What the keys of a team's order mean, in that order."""
    wishes = [wish_of(key) for key in keys]
    companies = {one for one, need in wishes if need is None}
    needs = {need for _one, need in wishes if need is not None}
    whole = db.session.scalars(select(Participation).where(Participation.id.in_(companies)))
    brought = db.session.scalars(select(NeedInCamp).where(NeedInCamp.need_id.in_(needs)))
    found: dict[tuple[int, int | None], Participation | NeedInCamp] = {(row.id, None): row for row in whole}
    found |= {(row.participation_id, row.need_id): row for row in brought}
    return [found[wish] for wish in wishes if wish in found]


def arranged(order: list[str], add: str, remove: str, move: str) -> list[str]:
    """An order after one press: a partner put at the end, taken out, or moved by one place."""
    found = [one for one in dict.fromkeys(order) if one != remove]
    if add and add not in found:
        found.append(add)
    key, _colon, way = move.partition(":")
    if key in found:
        at = found.index(key)
        to = max(0, at - 1) if way == "up" else min(len(found) - 1, at + 1)
        found.insert(to, found.pop(at))
    return found
