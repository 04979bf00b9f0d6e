"""Who may do what with a programme, and what its staff, its companies and everyone see of it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, func, literal, or_, select, true

from campapp.companies.models import Company, Need, Representative, Technology
from campapp.core.access import AccountId, Rule, Verdict, memberships_from, rule, sees
from campapp.core.current import ACCOUNT, ADMINISTRATOR, EVERYONE, MEMBER, ORGANISER, REPRESENTATIVE, Actor
from campapp.core.language import lazy_gettext as _l
from campapp.programmes.models import (
    Absence,
    CheckItem,
    Contact,
    EntryForm,
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

LEVELS = ("owner", "manager", "helper", "read-only")


@memberships_from
def membership(account_id: AccountId) -> Select[str, str, int, str, str]:
    """A programme that the account organises."""
    title = func.coalesce(func.nullif(Programme.title_zh, ""), Programme.title_en)
    return (
        select(literal(ORGANISER), literal("programme"), Programme.id, Staff.level, title)
        .join(Programme, Programme.id == Staff.programme_id)
        .where(Staff.account_id == account_id, Staff.left_at.is_(None))
    )


def level_in(actor: Actor, programme_id: int) -> str:
    """The actor's level in a programme: `owner` for the park's administrators, empty for others."""
    if actor.role == ADMINISTRATOR:
        return "owner"
    return actor.scope.level if actor.role == ORGANISER and actor.programme_id == programme_id else ""


def _level(actor: Actor, programme_id: int, *levels: str) -> Verdict:
    mine = level_in(actor, programme_id)
    if mine in levels:
        return True
    return str(_l("Your level in this programme does not allow this. Ask an owner.")) if mine else False


def organised_by(*levels: str, name: str, says: str, on: Any = Programme) -> Rule:
    """A rule over a programme, or over any row with a `programme_id`, for some levels of its staff."""

    def predicate(actor: Actor, row: Any) -> Verdict:
        return _level(actor, row.id if isinstance(row, Programme) else row.programme_id, *levels)

    return Rule(name, predicate, says, on)


reads = organised_by(*LEVELS, name="reads", says="Anybody of the programme's staff.")
helps = organised_by(
    "owner", "manager", "helper", name="helps", says="Owner, manager or helper of the programme."
)
manages = organised_by("owner", "manager", name="manages", says="Owner or manager of the programme.")
owns = organised_by("owner", name="owns", says="Owner of the programme.")


def manages_row(model: Any) -> Rule:
    """Like `manages`, over a row that belongs to a programme."""
    return organised_by("owner", "manager", name="manages", says=manages.says, on=model)


def helps_with(model: Any) -> Rule:
    """Like `helps`, over a row that belongs to a programme."""
    return organised_by("owner", "manager", "helper", name="helps", says=helps.says, on=model)


def reads_row(model: Any) -> Rule:
    """Like `reads`, over a row that belongs to a programme."""
    return organised_by(*LEVELS, name="reads", says=reads.says, on=model)


@rule
def may_create_programme(actor: Actor, _row: object) -> Verdict:
    """Administrators, and whoever owns or manages a programme already."""
    return actor.role == ADMINISTRATOR or (
        actor.role == ORGANISER and actor.scope.level in {"owner", "manager"}
    )


@rule
def takes_part(actor: Actor, row: Participation) -> Verdict:
    """A representative of the company that takes part."""
    return actor.role == REPRESENTATIVE and actor.company_id == row.company_id


# ------------------------------------------------------------------------------------------------ sight
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
for _model in (*PARTS, Staff, Notice, Participation, FormDraft, CheckItem):
    _own_rows(_model)
for _model in (
    *PARTS,
    Staff,
    Notice,
    Participation,
    FormDraft,
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
    """Needs of the companies in the programme, and all public ones."""
    mine = select(Participation.company_id).where(Participation.programme_id == actor.programme_id)
    return or_(Need.company_id.in_(mine), Need.visibility == "public")


@sees(Representative, ORGANISER)
def representatives_in_own_programme(actor: Actor) -> ColumnElement[bool]:
    """Representatives of the companies in the programme."""
    mine = select(Participation.company_id).where(Participation.programme_id == actor.programme_id)
    return Representative.company_id.in_(mine)
