"""Where an invitation to organise a programme leads; which companies its organisers act for."""

from __future__ import annotations

from campapp.accounts.acting import acted_for
from campapp.accounts.inviting import leads
from campapp.accounts.models import Account, Invitation
from campapp.companies.models import Company
from campapp.core.access import visible
from campapp.core.action import Act
from campapp.core.current import ADMINISTRATOR, SYSTEM, current
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.language import say
from campapp.programmes.actions.programme import set_staff
from campapp.programmes.models import Participation, Programme
from campapp.programmes.rules import LEVELS


def _describe(invitation: Invitation) -> str:
    programme = db.session.get(Programme, invitation.scope_id)
    return _("organise %(title)s", title=say(programme, "title")) if programme else ""


@leads("programme", _describe)
def enter_programme(act: Act, invitation: Invitation, account: Account) -> str:
    """The invited person joins the staff at the level of the invitation."""
    programme = db.session.get_one(Programme, invitation.scope_id)
    with current.set(actor=SYSTEM):
        set_staff(programme, account, invitation.level if invitation.level in LEVELS else "read-only")
    act.about(programme)
    return f"/programmes/{programme.slug}/overview"


@acted_for("company")
def name_of_company(company_id: int) -> str | None:
    """The company, where it is invited to the programme that is organised; an administrator's may be any."""
    found = visible(Company).where(Company.id == company_id)
    if current.actor.role != ADMINISTRATOR:
        taking_part = visible(Participation).where(
            Participation.company_id == company_id, Participation.programme_id == current.actor.programme_id
        )
        found = found.where(taking_part.with_only_columns(Participation.id).exists())
    company = db.session.scalars(found).one_or_none()
    return company.name if company else None
