"""Who may do what with an application."""

from __future__ import annotations

from sqlalchemy import select

from campapp.applications.models import Application
from campapp.applications.states import APPLICATION, NOT_TAKEN
from campapp.applications.timing import timing_of
from campapp.core import clock
from campapp.core.access import Verdict, rule
from campapp.core.current import MEMBER, Actor
from campapp.core.db import db
from campapp.core.language import lazy_gettext as _l
from campapp.programmes.models import EntryForm
from campapp.programmes.rules import helps_with, manages_row, reads_row
from campapp.teams.models import Member

reads_application = reads_row(Application)
helps_application = helps_with(Application)
decides_application = manages_row(Application)


@rule
def of_own_team(actor: Actor, application: Application) -> Verdict:
    """A member of the team, or an organiser who acts for it."""
    return actor.role == MEMBER and actor.team_id == application.team_id


def member_in_person(actor: Actor, application: Application) -> Member | None:
    """The actor's own place in the entry's team, in whatever role they are; nobody who acts for a side has one."""
    if actor.account_id is None or actor.acting_for is not None:
        return None
    rows = select(Member).where(
        Member.team_id == application.team_id, Member.account_id == actor.account_id, Member.left_at.is_(None)
    )
    return db.session.scalars(rows).one_or_none()


@rule
def captain_of_application(actor: Actor, application: Application) -> Verdict:
    """The captain of the team, or an organiser who acts for it."""
    if actor.role != MEMBER or actor.team_id != application.team_id:
        return False
    return actor.scope.level == "captain" or str(_l("Only the captain can do this."))


@rule
def before_deadline(_actor: Actor, application: Application) -> Verdict:
    """The call is open: the deadline's own second still counts."""
    timing = timing_of(application)
    if timing.is_open(clock.now()):
        return True
    late = timing.is_late(clock.now())
    return str(_l("The deadline has passed. Your draft is kept.") if late else _l("The call is not open."))


@rule
def something_may_follow(_actor: Actor, application: Application) -> Verdict:
    """Submitted in time, and a field that is due later, or a file within the grace, is still open."""
    over = ("draft", "ineligible", *NOT_TAKEN, "withdrawn")
    if application.submission_id is None or application.state in over:
        return str(_l("Nothing was submitted in time, so nothing can follow."))
    form = db.session.scalars(
        select(EntryForm)
        .where(EntryForm.programme_id == application.programme_id)
        .order_by(EntryForm.number.desc())
        .limit(1)
    ).one_or_none()
    if form is not None and timing_of(application).open_late(form.document, clock.now()):
        return True
    return str(_l("Nothing of this entry can be given any more."))


@rule
def editable(_actor: Actor, application: Application) -> Verdict:
    """Neither withdrawn nor past being changed."""
    return application.state not in ("ineligible", *NOT_TAKEN, "withdrawn")


@rule
def submittable(_actor: Actor, application: Application) -> Verdict:
    """In a state from which a (further) submission is possible."""
    if application.state in {"draft", "submitted", "returned"}:
        return True
    return str(_l("This application can no longer be submitted."))


@rule
def withdrawable(_actor: Actor, application: Application) -> Verdict:
    """In a state from which withdrawing is possible."""
    return APPLICATION.allows(application.state, "withdrawn") or str(_l("This application is over already."))


may_edit = of_own_team & editable
may_submit = of_own_team & submittable & before_deadline
may_supplement = of_own_team & something_may_follow
may_withdraw = captain_of_application & withdrawable
