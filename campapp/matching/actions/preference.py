"""What either side wishes: its ranking of the other; and what the organiser fixes for the next run."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from campapp.applications.models import Application
from campapp.applications.rules import helps_application, of_own_team
from campapp.core.access import Verdict, rule
from campapp.core.action import Act, action
from campapp.core.current import Actor
from campapp.core.db import db
from campapp.core.language import lazy_gettext as _l
from campapp.core.states import NotAllowed
from campapp.matching.models import PairRule, Preference
from campapp.programmes.models import NeedInCamp, Participation, Programme
from campapp.programmes.rules import helps_with, manages_camp, takes_part

helps_participation = helps_with(Participation)


@rule
def accepted(_actor: Actor, application: Application) -> Verdict:
    """The team is in the camp."""
    return application.state == "accepted" or str(_l("Only accepted teams rank companies."))


Key = tuple[int, int, int | None]


def _key(row: Preference) -> Key:
    return row.application_id, row.participation_id, row.need_id


def _set(kept: list[Preference], wanted: list[Preference], seen: Sequence[Key] | None) -> None:
    before = [_key(row) for row in sorted(kept, key=lambda row: row.rank)]
    if seen is not None and list(seen) != before:
        raise NotAllowed("ranking", "changed meanwhile", "ranked")
    have = {_key(row): row for row in kept}
    for row in wanted:
        known = have.pop(_key(row), None)
        if known is None:
            db.session.add(row)
        else:
            known.rank = row.rank
    for row in have.values():
        db.session.delete(row)


@action("team_ranked", rule=(of_own_team | helps_application) & accepted)
def rank_companies(
    act: Act, application: Application, ranked: Sequence[Participation | NeedInCamp], *,
    seen: Sequence[tuple[int, int | None]] | None = None,
) -> None:  # fmt: skip
    """The companies that a team would like to meet, or single needs of theirs, liked best first.

    `seen`: (participation, need or None) as the page showed them.

    Raises:
        NotAllowed: it is not `seen` any more: a colleague ranked meanwhile.
    """
    kept = select(Preference).where(Preference.side == "team", Preference.application_id == application.id)
    _set(
        list(db.session.scalars(kept)),
        [
            Preference(programme_id=application.programme_id, side="team", application_id=application.id, rank=rank,
                       participation_id=participation, need_id=need)
            for rank, (participation, need) in enumerate(map(wish, ranked), 1)
        ],
        None if seen is None else [(application.id, *one) for one in seen],
    )  # fmt: skip
    act.note(ranked=[list(wish(one)) for one in ranked])


def wish(one: Participation | NeedInCamp) -> tuple[int, int | None]:
    """What a team ranks: (participation, need or None)."""
    return (one.id, None) if isinstance(one, Participation) else (one.participation_id, one.need_id)


@action("company_ranked", rule=takes_part | helps_participation)
def rank_teams(
    act: Act,
    participation: Participation,
    ranked: Sequence[Application],
    *,
    seen: Sequence[int] | None = None,
) -> None:
    """The teams that a company would like to meet, liked best first.

    Raises:
        NotAllowed: it is not `seen` any more: a colleague ranked meanwhile.
    """
    kept = select(Preference).where(
        Preference.side == "company", Preference.participation_id == participation.id
    )
    _set(
        list(db.session.scalars(kept)),
        [
            Preference(programme_id=participation.programme_id, side="company", application_id=application.id,
                       participation_id=participation.id, rank=rank)
            for rank, application in enumerate(ranked, 1)
        ],
        None if seen is None else [(one, participation.id, None) for one in seen],
    )  # fmt: skip
    act.note(ranked=[application.id for application in ranked])


@action("pair_fixed", rule=manages_camp)
def fix_pair(
    act: Act,
    programme: Programme,
    application: Application,
    participation: Participation,
    kind: str,
    reason: str = "",
) -> PairRule | None:
    """Pin or forbid a pair for the next runs; with an empty kind, neither."""
    row = db.session.scalars(
        select(PairRule).where(
            PairRule.application_id == application.id, PairRule.participation_id == participation.id
        )
    ).one_or_none()
    act.about(application, participation)
    act.note(kind=kind)
    act.because(reason)
    if not kind:
        if row is not None:
            db.session.delete(row)
        return None
    if row is None:
        row = PairRule(
            programme_id=programme.id,
            application_id=application.id,
            participation_id=participation.id,
            kind=kind,
        )
        db.session.add(row)
    row.kind, row.reason, row.account_id = kind, reason, act.by.account_id
    return row
