"""What happens to companies: written down, represented, their needs and technologies."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from campapp.accounts.actions.correction import correct_contact
from campapp.accounts.actions.invitation import invite
from campapp.accounts.models import Account, Invitation
from campapp.companies.models import Company, Need, Representative, Technology
from campapp.companies.rules import (
    corrects_representative,
    keeps_company,
    keeps_opener,
    keeps_owner,
    minds_people_with,
    represents,
    represents_opener,
    represents_owner,
    writes_companies_down,
)
from campapp.core.access import Rule, Verdict, rule
from campapp.core.action import Act, action
from campapp.core.current import Actor
from campapp.core.db import db
from campapp.core.language import lazy_gettext as _l
from campapp.core.text.language import Unreadable
from campapp.core.text.names import fold
from campapp.core.text.pinyin import initials, sort_key

may_edit_company: Rule = represents | keeps_company
may_edit_need: Rule = represents_owner | keeps_owner
may_edit_technology: Rule = represents_opener | keeps_opener


class NameTaken(Unreadable):
    """Another row bears this name, folded."""

    def __init__(self) -> None:
        super().__init__(_l("There is one with this name already."))


def _named(company: Company, name: str) -> None:
    key = fold(name)
    other = db.session.scalar(select(Company.id).where(Company.name_key == key))
    if other is not None and other != company.id:
        raise NameTaken
    company.name, company.name_key = name, key
    company.sort_key, company.initials = sort_key(name), initials(name)


@action("company_written_down", rule=writes_companies_down)
def write_down_company(act: Act, /, _company: None, name: str, **values: Any) -> Company:
    """A company of the park, with no account needed. Raises NameTaken."""
    company = Company(name=name, name_key=fold(name), **values)
    with db.session.no_autoflush:
        _named(company, name)
    db.session.add(company)
    try:
        db.session.flush()
    except IntegrityError:  # somebody wrote the same company down in this moment
        raise NameTaken from None
    return company


@action("company_changed", rule=may_edit_company)
def change_company(act: Act, /, company: Company, *, version: int | None = None, **values: Any) -> None:
    """Its profile. Raises NameTaken."""
    act.expect(version)
    with db.session.no_autoflush:
        _named(company, values.pop("name", company.name))
    for name, value in values.items():
        setattr(company, name, value)


@action("representative_named", rule=may_edit_company)
def name_representative(
    act: Act,
    company: Company,
    name: str,
    *,
    mail: str = "",
    phone: str = "",
    title: str = "",
    lead: bool = False,
) -> Representative:
    """A person of the company, with no account yet."""
    person = Representative(company_id=company.id, name=name, mail=mail, phone=phone, title=title, lead=lead)
    db.session.add(person)
    return person


@action("representative_corrected", rule=corrects_representative)
def correct_representative(
    act: Act, person: Representative, *, mail: str, phone: str, reason: str, version: int | None = None
) -> None:
    """A mistyped address or number put right for them: the new address is written to, the old one told.

    Raises:
        Refused: the person has an account with a confirmed address.
    """
    company = db.session.get_one(Company, person.company_id)
    correct_contact(act, "company", company, person, mail=mail, phone=phone, reason=reason, version=version)


@rule
def joins_as_self(actor: Actor, _representative: Representative) -> Verdict:
    """Whoever holds the invitation, as the account that presses the button."""
    return actor.is_authenticated


@action("representative_joined", rule=joins_as_self)
def join_company(act: Act, person: Representative, account: Account) -> Representative:
    """The invited person's account takes the representative's place."""
    already = db.session.scalars(
        select(Representative).where(
            Representative.company_id == person.company_id, Representative.account_id == account.id,
            Representative.left_at.is_(None),
        )
    ).one_or_none()  # fmt: skip
    if already is not None and already.id != person.id:
        person.left_at = act.at
        return already
    person.account_id, person.joined_at, person.left_at = account.id, act.at, None
    person.name = person.name or account.name
    act.about(db.session.get_one(Company, person.company_id))
    return person


@action("representative_left", rule=minds_people_with)
def leave_company(act: Act, person: Representative) -> None:
    """A representative no longer acts for the company."""
    person.left_at = act.at


@action("need_stated", rule=may_edit_company)
def state_need(act: Act, /, company: Company, title: str, **values: Any) -> Need:
    """A new need. Two may bear one name (the same problem at two levels of readiness)."""
    need = Need(company_id=company.id, title=title, title_key=fold(title), **values)
    db.session.add(need)
    return need


@action("need_changed", rule=may_edit_need)
def change_need(act: Act, /, need: Need, *, version: int | None = None, **values: Any) -> None:
    """Its words, figures and who sees it."""
    act.expect(version)
    for name, value in values.items():
        setattr(need, name, value)
    need.title_key = fold(need.title)


@action("need_closed", rule=may_edit_need)
def close_need(act: Act, need: Need) -> None:
    """No longer wanted; what hangs on it stays."""
    need.closed_at = act.at


@action("need_reopened", rule=may_edit_need)
def reopen_need(act: Act, need: Need) -> None:
    """Undo of closing."""
    need.closed_at = None


@action("technology_opened", rule=may_edit_company)
def open_technology(act: Act, /, company: Company, name: str, **values: Any) -> Technology:
    """What the company opens to others."""
    technology = Technology(company_id=company.id, name=name, **values)
    db.session.add(technology)
    return technology


@action("technology_changed", rule=may_edit_technology)
def change_technology(
    act: Act, /, technology: Technology, *, version: int | None = None, **values: Any
) -> None:
    """Its words."""
    act.expect(version)
    for name, value in values.items():
        setattr(technology, name, value)


@action("technology_removed", rule=may_edit_technology)
def remove_technology(act: Act, technology: Technology) -> None:
    """No longer opened."""
    act.note(name=technology.name)
    db.session.delete(technology)


def new_representative(company: Company, name: str) -> Representative:
    """A representative's row for somebody who joins, added to the running action."""
    person = Representative(company_id=company.id, name=name)
    db.session.add(person)
    db.session.flush()
    return person


@action("representative_invited", rule=minds_people_with)
def invite_representative(act: Act, person: Representative) -> Invitation:
    """An invitation for a named person: mailed where there is an address, else handed over."""
    act.about(db.session.get_one(Company, person.company_id))
    return invite("company", person.company_id, subject_id=person.id, name=person.name, address=person.mail)
