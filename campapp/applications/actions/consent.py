"""The ledger of consents: given, collected outside, withdrawn; the texts that they are given to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from campapp.applications.consent_texts import ASKED, PURPOSES, asked_in, newest_texts, text_key
from campapp.applications.models import Application, Consent, ConsentText
from campapp.applications.rules import decides_application, helps_application, of_own_team
from campapp.core import clock, files
from campapp.core.access import Refused, park_administrator
from campapp.core.action import Act, action
from campapp.core.current import current
from campapp.core.db import db
from campapp.core.files import StoredFile
from campapp.core.language import gettext as _
from campapp.core.outbox import Sending, open_sending, tell
from campapp.core.park import Park
from campapp.programmes.models import Programme
from campapp.programmes.rules import manages
from campapp.teams.models import Team


@action("consent_given", rule=of_own_team)
def give_consent(act: Act, application: Application, purpose: str) -> Consent | None:
    """The team agrees to a purpose, in the words of today; what stands already stands.

    Whoever acts for the team agrees to nothing in its place: they declare that it agreed outside campapp.
    """
    if act.by.acting_for is None:
        return _of_team(act, application, purpose)
    zone = db.session.get_one(Programme, application.programme_id).zone
    return _of_team(act, application, purpose, how="outside", collected_on=clock.today(zone))


@action("consent_declared", rule=helps_application)
def declare_consent(
    act: Act,
    application: Application,
    purpose: str,
    *,
    collected_on: date,
    scan: StoredFile | None = None,
    by: str = "",
) -> Consent | None:
    """The organiser declares that the team agreed outside campapp: on paper, in a form of their own.

    `by`: who declares it, where an import does so for them.
    """
    row = _of_team(act, application, purpose, how="outside", collected_on=collected_on)
    if row is not None and by:
        row.name = by
    if row is not None and scan is not None:
        row.scan_file_id = files.add(scan).id
    return row


def _of_team(act: Act, application: Application, purpose: str, **more: Any) -> Consent | None:
    if purpose not in PURPOSES:
        raise Refused("consent", _("There is no such purpose."))
    if standing(application, purpose) is not None or not is_asked(application, purpose):
        return None
    row = written(act, application, purpose, **more)
    if purpose == "companies":
        application.companies_agreed_at = act.at
    act.note(purpose=purpose, version=row.text_version)
    return row


def is_asked(application: Application, purpose: str) -> bool:
    """Whether a programme such as this one has any use for it: nobody agrees to what cannot happen."""
    programme = db.session.get_one(Programme, application.programme_id)
    return purpose not in ASKED or purpose in asked_in(programme)


def written(
    act: Act, application: Application, purpose: str, *, how: str = "here", collected_on: date | None = None,
    member_id: int | None = None,
) -> Consent:  # fmt: skip
    """A row of the ledger, added to the running action: the team's, or a member's own."""
    version = newest_texts()[text_key(purpose, member_id)].version
    row = Consent(
        application_id=application.id, purpose=purpose, text_version=version, locale=current.locale, how=how,
        member_id=member_id, account_id=act.by.account_id, name=act.by.name, collected_on=collected_on,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row


def standing(application: Application, purpose: str, member_id: int | None = None) -> Consent | None:
    """What the team, or a member, agrees to now."""
    return db.session.scalars(
        select(Consent).where(
            Consent.application_id == application.id, Consent.purpose == purpose, Consent.withdrawn_at.is_(None),
            Consent.member_id == member_id if member_id else Consent.member_id.is_(None),
        )
    ).one_or_none()  # fmt: skip


@action("consent_withdrawn", rule=of_own_team | decides_application)
def withdraw_consent(act: Act, application: Application, purpose: str, *, reason: str = "") -> None:
    """The team takes a consent back, here or by a letter that the organiser records; companies see it no more at once.

    What was already passed on cannot be called back; its matches are cancelled and their companies told.
    """
    if purpose not in ASKED:
        raise Refused(
            "withdraw_consent", _("Without it the entry cannot be handled: withdraw the application instead.")
        )
    row = standing(application, purpose)
    if row is None:
        return
    act.because(reason)
    act.note(purpose=purpose)
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_reason = act.at, act.by.name, reason
    if purpose == "companies":
        application.companies_agreed_at = None


@action("consent_scan_added", rule=helps_application)
def add_scan(act: Act, application: Application, consent_id: int, scan: StoredFile) -> None:
    """The paper of a consent that was collected outside."""
    row = db.session.scalars(
        select(Consent).where(Consent.id == consent_id, Consent.application_id == application.id)
    ).one_or_none()
    if row is None or row.how != "outside":
        raise Refused("add_scan", _("Only a consent that was collected outside has a scan."))
    row.scan_file_id = files.add(scan).id
    act.note(purpose=row.purpose)


@action("consents_asked", rule=manages)
def ask_for_consents(
    act: Act, programme: Programme, applications: Iterable[Application], people: Mapping[int, Application]
) -> Sending:
    """Ask teams to agree to being passed to companies, and people (by account) to being named; the messages wait."""
    sending = open_sending(_("Consent asked for"), programme)
    asked = [
        row for row in applications if row.companies_agreed_at is None and row.programme_id == programme.id
    ]
    for application in asked:
        team = db.session.get_one(Team, application.team_id)
        tell(team, "applications/consent_asked", application, sending=sending)
    for account_id, application in people.items():
        tell(f"account:{account_id}", "applications/own_consent_asked", application, sending=sending)
    act.note(teams=len(asked), people=len(people))
    return sending


@action("consent_text_issued", rule=park_administrator)
def issue_text(act: Act, _park: Park, purpose: str, *, text_zh: str, text_en: str) -> None:
    """A new version: from now on teams agree to these words; who agreed before agreed to the version before."""
    version = newest_texts()[purpose].version + 1
    db.session.add(
        ConsentText(
            purpose=purpose, version=version, text_zh=text_zh, text_en=text_en, account_id=act.by.account_id
        )
    )
    act.note(purpose=purpose, version=version)
