"""Taking a plan in: one transaction, by the same actions as the pages; what is the same already is left alone."""

from __future__ import annotations

from datetime import date
from typing import Any

from campapp.core.access import Verdict, rule
from campapp.core.action import Act, action
from campapp.core.current import ADMINISTRATOR, ORGANISER, SYSTEM, Actor, current
from campapp.exchange.actions.camp.agenda import take_in_agenda, take_in_tables
from campapp.exchange.actions.camp.companies import take_in_company, take_in_needs
from campapp.exchange.actions.camp.known import Counts, Declared, Known
from campapp.exchange.actions.camp.teams import take_in_preferences, take_in_team
from campapp.exchange.camp.differing import CAMP_FIELDS, Chosen, of_camp, take_all
from campapp.exchange.camp.plan import Plan
from campapp.exchange.camp.standing import standing_of
from campapp.programmes.actions.programme import change_programme, create_programme
from campapp.programmes.actions.publication import publish_programme
from campapp.programmes.models import Programme
from campapp.programmes.rules import level_in

__all__ = ["Counts", "may_import", "take_in"]


@rule
def may_import(actor: Actor, programme: Programme | None) -> Verdict:
    """Who may create programmes; into one that is there, its owner or manager."""
    if programme is None:
        return actor.role in {ADMINISTRATOR, "system"} or (
            actor.role == ORGANISER and actor.scope.level in {"owner", "manager"}
        )
    return level_in(actor, programme.id) in {"owner", "manager"}


@action("camp_imported", rule=may_import)
def take_in(
    act: Act,
    programme: Programme | None,
    plan: Plan,
    chosen: Chosen = take_all,
    consents_of: date | None = None,
) -> tuple[Programme, Counts]:
    """A programme from its spreadsheets. Teams are accepted to a camp, companies take part; in a competition teams are
    what their sheet says; a past deadline does not matter.

    Where a row says something else than what stands, `chosen` says whether the sheet's side is taken. `consents_of`:
    the day up to which the organiser collected the teams' consents outside campapp, and hereby declares so.
    """
    declared = Declared(consents_of, act.by.name) if consents_of else None
    camp = programme or create_programme(None, kind=plan.camp["kind"], slug=plan.slug, **_values(plan.camp))
    with current.set(actor=SYSTEM):
        known = Known(camp, standing_of(camp, plan.company_names), chosen, declared)
        if programme is not None:
            _change(known, plan)
        if camp.state == "draft":
            publish_programme(camp)
        if camp.meets:
            take_in_agenda(known, plan)
        for row in plan.companies:
            take_in_company(known, row)
        take_in_tables(known, plan)
        take_in_needs(known, plan.needs)
        for row in plan.teams:
            take_in_team(known, row)
        take_in_preferences(known, plan.preferences)
    act.about(camp)
    act.note(created=known.counts.created, updated=known.counts.updated,
             consents_collected_on=consents_of.isoformat() if consents_of else "")  # fmt: skip
    return camp, known.counts


def _values(camp: dict[str, Any]) -> dict[str, Any]:
    return {name: camp[key] for key, name in CAMP_FIELDS.items() if key in camp}


def _change(known: Known, plan: Plan) -> None:
    """What the camp's own sheet says of its names and dates."""
    difference = of_camp(plan.camp, known.standing)
    if difference and known.takes(difference):
        change_programme(
            known.programme, **_values({key: ours for key, (_have, ours) in difference.cells.items()})
        )
