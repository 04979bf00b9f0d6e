"""Groups of people of a programme that an organiser can write to, each looked up at the moment of sending."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, select

from campapp.applications.models import Allowance, Application
from campapp.applications.states import of_kind
from campapp.core import clock
from campapp.core.db import db
from campapp.core.language import lazy_gettext as _l
from campapp.core.outbox import Recipient, audiences
from campapp.matching.models import Match
from campapp.matching.states import ANSWERED
from campapp.messages.models import DRAFTS
from campapp.programmes.models import Participation, Programme


@dataclass(frozen=True)
class Group:
    """Some teams, or some companies."""

    label: Any
    kind: str
    """`team` or `company`: the audience of each member."""
    condition: ColumnElement[bool]
    """Over applications, or over participations."""
    meets: bool = False
    """Only where companies meet teams."""

    def ids(self, programme: Programme) -> Sequence[int]:
        """Whose they are now."""
        if self.kind == "company":
            found = select(Participation.company_id).where(
                Participation.programme_id == programme.id, self.condition
            )
        else:
            found = select(Application.team_id).where(
                Application.programme_id == programme.id, self.condition
            )
        return db.session.scalars(found.distinct()).all()


def _state(*states: str) -> ColumnElement[bool]:
    return Application.state.in_(states)


def _matched() -> ColumnElement[bool]:
    met = exists().where(Match.application_id == Application.id, Match.state.in_(ANSWERED))
    return and_(Application.state == "accepted", met)


GROUPS: dict[str, Group] = {
    DRAFTS: Group(_l("Teams whose draft is not submitted"), "team", _state("draft")),
    "submitted": Group(_l("Teams that have submitted"), "team", _state("submitted", "returned")),
    "eligible": Group(_l("Eligible teams"), "team", _state("eligible")),
    "accepted": Group(_l("Accepted teams"), "team", _state("accepted")),
    "matched": Group(_l("Teams with a confirmed match"), "team", _matched(), meets=True),
    "waitlisted": Group(_l("Teams on the waiting list"), "team", _state("waitlisted")),
    "promoted": Group(_l("Promoted teams"), "team", _state("promoted")),
    "not promoted": Group(_l("Teams that were not promoted"), "team", _state("not promoted")),
    "not accepted": Group(_l("Teams that were not accepted"), "team", _state("not accepted")),
    "invited": Group(_l("Invited companies that have not answered"), "company", Participation.state == "invited",
                     meets=True),
    "confirmed": Group(_l("Companies that take part"), "company", Participation.state == "confirmed", meets=True),
}  # fmt: skip


def groups_of(programme: Programme) -> list[tuple[str, Any]]:
    """The groups that there can be in such a programme: name and label."""
    return [
        (name, group.label)
        for name, group in GROUPS.items()
        if of_kind(programme.kind, name) and (programme.meets or not group.meets)
    ]


def _still_open(programme: Programme) -> Sequence[int]:
    """Teams whose draft can still be submitted: before the deadline all, after it those with an extension."""
    if not programme.is_late(clock.now()):
        return GROUPS[DRAFTS].ids(programme)
    extended = select(Allowance.application_id).where(
        Allowance.programme_id == programme.id, Allowance.revoked_at.is_(None), Allowance.until > clock.now()
    )
    found = select(Application.team_id).where(
        Application.programme_id == programme.id, Application.state == "draft", Application.id.in_(extended)
    )
    return db.session.scalars(found.distinct()).all()


def reached(programme: Programme, names: Iterable[str]) -> Iterable[Recipient]:
    """The people of some groups, now."""
    for name in names:
        group = GROUPS.get(name)
        if group is None:
            continue
        ids = _still_open(programme) if name == DRAFTS else group.ids(programme)
        for _key, recipient in audiences[group.kind](sorted(ids)):
            yield recipient
