"""Two accounts of one person become one, also where both have the same thing."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from campapp.accounts.actions.absorbing import absorb
from campapp.accounts.models import SecondFactor
from campapp.core import clock
from campapp.core.action import transaction
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.teams.actions import join_team, name_member
from campapp.teams.models import Member
from tests.cast import person
from tests.factories import team_of


def test_what_both_accounts_have_stays_the_older_ones_and_the_rest_is_handed_over(app: Flask) -> None:
    older, newer = person("Ann"), person("Ann again", confirmed=False)
    with current.set(actor=SYSTEM), transaction():
        both, only_new = team_of(person("Cao"), "Both"), team_of(person("Dan"), "Only the new one")
        for team, account in ((both, older), (both, newer), (only_new, newer)):
            member = name_member(team, account.name)
            db.session.flush()
            join_team(member, account)
        db.session.add_all([SecondFactor(account_id=older.id), SecondFactor(account_id=newer.id)])
    with transaction():
        absorb(older, newer, at=clock.now())
    places = select(Member.team_id, Member.account_id).where(Member.account_id.in_([older.id, newer.id]))
    assert sorted(tuple(row) for row in db.session.execute(places)) == sorted(
        [(both.id, older.id), (both.id, newer.id), (only_new.id, older.id)]
    )
    factors = db.session.scalars(select(SecondFactor.account_id).order_by(SecondFactor.id)).all()
    assert list(factors) == [older.id, newer.id]
    assert newer.erased_at is not None
