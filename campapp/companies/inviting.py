"""Where an invitation to a company leads."""

from __future__ import annotations

from campapp.accounts.inviting import leads
from campapp.accounts.models import Account, Invitation
from campapp.companies.actions import join_company, new_representative
from campapp.companies.models import Company, Representative
from campapp.core.action import Act
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.language import gettext as _


def _describe(invitation: Invitation) -> str:
    company = db.session.get(Company, invitation.scope_id)
    return _("the company %(name)s", name=company.name) if company else ""


@leads("company", _describe)
def enter_company(act: Act, invitation: Invitation, account: Account) -> str:
    """The invited person takes the place that was named for them, or a new one."""
    company = db.session.get_one(Company, invitation.scope_id)
    with current.set(actor=SYSTEM):
        person = db.session.get(Representative, invitation.subject_id) if invitation.subject_id else None
        if person is None or person.account_id is not None or person.left_at is not None:
            person = new_representative(company, account.name)
        join_company(person, account)
    act.about(company)
    return f"/companies/{company.id}"
