"""What a programme's staff, its companies, its teams and everyone see of it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, or_, select, true

from campapp.companies.models import Company, Need, Representative, Technology
from campapp.companies.rules import beyond, companies_to_invite, participating
from campapp.core.access import sees
from campapp.core.current import ACCOUNT, ADMINISTRATOR, EVERYONE, MEMBER, ORGANISER, REPRESENTATIVE, Actor
from campapp.programmes.models import (
    Absence,
    CheckItem,
    Contact,
    EntryForm,
    FollowUp,
    FormDraft,
    FormTemplate,
    Group,
    NeedInCamp,
    NonDisclosure,
    Notice,
    Participation,
    Programme,
    Room,
    Session,
    Slot,
    Staff,
    Table,
    Track,
    Unit,
)  # fmt: skip


def published() -> ColumnElement[bool]:
    """Programmes that everyone sees."""
    return Programme.state.in_(("published", "archived"))


def published_ids() -> ScalarSelect[int]:
    """Their ids."""
    return select(Programme.id).where(published()).scalar_subquery()


def participations_of(company_id: int) -> ScalarSelect[int]:
    """The participations of a company."""
    return select(Participation.id).where(Participation.company_id == company_id).scalar_subquery()


def participations_in(programme_id: int) -> ScalarSelect[int]:
    """The participations in a programme."""
    return select(Participation.id).where(Participation.programme_id == programme_id).scalar_subquery()


def companies_in(programme_id: int | None) -> Select[int]:
    """The companies that were invited to a programme, whatever they answered; None: to any."""
    found = select(Participation.company_id)
    return found if programme_id is None else found.where(Participation.programme_id == programme_id)


if companies_in not in participating:
    participating.append(companies_in)


def companies_beyond(programme_ids: Collection[int]) -> Select[int]:
    """The companies that were invited to a programme other than these."""
    return select(Participation.company_id).where(Participation.programme_id.not_in(programme_ids))


if companies_beyond not in beyond:
    beyond.append(companies_beyond)


@sees(Programme, EVERYONE)
def published_programmes(_actor: Actor) -> ColumnElement[bool]:
    """Programmes once they are published."""
    return published()


@sees(Programme, ORGANISER)
def own_programme(actor: Actor) -> ColumnElement[bool]:
    """The programme that is organised, drafts included."""
    return Programme.id == actor.programme_id


@sees(Programme, REPRESENTATIVE)
def programmes_of_the_company(actor: Actor) -> ColumnElement[bool]:
    """Programmes that the company is invited to."""
    return Programme.id.in_(
        select(Participation.programme_id).where(Participation.company_id == actor.company_id)
    ) & (Programme.state != "draft")


PARTS: tuple[Any, ...] = (Track, Unit, Contact, Session, Slot, Room, Table, EntryForm, Group)


def _parts_of_published(model: Any) -> None:
    @sees(model, EVERYONE)
    def of_published(_actor: Actor) -> ColumnElement[bool]:
        """Of published programmes."""
        return model.programme_id.in_(published_ids())  # type: ignore[no-any-return]


def _own_rows(model: Any) -> None:
    @sees(model, ORGANISER)
    def of_own_programme(actor: Actor) -> ColumnElement[bool]:
        """Of the programme that is organised."""
        return model.programme_id == actor.programme_id  # type: ignore[no-any-return]


def _all_rows(model: Any) -> None:
    @sees(model, ADMINISTRATOR)
    def every_row(_actor: Actor) -> ColumnElement[bool]:
        """All."""
        return true()


for _model in PARTS:
    _parts_of_published(_model)
for _model in (*PARTS, Staff, Notice, Participation, FormDraft, FollowUp, CheckItem):
    _own_rows(_model)
for _model in (
    *PARTS,
    Staff,
    Notice,
    Participation,
    FormDraft,
    FollowUp,
    CheckItem,
    Programme,
    Absence,
    NeedInCamp,
    NonDisclosure,
):
    _all_rows(_model)


@sees(FormTemplate, ORGANISER, ADMINISTRATOR)
def forms_of_the_park(_actor: Actor) -> ColumnElement[bool]:
    """Templates that are offered."""
    return FormTemplate.removed_at.is_(None)


@sees(Notice, EVERYONE)
def published_notices(_actor: Actor) -> ColumnElement[bool]:
    """Published notices of published programmes."""
    return and_(Notice.published_at.is_not(None), Notice.programme_id.in_(published_ids()))


@sees(Participation, EVERYONE)
def confirmed_participations(_actor: Actor) -> ColumnElement[bool]:
    """Companies that confirmed, in published programmes."""
    return and_(Participation.state == "confirmed", Participation.programme_id.in_(published_ids()))


@sees(Participation, REPRESENTATIVE)
def own_participations(actor: Actor) -> ColumnElement[bool]:
    """The company's own."""
    return Participation.company_id == actor.company_id


def _own_participation_rows(model: Any) -> None:
    @sees(model, REPRESENTATIVE)
    def of_the_company(actor: Actor) -> ColumnElement[bool]:
        """Of the company's own participations."""
        return model.participation_id.in_(participations_of(actor.company_id))  # type: ignore[no-any-return]

    @sees(model, ORGANISER)
    def of_the_programme(actor: Actor) -> ColumnElement[bool]:
        """Of the programme that is organised."""
        return model.participation_id.in_(participations_in(actor.programme_id))  # type: ignore[no-any-return]


for _model in (Absence, NeedInCamp, NonDisclosure):
    _own_participation_rows(_model)


def _public_companies() -> Any:
    return select(Participation.company_id).where(
        Participation.state == "confirmed", Participation.programme_id.in_(published_ids())
    )


@sees(Company, EVERYONE)
def companies_that_take_part(_actor: Actor) -> ColumnElement[bool]:
    """Companies that confirmed in a published programme."""
    return Company.id.in_(_public_companies())


@sees(Technology, EVERYONE)
def technologies_of_those(_actor: Actor) -> ColumnElement[bool]:
    """What those companies open."""
    return Technology.company_id.in_(_public_companies())


@sees(NeedInCamp, EVERYONE)
def needs_brought(_actor: Actor) -> ColumnElement[bool]:
    """Public needs that confirmed companies bring."""
    return and_(
        NeedInCamp.participation_id.in_(select(Participation.id).where(confirmed_participations(_actor))),
        NeedInCamp.need_id.in_(select(Need.id).where(Need.visibility == "public")),
    )


@sees(Need, EVERYONE)
def public_needs(_actor: Actor) -> ColumnElement[bool]:
    """Open public needs of companies that take part."""
    return and_(
        Need.visibility == "public", Need.closed_at.is_(None), Need.company_id.in_(_public_companies())
    )


@sees(Need, MEMBER, REPRESENTATIVE, ACCOUNT)
def registered_needs(_actor: Actor) -> ColumnElement[bool]:
    """Open needs shown to whoever is registered."""
    return and_(
        Need.visibility.in_(("public", "registered")),
        Need.closed_at.is_(None),
        Need.company_id.in_(_public_companies()),
    )


@sees(Need, ORGANISER)
def needs_in_own_programme(actor: Actor) -> ColumnElement[bool]:
    """Needs of the companies in the programme, and the public ones of those that may be invited."""
    mine = Need.company_id.in_(companies_in(actor.programme_id))
    invited = select(Company.id).where(companies_to_invite(actor))
    return or_(mine, and_(Need.visibility == "public", Need.company_id.in_(invited)))


@sees(Representative, ORGANISER)
def representatives_in_own_programme(actor: Actor) -> ColumnElement[bool]:
    """Representatives of the companies in the programme."""
    mine = select(Participation.company_id).where(Participation.programme_id == actor.programme_id)
    return Representative.company_id.in_(mine)
