"""Both sides' rankings as their pages show them: who is ranked, who else there is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select

from campapp.applications.models import Application
from campapp.companies.models import Company, Need
from campapp.core import clock
from campapp.core.access import visible
from campapp.core.current import MEMBER, current
from campapp.core.db import db
from campapp.core.language import say
from campapp.matching.models import Preference
from campapp.matching.reviewing import company_name
from campapp.programmes.models import NeedInCamp, Participation, Programme


@dataclass(frozen=True)
class Partner:
    """One who can be ranked."""

    id: int
    """Of the application or the participation."""
    label: str
    sub: str
    url: str


@dataclass(frozen=True)
class Ranking:
    """The ranked ones in order, and the others."""

    ranked: list[Partner]
    others: list[Partner]

    @property
    def seen(self) -> list[int]:
        """The order as it stands."""
        return [partner.id for partner in self.ranked]


def _ranking(partners: list[Partner], ranks: dict[int, int]) -> Ranking:
    ranked = sorted((one for one in partners if one.id in ranks), key=lambda one: ranks[one.id])
    return Ranking(ranked, [one for one in partners if one.id not in ranks])


def teams_for(participation: Participation) -> Ranking:
    """The accepted teams that the company is shown."""
    rows = db.session.scalars(
        visible(Application)
        .where(Application.programme_id == participation.programme_id, Application.state == "accepted")
        .order_by(Application.team_sort, Application.id)
    )
    partners = [Partner(one.id, one.team_name, one.project_title, f"/applications/{one.id}") for one in rows]
    ranks = db.session.execute(
        select(Preference.application_id, Preference.rank).where(
            Preference.side == "company", Preference.participation_id == participation.id
        )
    )
    return _ranking(partners, {row[0]: row[1] for row in ranks})


def companies_for(application: Application) -> Ranking:
    """The companies of the camp, each with its needs."""
    needs: dict[int, list[str]] = defaultdict(list)
    brought = (
        select(NeedInCamp.participation_id, Need)
        .join(Need, Need.id == NeedInCamp.need_id)
        .where(Need.id.in_(visible(Need).with_only_columns(Need.id)))
        .order_by(Need.id)
    )
    for participation_id, need in db.session.execute(brought):
        other = need.title_other and need.locale != current.locale
        needs[participation_id].append(need.title_other if other else need.title)
    rows = db.session.execute(
        select(Participation.id, Company)
        .join(Company, Company.id == Participation.company_id)
        .where(
            Participation.id.in_(visible(Participation).with_only_columns(Participation.id)),
            Participation.programme_id == application.programme_id, Participation.state == "confirmed",
        )
        .order_by(Company.sort_key, Company.id)
    )  # fmt: skip
    partners = [
        Partner(
            key,
            company_name(company),
            " · ".join(needs[key]) or say(company, "summary"),
            f"/companies/{company.id}",
        )
        for key, company in rows
    ]
    ranks = db.session.execute(
        select(Preference.participation_id, Preference.rank).where(
            Preference.side == "team", Preference.application_id == application.id
        )
    )
    return _ranking(partners, {row[0]: row[1] for row in ranks})


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
    mine = mine.where(Programme.last_day >= clock.now().date())
    rows = db.session.execute(mine.order_by(Programme.first_day.desc(), Programme.id.desc()).limit(20))
    return [(row[0], row[1]) for row in rows]


def arranged(order: list[int], add: int, remove: int, move: str) -> list[int]:
    """An order after one press: a partner put at the end, taken out, or moved by one place."""
    found = [one for one in dict.fromkeys(order) if one != remove]
    if add and add not in found:
        found.append(add)
    key, _colon, way = move.partition(":")
    if key.isdecimal() and int(key) in found:
        at = found.index(int(key))
        to = max(0, at - 1) if way == "up" else min(len(found) - 1, at + 1)
        found.insert(to, found.pop(at))
    return found
