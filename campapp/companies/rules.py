"""Who may do what with a company, and what its representatives see."""

from __future__ import annotations

from collections.abc import Callable, Collection

from sqlalchemy import ColumnElement, Select, case, false, literal, not_, or_, select, true

from campapp.accounts.rules import corrects_people, managed_programmes
from campapp.companies.models import Company, Need, Representative, Technology
from campapp.core.access import Verdict, rule, sees, visible
from campapp.core.current import ADMINISTRATOR, ORGANISER, REPRESENTATIVE, Actor
from campapp.core.db import db
from campapp.core.language import lazy_gettext as _l
from campapp.core.memberships import AccountId, memberships_from


@memberships_from
def membership(account_id: AccountId) -> Select[str, str, int, str, str]:
    """A company that the account represents."""
    level = case((Representative.lead.is_(True), "lead"), else_="colleague")
    return (
        select(literal(REPRESENTATIVE), literal("company"), Company.id, level, Company.name)
        .join(Company, Company.id == Representative.company_id)
        .where(Representative.account_id == account_id)
        .where(Representative.joined_at.is_not(None), Representative.left_at.is_(None))
    )


def _represents(actor: Actor, company_id: int) -> Verdict:
    return actor.role == REPRESENTATIVE and actor.company_id == company_id


@rule
def represents(actor: Actor, company: Company) -> Verdict:
    """A representative of this company, or an organiser who acts for it."""
    return _represents(actor, company.id)


@rule
def represents_owner(actor: Actor, row: Need) -> Verdict:
    """A representative of the company that stated this need."""
    return _represents(actor, row.company_id)


@rule
def represents_opener(actor: Actor, row: Technology) -> Verdict:
    """A representative of the company that opens this technology."""
    return _represents(actor, row.company_id)


Participating = Callable[[int | None], Select[int]]
participating: list[Participating] = []
"""Registered from above: the companies that take part in a programme, or (None) in any."""

Beyond = Callable[[Collection[int]], Select[int]]
beyond: list[Beyond] = []
"""Registered from above: the companies that take part in a programme other than these."""


def taking_part(programme_id: int | None) -> ColumnElement[bool]:
    """Companies that have to do with a programme, or (None) with any."""
    return or_(false(), *(Company.id.in_(part(programme_id)) for part in participating))


def _keeps(actor: Actor, company_id: int) -> Verdict:
    if actor.role == ADMINISTRATOR:
        return True
    if actor.role != ORGANISER or actor.scope.level not in {"owner", "manager", "helper"}:
        return False
    mine = taking_part(actor.programme_id)
    if actor.scope.level != "helper":
        mine = or_(mine, not_(taking_part(None)))
    return db.session.scalar(select(Company.id).where(Company.id == company_id, mine)) is not None


@rule
def keeps_company(actor: Actor, company: Company) -> Verdict:
    """Owner, manager or helper of a programme that it takes part in; of one in no programme yet, owners and managers;
    administrators."""
    return _keeps(actor, company.id)


@rule
def keeps_owner(actor: Actor, row: Need) -> Verdict:
    """Whoever keeps the company that stated this need."""
    return _keeps(actor, row.company_id)


@rule
def keeps_opener(actor: Actor, row: Technology) -> Verdict:
    """Whoever keeps the company that opens this technology."""
    return _keeps(actor, row.company_id)


def _minds_people(actor: Actor, company_id: int) -> Verdict:
    """Whoever opens a company's door for somebody opens all its programmes to them, also with the first key, so of its
    programmes' staff only they do it who own or manage them all."""
    if _represents(actor, company_id):
        if actor.acting_for is None:
            return True
        actor = actor.using(actor.membership)
    if actor.role == ADMINISTRATOR or not _keeps(actor, company_id):
        return actor.role == ADMINISTRATOR
    if actor.scope.level == "helper":
        return str(_l("Your level in this programme does not allow this. Ask an owner."))
    others = or_(false(), *(Company.id.in_(part(managed_programmes(actor))) for part in beyond))
    if db.session.scalar(select(Company.id).where(Company.id == company_id, others)) is None:
        return True
    return str(_l("The company is in programmes of others too: its own people or an administrator do this."))


@rule
def minds_people(actor: Actor, company: Company) -> Verdict:
    """Its representatives, administrators; who owns or manages all its programmes."""
    return _minds_people(actor, company.id)


@rule
def minds_people_with(actor: Actor, row: Representative) -> Verdict:
    """Whoever lets people in and out of the company that this person represents."""
    return _minds_people(actor, row.company_id)


@rule
def writes_companies_down(actor: Actor, _row: object) -> Verdict:
    """Owners and managers of a programme, and administrators: a company is the park's, over all programmes."""
    return actor.role == ADMINISTRATOR or (
        actor.role == ORGANISER and actor.scope.level in {"owner", "manager"}
    )


@rule
def corrects_representative(actor: Actor, row: Representative) -> Verdict:
    """Owners and managers of a programme whose company it is, as far as they let people in; administrators."""
    if not corrects_people(actor):
        return False
    mine = visible(Representative, actor).with_only_columns(Representative.id)
    if db.session.scalar(mine.where(Representative.id == row.id)) is None:
        return False
    return _minds_people(actor, row.company_id)


@sees(Company, REPRESENTATIVE)
def own_company(actor: Actor) -> ColumnElement[bool]:
    """The company itself."""
    return Company.id == actor.company_id


@sees(Representative, REPRESENTATIVE)
def own_colleagues(actor: Actor) -> ColumnElement[bool]:
    """The company's representatives."""
    return Representative.company_id == actor.company_id


@sees(Need, REPRESENTATIVE)
def own_needs(actor: Actor) -> ColumnElement[bool]:
    """The company's needs, open and closed."""
    return Need.company_id == actor.company_id


@sees(Technology, REPRESENTATIVE)
def own_technologies(actor: Actor) -> ColumnElement[bool]:
    """What the company opens."""
    return Technology.company_id == actor.company_id


@sees(Company, ADMINISTRATOR)
def every_company(_actor: Actor) -> ColumnElement[bool]:
    """All companies of the park."""
    return true()


@sees(Company, ORGANISER)
def companies_to_invite(actor: Actor) -> ColumnElement[bool]:
    """Owners and managers all, to invite them again; others those that take part in the programme."""
    return true() if actor.scope.level in {"owner", "manager"} else taking_part(actor.programme_id)


@sees(Technology, ADMINISTRATOR)
def every_technology(_actor: Actor) -> ColumnElement[bool]:
    """All technologies."""
    return true()


@sees(Technology, ORGANISER)
def technologies_of_those(actor: Actor) -> ColumnElement[bool]:
    """What the companies that are seen open."""
    return Technology.company_id.in_(select(Company.id).where(companies_to_invite(actor)))


@sees(Need, ADMINISTRATOR)
def every_need(_actor: Actor) -> ColumnElement[bool]:
    """All needs."""
    return true()


@sees(Representative, ADMINISTRATOR)
def every_representative(_actor: Actor) -> ColumnElement[bool]:
    """All representatives."""
    return true()
