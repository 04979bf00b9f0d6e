"""A person's data is handed out, and erased: results stay, the audit chain stays, the person does not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import delete, func, or_, select, update

from campapp.accounts.actions.session import drop_sessions
from campapp.accounts.models import Account, Address, Code, Invitation, SecondFactor, SignIn
from campapp.accounts.rules import own_account
from campapp.applications.models import (
    Allowance,
    Application,
    CheckMark,
    Consent,
    DraftField,
    Mark,
    Submission,
)
from campapp.companies.models import Representative
from campapp.core import clock
from campapp.core.access import Refused, park_administrator
from campapp.core.action import Act, action
from campapp.core.db import db
from campapp.core.events import Event, EventPerson, EventSubject, forget_people
from campapp.core.language import gettext as _
from campapp.core.outbox import Delivery
from campapp.dues.models import Due
from campapp.matching.models import PrivateNote
from campapp.outcomes.models import MeetingReport
from campapp.park.actions.mentions import (
    forget_at_companies,
    forget_in_answers,
    forget_in_own_files,
    forget_in_versions,
)
from campapp.park.traces import GONE, traces_of
from campapp.programmes.models import FollowUpDraft, FormDraft, FormTemplate, Programme, Staff
from campapp.scheduling.models import FeedLink
from campapp.teams.models import Member, Team
from campapp.threads.models import Post, Thread

RUNNING = ("submitted", "returned", "eligible", "accepted", "waitlisted", "promoted")
EMPTIED: tuple[tuple[Any, dict[str, Any]], ...] = (
    (Member, {"name": GONE, "mail": "", "phone": "", "title": ""}),
    (Representative, {"name": GONE, "mail": "", "phone": "", "title": ""}),
    (SignIn, {"agent": "", "address": ""}),
    (DraftField, {"name": GONE}), (Consent, {"name": GONE}), (CheckMark, {"name": GONE}),
    (Allowance, {"name": GONE}), (FormDraft, {"name": GONE}), (FormTemplate, {"name": GONE}),
    (FollowUpDraft, {"name": GONE}), (Due, {"name": GONE}),
    (Submission, {"by_name": GONE}), (Mark, {"note": ""}), (PrivateNote, {"text": ""}),
    (MeetingReport, {"private_note": ""}),
    (Post, {"name": GONE, "text": "", "search_text": "", "search_terms": []}),
)  # fmt: skip
"""By the rows' `account_id`: what becomes of their personal columns."""


@action("data_handed_out", rule=own_account)
def hand_out_data(act: Act, account: Account) -> None:
    """The person was given everything about them."""


@action("person_erased", rule=own_account | park_administrator)
def erase_person(act: Act, account: Account, *, reason: str = "") -> None:
    """Empty the person out of every table; what they did stays as done by nobody in particular.

    Raises:
        Refused: somebody else depends on them: a team without another captain, an entry that is running, a park without
            another administrator.
    """
    _nobody_depends_on(account)
    act.because(reason)
    members = list(db.session.scalars(select(Member).where(Member.account_id == account.id)))
    represents = list(
        db.session.scalars(select(Representative).where(Representative.account_id == account.id))
    )
    addresses = [address.value for address in account.addresses]
    names = {account.name, *(row.name for row in members), *(row.name for row in represents)}
    in_teams, at_companies = traces_of(members, names, addresses), traces_of(represents, names, addresses)
    forget_in_versions(account, in_teams)
    _leave(act, members, represents)
    forget_in_answers(members, in_teams)
    forget_at_companies(represents, at_companies)
    forget_in_own_files(account.id, in_teams | at_companies)
    for model, values in EMPTIED:
        db.session.execute(update(model).where(model.account_id == account.id).values(**values))
    _empty_openings(account.id)
    _empty_messages(account.id, addresses)
    _empty_withdrawals(members, names)
    _empty_events(
        account.id, member=[row.id for row in members], representative=[row.id for row in represents]
    )
    for model in (Staff, FeedLink, SecondFactor, Code, Address):
        db.session.execute(delete(model).where(model.account_id == account.id))
    drop_sessions(act, account.id)
    db.session.refresh(account)
    act.personal["changes"] = {}  # neither the name before nor after stands in the event of the erasure
    if act.by.account_id == account.id:
        act.by = replace(act.by, name=GONE)
    account.name, account.password, account.administrator, account.erased_at = GONE, "", False, act.at


def _hold(account: Account) -> None:
    """Lock what others may leave or join at once, as they do: of two who go, the second sees that they are last."""
    owned = select(Staff.programme_id).where(
        Staff.account_id == account.id, Staff.level == "owner", Staff.left_at.is_(None)
    )
    teams = select(Member.team_id).where(Member.account_id == account.id, Member.left_at.is_(None))
    for model, ids in ((Programme, owned), (Team, teams)):
        rows = select(model).where(model.id.in_(ids)).order_by(model.id)
        db.session.scalars(rows.with_for_update(key_share=True)).all()


def _nobody_depends_on(account: Account) -> None:
    _hold(account)
    administrators = select(Account.id).where(Account.administrator, Account.erased_at.is_(None))
    standing = administrators.order_by(Account.id).with_for_update(key_share=True)
    if account.administrator and db.session.scalars(standing).all() == [account.id]:
        raise Refused("erase", _("This is the last administrator. Make another one first."))
    owners = select(Staff).where(Staff.level == "owner", Staff.left_at.is_(None))
    for staff in db.session.scalars(owners.where(Staff.account_id == account.id)):
        others = owners.where(Staff.programme_id == staff.programme_id, Staff.account_id != account.id)
        if db.session.scalars(others).first() is None:
            raise Refused("erase", _("A programme has no other owner. Make another one first."))
    for member in db.session.scalars(
        select(Member).where(Member.account_id == account.id, Member.left_at.is_(None), Member.captain)
    ):
        if _others(member):
            raise Refused("erase", _("A team has no other captain. Hand over to another member first."))
        running = (
            select(Application.id)
            .join(Programme, Programme.id == Application.programme_id)
            .where(Application.team_id == member.team_id, Application.state.in_(RUNNING))
            .where(Programme.last_day >= clock.today(clock.ANYWHERE))
        )
        if db.session.scalars(running).first() is not None:
            raise Refused(
                "erase", _("An entry of your team is running. Withdraw it first, or wait for its end.")
            )


def _others(member: Member) -> int:
    rows = select(func.count(Member.id)).where(
        Member.team_id == member.team_id, Member.id != member.id, Member.left_at.is_(None),
        Member.account_id.is_not(None),
    )  # fmt: skip
    return int(db.session.scalar(rows) or 0)


def _leave(act: Act, members: list[Member], represents: list[Representative]) -> None:
    for representative in represents:
        representative.left_at = representative.left_at or act.at
    for member in members:
        if member.left_at is not None:
            continue
        member.left_at = act.at
        if not _others(member):
            db.session.get_one(Team, member.team_id).dissolved_at = act.at
    db.session.flush()


def _empty_openings(account_id: int) -> None:
    """Lists call a thread by the beginning of its first post."""
    first = select(func.min(Post.id)).group_by(Post.thread_id)
    begun = select(Post.thread_id).where(Post.id.in_(first), Post.account_id == account_id)
    db.session.execute(update(Thread).where(Thread.id.in_(begun)).values(opening=GONE))


def _empty_messages(account_id: int, addresses: list[str]) -> None:
    mine = or_(Delivery.account_id == account_id, Delivery.recipient.in_(addresses))
    for delivery in db.session.scalars(select(Delivery).where(mine)):
        delivery.recipient, delivery.name = f"erased:{delivery.id}", GONE
        delivery.title, delivery.text, delivery.url, delivery.variables = "", "", "", {}
        if delivery.state in {"waiting", "failed"}:
            delivery.become("given up")
    bound = or_(Invitation.address.in_(addresses), Invitation.spent_by == account_id)
    db.session.execute(update(Invitation).where(bound).values(name="", address=""))
    db.session.execute(update(Consent).where(Consent.account_id == account_id).values(withdrawn_reason=""))


def _empty_withdrawals(members: list[Member], names: set[str]) -> None:
    """In the ledger of consents the row stays; who took it back, or whose it was, does not."""
    entries = select(Application.id).where(Application.team_id.in_([member.team_id for member in members]))
    theirs = Consent.application_id.in_(entries), Consent.withdrawn_by.in_(names)
    db.session.execute(update(Consent).where(*theirs).values(withdrawn_by=GONE))
    own = Consent.member_id.in_([member.id for member in members])
    db.session.execute(update(Consent).where(own).values(withdrawn_reason=""))


def _empty_events(account_id: int, **places: list[int]) -> None:
    """The events stay, with their hashes; who did it, and what personal values changed, lie apart and go."""
    did = select(Event.id).where(Event.account_id == account_id)
    told = select(EventSubject.event_id).where(
        or_(
            (EventSubject.kind == "account") & (EventSubject.subject_id == account_id),
            *((EventSubject.kind == kind) & EventSubject.subject_id.in_(ids) for kind, ids in places.items()),
        )
    )
    forget_people(EventPerson.event_id.in_(did), name=GONE)
    forget_people(EventPerson.event_id.in_(told))
