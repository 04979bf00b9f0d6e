"""Each member answers for themselves whether companies read their name, whether they are published, photographed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from sqlalchemy import select

from campapp.applications.actions.consent import is_asked, standing, written
from campapp.applications.consent_texts import ASKED
from campapp.applications.models import Application, Consent
from campapp.applications.rules import decides_application, helps_application, member_in_person
from campapp.core import files
from campapp.core.access import Refused, rule
from campapp.core.action import Act, action
from campapp.core.current import Actor
from campapp.core.db import db
from campapp.core.files import StoredFile
from campapp.core.language import gettext as _
from campapp.teams.models import Member


@rule
def in_person(actor: Actor, application: Application) -> bool:
    """A member of the team, each for themselves; nobody who acts for it, not its captain for another."""
    return member_in_person(actor, application) is not None


@action("own_consent_answered", rule=in_person)
def answer_for_myself(
    act: Act, application: Application, agreed: Collection[str], asked: Iterable[str] = ASKED
) -> None:
    """Yes to what was ticked of what was asked, no to the rest; what stands, stands until it is withdrawn."""
    member = _me(act, application)
    for purpose in asked:
        if (
            purpose not in ASKED
            or not is_asked(application, purpose)
            or standing(application, purpose, member.id) is not None
        ):
            continue
        if purpose in agreed:
            written(act, application, purpose, member_id=member.id)
        elif not _answered(application, purpose, {member.id}):
            row = written(act, application, purpose, how="declined", member_id=member.id)
            row.withdrawn_at, row.withdrawn_by = act.at, act.by.name
    act.about(member)
    act.note(agreed=sorted(set(agreed) & set(ASKED)))


@action("own_consent_withdrawn", rule=in_person)
def withdraw_for_myself(act: Act, application: Application, purpose: str) -> None:
    """No longer: companies read the name no more from this moment on."""
    _withdraw(act, application, _me(act, application), purpose, "")


@action("own_consent_withdrawn", rule=decides_application)
def record_withdrawal(
    act: Act, application: Application, member_id: int, purpose: str, *, reason: str
) -> None:
    """Staff record a letter, or a call, of a member who has no account, or cannot get to it."""
    act.because(reason)
    _withdraw(act, application, of_the_team(application, [member_id])[0], purpose, reason)


@action("own_consent_declared", rule=helps_application)
def declare_for_members(
    act: Act, application: Application, purpose: str, member_ids: Iterable[int], *, collected_on: date,
    scan: StoredFile | None = None, by: str = "",
) -> int:  # fmt: skip
    """The organiser declares that these people agreed outside campapp. Who answered here, or once took it back, is
    left alone: their own word counts. How many rows that made."""
    people = of_the_team(application, member_ids)
    answered = _answered(application, purpose, {member.id for member in people})
    kept = files.add(scan).id if scan is not None else None
    asked = is_asked(application, purpose)
    made = [member for member in people if asked and member.id not in answered]
    for member in made:
        row = written(
            act, application, purpose, how="outside", collected_on=collected_on, member_id=member.id
        )
        row.name, row.scan_file_id = by or row.name, kept
        act.about(member)
    act.note(purpose=purpose, people=len(made))
    return len(made)


def of_the_team(application: Application, member_ids: Iterable[int]) -> list[Member]:
    """These members of the entry's team.

    Raises:
        Refused: one of them is not in it.
    """
    wanted = set(member_ids)
    rows = select(Member).where(
        Member.team_id == application.team_id, Member.id.in_(wanted), Member.left_at.is_(None)
    )
    found = list(db.session.scalars(rows.order_by(Member.id)))
    if len(found) != len(wanted):
        raise Refused("own_consent", _("This person is not in the team."))
    return found


def _me(act: Act, application: Application) -> Member:
    member = member_in_person(act.by, application)
    if member is None:
        raise Refused("own_consent", _("This person is not in the team."))
    return member


def _answered(application: Application, purpose: str, member_ids: Collection[int]) -> set[int | None]:
    rows = select(Consent.member_id).where(
        Consent.application_id == application.id,
        Consent.purpose == purpose,
        Consent.member_id.in_(member_ids),
    )
    return set(db.session.scalars(rows))


def _withdraw(act: Act, application: Application, member: Member, purpose: str, reason: str) -> None:
    row = standing(application, purpose, member.id)
    if row is None:
        return
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_reason = act.at, act.by.name, reason
    act.about(member)
    act.note(purpose=purpose)
