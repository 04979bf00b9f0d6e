"""A company in a camp: invited, confirmed, its limits, absences, needs, the terms it accepts."""

from __future__ import annotations

import hashlib

from sqlalchemy import ColumnElement, delete, func, select

from campapp.companies.models import Company, Need, Representative
from campapp.core.access import Refused, Rule
from campapp.core.action import Act, action
from campapp.core.db import db
from campapp.core.files import StoredFile
from campapp.core.language import gettext as _
from campapp.core.outbox import tell
from campapp.programmes.actions.place import add_table
from campapp.programmes.models import (
    NeedInCamp,
    NonDisclosure,
    Participation,
    Programme,
    Table,
)
from campapp.programmes.rules import helps_with, manages_camp, manages_row, takes_part
from campapp.programmes.states import PARTICIPATION

manages_participation: Rule = manages_row(Participation)
helps_participation: Rule = helps_with(Participation)


@action("company_invited", rule=manages_camp)
def invite_company(
    act: Act, programme: Programme, company: Company, *, min_meetings: int = 0, max_meetings: int = 12,
    own_tables: int = 1, state: str = "invited",
) -> Participation:  # fmt: skip
    """A company is invited to the camp (`confirmed` where the organiser has its word already), with its own tables."""
    known = db.session.scalars(
        select(Participation).where(
            Participation.programme_id == programme.id, Participation.company_id == company.id
        )
    ).one_or_none()
    if known is not None:
        return known
    position = db.session.scalar(select(func.count()).where(Participation.programme_id == programme.id)) or 0
    row = Participation(
        programme_id=programme.id, company_id=company.id, state=state, min_meetings=min_meetings,
        max_meetings=max_meetings, own_tables=own_tables, position=position,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    act.about(company)
    for _number in range(own_tables):
        add_table(programme, owner=row)
    if state == "invited" and programme.state == "published":
        tell(company, "programmes/invited", row)
    return row


@action("participation_confirmed", rule=takes_part | manages_participation)
def confirm_participation(act: Act, participation: Participation) -> None:
    """The company takes part."""
    PARTICIPATION.move(participation, "confirmed", at=act.at)


@action("participation_declined", rule=takes_part | manages_participation)
def decline_participation(act: Act, participation: Participation, reason: str = "") -> None:
    """The company does not take part."""
    act.because(reason)
    PARTICIPATION.move(participation, "declined", at=act.at)


@action("participation_withdrawn", rule=takes_part | manages_participation)
def withdraw_participation(act: Act, participation: Participation, reason: str) -> None:
    """A confirmed company steps back; its matches and meetings go."""
    act.because(reason)
    PARTICIPATION.move(participation, "withdrawn", at=act.at)


@action("limits_changed", rule=takes_part | manages_participation)
def change_limits(
    act: Act,
    participation: Participation,
    *,
    max_meetings: int,
    min_meetings: int = 0,
    version: int | None = None,
) -> None:
    """The most meetings it takes."""
    act.expect(version)
    participation.max_meetings, participation.min_meetings = max_meetings, min_meetings


@action("own_tables_changed", rule=manages_participation)
def change_own_tables(act: Act, participation: Participation, tables: int) -> None:
    """How many tables are its own: more are added, surplus ones become everybody's."""
    programme = db.session.get_one(Programme, participation.programme_id)
    own = list(
        db.session.scalars(
            select(Table).where(Table.participation_id == participation.id).order_by(Table.position)
        )
    )
    for _number in range(tables - len(own)):
        add_table(programme, owner=participation)
    for table in own[tables:]:
        table.participation_id = None
    participation.own_tables = tables


@action("need_brought", rule=takes_part | manages_participation)
def bring_need(act: Act, participation: Participation, need: Need) -> NeedInCamp:
    """A need of the company joins the camp."""
    known = db.session.scalars(
        select(NeedInCamp).where(
            NeedInCamp.participation_id == participation.id, NeedInCamp.need_id == need.id
        )
    ).one_or_none()
    if known is not None:
        return known
    row = NeedInCamp(participation_id=participation.id, need_id=need.id)
    db.session.add(row)
    act.about(need)
    return row


@action("need_left_out", rule=takes_part | manages_participation)
def leave_out_need(act: Act, participation: Participation, need: Need) -> None:
    """A need is not brought to the camp after all."""
    db.session.execute(
        delete(NeedInCamp).where(
            NeedInCamp.participation_id == participation.id, NeedInCamp.need_id == need.id
        )
    )
    act.about(need)


@action("teams_shown", rule=manages_participation)
def show_teams(act: Act, participation: Participation) -> None:
    """From now on its representatives see the accepted teams."""
    participation.teams_shown_at = act.at


@action("teams_hidden", rule=manages_participation)
def hide_teams(act: Act, participation: Participation) -> None:
    """Undo of showing."""
    participation.teams_shown_at = None


@action("teams_shown_to_all", rule=manages_camp)
def show_all_teams(act: Act, programme: Programme) -> None:
    """Every company that confirmed sees the accepted teams; those that saw them already keep their date."""
    for row in _confirmed(programme, Participation.teams_shown_at.is_(None)):
        show_teams(row)


@action("teams_hidden_from_all", rule=manages_camp)
def hide_all_teams(act: Act, programme: Programme) -> None:
    """No company sees the teams any more."""
    for row in _confirmed(programme, Participation.teams_shown_at.is_not(None)):
        hide_teams(row)


def _confirmed(programme: Programme, *more: ColumnElement[bool]) -> list[Participation]:
    wanted = select(Participation).where(
        Participation.programme_id == programme.id, Participation.state == "confirmed", *more
    )
    return list(db.session.scalars(wanted))


def terms_hash(programme: Programme) -> str:
    """Which text of the non-disclosure terms it was."""
    return hashlib.sha256(
        f"{programme.confidentiality_zh}\n{programme.confidentiality_en}".encode()
    ).hexdigest()


@action("non_disclosure_accepted", rule=takes_part)
def accept_non_disclosure(act: Act, participation: Participation, person: Representative) -> NonDisclosure:
    """A representative accepts the terms, once a camp, by a click of their own. Raises Refused."""
    if act.by.role != "system" and (act.by.acting_for or person.account_id != act.by.account_id):
        raise Refused("accept_non_disclosure", _("Only the representative can accept the terms."))
    return _accepted(act, participation, person, how="click")


@action("non_disclosure_recorded", rule=manages_participation)
def record_paper(
    act: Act, participation: Participation, person: Representative, scan: StoredFile | None = None
) -> NonDisclosure:
    """A representative accepted the terms on a stamped paper; the organiser records it, perhaps with its scan."""
    if scan is not None:
        db.session.add(scan)
        db.session.flush()
    return _accepted(act, participation, person, how="paper", file_id=scan.id if scan else None)


def _accepted(
    act: Act, participation: Participation, person: Representative, *, how: str, file_id: int | None = None
) -> NonDisclosure:
    act.about(person)
    known = db.session.scalars(
        select(NonDisclosure).where(
            NonDisclosure.participation_id == participation.id, NonDisclosure.representative_id == person.id
        )
    ).one_or_none()
    if known is not None:
        return known
    programme = db.session.get_one(Programme, participation.programme_id)
    row = NonDisclosure(
        participation_id=participation.id, representative_id=person.id, how=how, terms_sha256=terms_hash(programme),
        file_id=file_id, recorded_by=act.by.account_id,
    )  # fmt: skip
    db.session.add(row)
    return row
