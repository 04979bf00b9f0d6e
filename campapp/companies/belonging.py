"""A company may belong to an organisation; its representatives see which."""

from __future__ import annotations

from flask import url_for
from sqlalchemy import ColumnElement, select

from campapp.companies.models import Company
from campapp.companies.rules import represents
from campapp.core.access import sees
from campapp.core.current import REPRESENTATIVE, Actor
from campapp.core.db import db
from campapp.core.language import lazy_gettext as _l
from campapp.organisations.belonging import Kind, belongs, own_ids
from campapp.organisations.models import Organisation

belongs(
    Kind(
        "company", Company, _l("Company"), represents, lambda company: str(company.name),
        lambda company: url_for("companies.company.show", id=company.id),
    )
)  # fmt: skip


def _own(actor: Actor) -> int | None:
    if actor.role != REPRESENTATIVE:
        return None
    return db.session.scalar(select(Company.organisation_id).where(Company.id == actor.company_id))


own_ids.append(_own)


@sees(Organisation, REPRESENTATIVE)
def of_own_company(actor: Actor) -> ColumnElement[bool]:
    """The one that the company belongs to."""
    return Organisation.id.in_(select(Company.organisation_id).where(Company.id == actor.company_id))
