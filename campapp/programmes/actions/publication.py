"""A programme's public page: there from now on, or a draft again; who was invited meanwhile is told then."""

from __future__ import annotations

from sqlalchemy import Select, delete, exists, select

from campapp.companies.models import Company
from campapp.core.action import Act, action
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.language import say
from campapp.core.outbox import LEFT, Letter, Sending, open_sending, tell
from campapp.programmes.models import Participation, Programme
from campapp.programmes.rules import manages, owns
from campapp.programmes.states import PROGRAMME

INVITED = "programmes/invited"


@action("programme_published", rule=manages)
def publish_programme(act: Act, programme: Programme) -> Sending | None:
    """The public page is there from now on. The companies invited while it was a draft are told by a held sending.

    Answers None where nobody waits.
    """
    PROGRAMME.move(programme, "published", at=act.at)
    waiting = db.session.scalars(_untold(programme)).all()
    if not waiting:
        return None
    sending = open_sending(
        _("%(programme)s: invitations", programme=say(programme, "title"))[:200], programme
    )
    sending.extra = {"published": programme.slug}
    for row in waiting:
        tell(db.session.get_one(Company, row.company_id), INVITED, row, sending=sending)
    act.note(invitations=len(waiting))
    return sending


def _untold(programme: Programme) -> Select[Participation]:
    """Companies that are invited, have not answered, and were not written to."""
    told = exists().where(
        Letter.kind == "participation", Letter.subject_id == Participation.id, Letter.template == INVITED
    )
    return (
        select(Participation)
        .where(Participation.programme_id == programme.id, Participation.state == "invited", ~told)
        .order_by(Participation.position, Participation.id)
    )


@action("programme_taken_back", rule=owns)
def unpublish_programme(act: Act, programme: Programme) -> None:
    """Back to a draft: the public page goes, and with it the invitations that have not left."""
    PROGRAMME.move(programme, "draft", at=act.at)
    mine = select(Participation.id).where(Participation.programme_id == programme.id)
    held = (
        Letter.template == INVITED, Letter.kind == "participation", Letter.subject_id.in_(mine),
        Letter.state.not_in(LEFT),
    )  # fmt: skip
    sendings = set(db.session.scalars(select(Letter.sending_id).where(*held, Letter.sending_id.is_not(None))))
    db.session.execute(delete(Letter).where(*held))
    for sending in db.session.scalars(select(Sending).where(Sending.id.in_(sendings))):
        sending.extra = {**sending.extra, "taken_back": act.at.isoformat()}
