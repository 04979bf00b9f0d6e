"""What happens to teams: founded, joined, handed over, left."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from campapp.accounts.actions.correction import correct_contact
from campapp.accounts.actions.invitation import invite
from campapp.accounts.models import Account, Invitation
from campapp.core import clock
from campapp.core.access import Refused, Verdict, rule, signed_in
from campapp.core.action import Act, action
from campapp.core.current import Actor
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.language import lazy_gettext as _l
from campapp.core.text.names import fold
from campapp.core.text.pinyin import initials, sort_key
from campapp.teams.models import Member, Team
from campapp.teams.rules import (
    captain_of,
    captain_of_member,
    corrects_member,
    in_team,
    lets_in,
    minds_members,
)

SECOND_THOUGHTS = timedelta(minutes=10)
"""How long a captain may take back that they took somebody out."""


def _named(team: Team, name: str) -> None:
    team.name, team.name_key = name, fold(name)
    team.sort_key, team.initials = sort_key(name), initials(name)


def team_of(member: Member) -> Team:
    """Whose member it is: locked before the member, so that of all who come and go at once each sees the others."""
    return db.session.get_one(Team, member.team_id)


def new_team(name: str, *, locale: str = "zh_CN", size: int | None = None) -> Team:
    """A team's row, added to the running action."""
    team = Team(name=name, name_key=fold(name), locale=locale, size=size)
    _named(team, name)
    db.session.add(team)
    db.session.flush()
    return team


@action("team_founded", rule=signed_in)
def found_team(act: Act, account: Account, name: str, *, locale: str = "zh_CN") -> Team:
    """A new team; who founds it is its captain and contact."""
    team = new_team(name, locale=locale)
    db.session.add(
        Member(team_id=team.id, account_id=account.id, name=account.name, mail=account.mail, phone=account.phone,
               captain=True, contact=True, presenter=True, joined_at=act.at)
    )  # fmt: skip
    return team


@action("team_renamed", rule=captain_of)
def rename_team(act: Act, team: Team, name: str, *, version: int | None = None) -> None:
    """Another name; lists and pickers follow."""
    act.expect(version)
    _named(team, name)


@action("member_named", rule=in_team)
def name_member(
    act: Act, team: Team, name: str, *, mail: str = "", phone: str = "", title: str = ""
) -> Member:
    """A person of the team, with no account yet; an invitation may follow."""
    member = Member(team_id=team.id, name=name, mail=mail, phone=phone, title=title)
    db.session.add(member)
    return member


@rule
def joins_as_self(actor: Actor, _member: Member) -> Verdict:
    """Whoever holds the invitation, as the account that presses the button."""
    return actor.is_authenticated


@action("member_joined", rule=joins_as_self, first=team_of)
def join_team(act: Act, member: Member, account: Account) -> Member:
    """The invited person's account takes the member's place; once in the team, a second place is given up.

    Raises:
        Refused: the last one has left the team.
    """
    team = team_of(member)
    if team.dissolved_at is not None:
        raise Refused("join_team", _("This team is no more: everybody has left it."))
    already = db.session.scalars(
        select(Member).where(
            Member.team_id == member.team_id, Member.account_id == account.id, Member.left_at.is_(None)
        )
    ).one_or_none()
    if already is not None and already.id != member.id:
        member.left_at = act.at
        return already
    member.account_id, member.joined_at, member.left_at = account.id, act.at, None
    member.name = member.name or account.name
    member.mail, member.phone = account.mail or member.mail, account.phone or member.phone
    act.about(team)
    return member


@action("roles_changed", rule=minds_members)
def change_roles(act: Act, member: Member, *, contact: bool, presenter: bool, title: str = "") -> None:
    """Who is the contact, who presents."""
    member.contact, member.presenter, member.title = contact, presenter, title


@rule
def can_lead(_actor: Actor, member: Member) -> Verdict:
    """In the team, by an account of their own."""
    return member.joined_at is not None and member.left_at is None


@action("captain_changed", rule=minds_members & can_lead, first=team_of)
def hand_over(act: Act, member: Member) -> None:
    """Another member, with an account, becomes the captain."""
    for other in db.session.scalars(select(Member).where(Member.team_id == member.team_id, Member.captain)):
        other.captain = False
    member.captain = True


@rule
def may_leave(actor: Actor, member: Member) -> Verdict:
    """The member itself, or the captain who takes somebody out; the last captain cannot, nor who is out already."""
    if member.left_at is not None:
        return False
    own = member.account_id is not None and member.account_id == actor.account_id
    if not own and (verdict := minds_members.predicate(actor, member)) is not True:
        return verdict
    if member.captain and _others(member):
        return str(_l("The captain cannot leave. Hand over to another member first."))
    return True


def _others(member: Member) -> int:
    others = select(Member.id).where(
        Member.team_id == member.team_id, Member.id != member.id, Member.left_at.is_(None),
        Member.joined_at.is_not(None),
    )  # fmt: skip
    return len(db.session.scalars(others).all())


@action("member_left", rule=may_leave, first=team_of)
def leave_team(act: Act, member: Member) -> None:
    """A member leaves; a team that nobody is in any more is dissolved."""
    team = team_of(member)
    member.left_at, member.taken_out = act.at, member.account_id != act.by.account_id
    act.about(team)
    if not _others(member):
        team.dissolved_at = act.at


@rule
def just_taken_out(_actor: Actor, member: Member) -> Verdict:
    """The captain took the person out a moment ago; who left by themselves comes back by an invitation of their own."""
    fresh = (
        member.taken_out and member.left_at is not None and clock.now() - member.left_at <= SECOND_THOUGHTS
    )
    if not fresh:
        return str(_l("Invite them anew: nobody comes back to a team without agreeing to it."))
    again = select(Member.id).where(
        Member.team_id == member.team_id, Member.account_id == member.account_id, Member.left_at.is_(None)
    )
    return db.session.scalars(again.limit(1)).first() is None or str(_l("This person is in the team again."))


@action("member_returned", rule=captain_of_member & just_taken_out, first=team_of)
def take_back(act: Act, member: Member) -> None:
    """Undo of taking out."""
    member.left_at = None
    team_of(member).dissolved_at = None


def new_member(team: Team, name: str) -> Member:
    """A member's row for somebody who joins, added to the running action."""
    member = Member(team_id=team.id, name=name)
    db.session.add(member)
    db.session.flush()
    return member


@action("member_corrected", rule=corrects_member)
def correct_member(
    act: Act, member: Member, *, mail: str, phone: str, reason: str, version: int | None = None
) -> None:
    """A mistyped address or number put right for them: the new address is written to, the old one told.

    Raises:
        Refused: the person has an account with a confirmed address.
    """
    team = db.session.get_one(Team, member.team_id)
    correct_contact(act, "team", team, member, mail=mail, phone=phone, reason=reason, version=version)


@action("member_invited", rule=lets_in)
def invite_member(act: Act, member: Member) -> Invitation:
    """An invitation for a named person: mailed where there is an address, else handed over."""
    act.about(db.session.get_one(Team, member.team_id))
    return invite("team", member.team_id, subject_id=member.id, name=member.name, address=member.mail)
