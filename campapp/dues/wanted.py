"""Of whom a follow-up is asked: teams and companies in a state, looked up live, so that nobody who left still owes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from campapp.applications.models import Application
from campapp.applications.states import of_kind
from campapp.core.db import db
from campapp.core.language import lazy_gettext as _l
from campapp.dues.models import Due
from campapp.matching.models import Match
from campapp.matching.states import ANSWERED
from campapp.programmes.models import FollowUp, Participation, Programme


@dataclass(frozen=True)
class Wanted:
    """A state in which somebody is asked."""

    label: Any
    side: str
    state: str
    model: Any
    link: Any
    """The column of `Due` that points at the model."""
    condition: ColumnElement[bool]
    meets: bool = False
    """Only where companies meet teams."""

    @property
    def key(self) -> str:
        """As forms name it."""
        return f"{self.side}:{self.state}"


def _met(link: Any, model: Any) -> ColumnElement[bool]:
    return select(Match.id).where(link == model.id, Match.state.in_(ANSWERED)).correlate(model).exists()


WANTED: tuple[Wanted, ...] = (
    Wanted(_l("Accepted teams"), "team", "accepted", Application, Due.application_id, Application.state == "accepted"),
    Wanted(_l("Promoted teams"), "team", "promoted", Application, Due.application_id, Application.state == "promoted"),
    Wanted(_l("Teams with a confirmed match"), "team", "matched", Application, Due.application_id,
           and_(Application.state == "accepted", _met(Match.application_id, Application)), meets=True),
    Wanted(_l("Companies that take part"), "company", "confirmed", Participation, Due.participation_id,
           Participation.state == "confirmed", meets=True),
    Wanted(_l("Companies with a confirmed match"), "company", "matched", Participation, Due.participation_id,
           and_(Participation.state == "confirmed", _met(Match.participation_id, Participation)), meets=True),
)  # fmt: skip
BY_KEY = {one.key: one for one in WANTED}


def wanted_in(programme: Programme) -> list[Wanted]:
    """The states that there are in such a programme."""
    return [
        one for one in WANTED if of_kind(programme.kind, one.state) and (programme.meets or not one.meets)
    ]


def wanted_by(follow_up: FollowUp) -> Wanted:
    """Of whom a follow-up is asked."""
    return BY_KEY[f"{follow_up.side}:{follow_up.wanted_of}"]


def ids_in(follow_up: FollowUp, among: Sequence[int] | None = None) -> Sequence[int]:
    """The applications or participations that are asked now, perhaps only of some."""
    wanted = wanted_by(follow_up)
    found = select(wanted.model.id).where(
        wanted.model.programme_id == follow_up.programme_id, wanted.condition
    )
    if among is not None:
        found = found.where(wanted.model.id.in_(among))
    return db.session.scalars(found.order_by(wanted.model.id)).all()


def standing() -> ColumnElement[bool]:
    """Whether a due is still asked: its follow-up is open, and whoever owes it is still in that state."""
    return and_(Due.dropped_at.is_(None), or_(*(_stands(wanted) for wanted in WANTED)))


def _stands(wanted: Wanted) -> ColumnElement[bool]:
    asked = (
        select(FollowUp.id)
        .join(wanted.model, wanted.model.id == wanted.link)
        .where(
            FollowUp.id == Due.follow_up_id, FollowUp.closed_at.is_(None), FollowUp.side == wanted.side,
            FollowUp.wanted_of == wanted.state, wanted.condition,
        )
    )  # fmt: skip
    return asked.correlate(Due).exists()


def owed() -> ColumnElement[bool]:
    """Whether it is owed now."""
    return and_(Due.stands == "owed", standing())
