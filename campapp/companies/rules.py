"""Who may do what with a company, and what its representatives see."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, case, literal, select, true

from campapp.accounts.rules import corrects_people
from campapp.companies.models import Company, Need, Representative, Technology
from campapp.core.access import Verdict, rule, sees, visible
from campapp.core.current import ADMINISTRATOR, ORGANISER, REPRESENTATIVE, Actor
from campapp.core.db import db
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


@rule
def represents_with(actor: Actor, row: Representative) -> Verdict:
    """A representative of the same company."""
    return _represents(actor, row.company_id)


@rule
def keeps_companies(actor: Actor, _row: object) -> Verdict:
    """An organiser (not read-only) or administrator: companies are the park's, over all programmes."""
    if actor.role == ADMINISTRATOR:
        return True
    return actor.role == ORGANISER and actor.scope.level in {"owner", "manager", "helper"}


@rule
def corrects_representative(actor: Actor, row: Representative) -> Verdict:
    """Owners and managers of a programme whose company it is, and administrators."""
    if not corrects_people(actor):
        return False
    mine = visible(Representative, actor).with_only_columns(Representative.id)
    return db.session.scalar(mine.where(Representative.id == row.id)) is not None


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


@sees(Company, ORGANISER, ADMINISTRATOR)
def every_company(_actor: Actor) -> ColumnElement[bool]:
    """All companies of the park: organisers invite them again."""
    return true()


@sees(Technology, ORGANISER, ADMINISTRATOR)
def every_technology(_actor: Actor) -> ColumnElement[bool]:
    """All technologies."""
    return true()


@sees(Need, ADMINISTRATOR)
def every_need(_actor: Actor) -> ColumnElement[bool]:
    """All needs."""
    return true()


@sees(Representative, ADMINISTRATOR)
def every_representative(_actor: Actor) -> ColumnElement[bool]:
    """All representatives."""
    return true()
