"""Somebody else wrote the same name, code or place a moment before: who comes second is told beside the field."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import date, timedelta

import psycopg
import pytest
from flask import Flask
from sqlalchemy import func, select

from campapp.accounts.models import Account
from campapp.companies.actions import write_down_company
from campapp.core import beats, clock
from campapp.core.access import Refused
from campapp.core.action import bulk
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.organisations.actions import write_down_organisation
from campapp.park.actions.erasure import erase_person
from campapp.programmes.actions.place import add_room, add_table
from campapp.programmes.actions.programme import create_programme, set_staff
from campapp.programmes.models import Programme
from campapp.settings import Settings
from campapp.teams.actions import join_team, leave_team, name_member
from campapp.teams.models import Member, Team
from campapp.threads.actions.post import ask, read
from campapp.threads.models import ThreadReading
from tests import factories
from tests.cast import actor, browser, person
from tests.faults.served import until
from tests.faults.test_lock_order import acting, somebody_waits

pytestmark = pytest.mark.parametrize("park", ["postgresql"], indirect=True)


@contextmanager
def a_moment_before(app: Flask, statement: str, *values: object) -> Iterator[None]:
    """Somebody has written this and is about to commit: they do when what is inside waits for them."""
    settings: Settings = app.config["SETTINGS"]
    db.session.rollback()
    with psycopg.connect(settings.database_url) as other:
        other.execute(statement, values)  # type: ignore[arg-type]

        def commit() -> None:
            with suppress(AssertionError):
                until(lambda: somebody_waits(settings), "somebody waits", seconds=20)
            other.commit()

        thread = threading.Thread(target=commit)
        thread.start()
        yield
        thread.join()
    db.session.rollback()
    db.session.expire_all()


@pytest.fixture
def ada(app: Flask) -> Account:
    return person("Ada", administrator=True)


@pytest.fixture
def camp(app: Flask) -> Programme:
    now = clock.now()
    return factories.camp(deadline=now + timedelta(days=1), first_day=(now + timedelta(days=7)).date())


def test_a_company_is_renamed_to_a_name_that_is_given_in_this_moment(app: Flask, ada: Account) -> None:
    with current.set(actor=SYSTEM), bulk():
        ids = [write_down_company(None, name).id for name in ("Baidu", "Inspur")]
    client = browser(app, ada)
    with a_moment_before(app, "UPDATE companies SET name_key = 'tencent' WHERE id = %s", ids[0]):
        answer = client.post(f"/companies/{ids[1]}", data={"name": "Tencent"})
    assert answer.status_code == 422
    assert "There is one with this name already." in answer.text
    assert 'value="Tencent"' in answer.text


def test_tables_and_rooms_are_renamed_to_a_name_that_is_given_in_this_moment(
    app: Flask, ada: Account, camp: Programme
) -> None:
    with current.set(actor=SYSTEM), bulk():
        tables = [add_table(camp).id for _n in range(2)]
        rooms = [add_room(camp, name).id for name in ("Hall A", "Hall B")]
    client = browser(app, ada)
    with a_moment_before(app, "UPDATE tables SET name = 'By the window' WHERE id = %s", tables[0]):
        answer = client.put(f"/tables/{tables[1]}", data={"name": "By the window"})
    assert answer.status_code == 422 and "There is one with this name already." in answer.text
    with a_moment_before(app, "UPDATE rooms SET name = 'Hall C' WHERE id = %s", rooms[0]):
        answer = client.put(f"/rooms/{rooms[1]}", data={"name": "Hall C"})
    assert answer.status_code == 422 and "There is one with this name already." in answer.text


def test_an_organisation_gets_a_code_that_is_given_in_this_moment(app: Flask, ada: Account) -> None:
    with current.set(actor=SYSTEM), bulk():
        ids = [
            write_down_organisation(None, name, country="DE", registration_number=name).id for name in "AB"
        ]
    client = browser(app, ada)
    typed = {"name": "B", "country": "DE", "registration_number": "HRB 7", "version": "1"}
    with a_moment_before(app, "UPDATE organisations SET registration_number = 'HRB 7' WHERE id = %s", ids[0]):
        answer = client.post(f"/organisations/{ids[1]}", data=typed)
    assert answer.status_code == 409
    assert "has this code already" in answer.text and 'value="HRB 7"' in answer.text


def test_two_programmes_of_one_title_made_in_one_moment_get_an_address_each(
    app: Flask, camp: Programme
) -> None:
    made: list[str] = []

    def make() -> None:
        with current.set(actor=SYSTEM):
            made.append(
                create_programme(
                    None, kind="camp", title_en="Spring camp", first_day=date(2027, 3, 1),
                    last_day=date(2027, 3, 2),
                ).slug
            )  # fmt: skip

    with a_moment_before(app, "UPDATE programmes SET slug = 'spring-camp' WHERE id = %s", camp.id):
        make()
    assert made == ["spring-camp-2"]


def test_two_tabs_of_one_person_read_one_thread_in_one_moment(app: Flask, camp: Programme) -> None:
    ann = person("Ann")
    with current.set(actor=SYSTEM):
        thread = ask(camp, "When?")
    db.session.query(ThreadReading).delete()
    db.session.commit()
    statement = "INSERT INTO thread_readings (account_id, thread_id, post_id) VALUES (%s, %s, 0)"
    with a_moment_before(app, statement, ann.id, thread.id), current.set(actor=actor(ann)):
        read(thread)
    rows = db.session.scalars(select(ThreadReading)).all()
    assert [row.post_id for row in rows] == [thread.last_post_id]


class Pair:
    """A team of its captain, and of one who is invited."""

    def __init__(self, app: Flask) -> None:
        self.app, self.cao, self.mei = app, person("Cao"), person("Mei")
        team = factories.team_of(self.cao, "Spark")
        self.team = team.id
        with current.set(actor=SYSTEM):
            self.named = name_member(team, "Mei").id
        self.captain = db.session.scalars(select(Member.id).where(Member.account_id == self.cao.id)).one()
        db.session.rollback()

    def joins(self) -> object:
        account = db.session.scalars(select(Account).where(Account.name == "Mei")).one()
        return join_team(db.session.get_one(Member, self.named), account)

    def leaves(self) -> object:
        return leave_team(db.session.get_one(Member, self.captain))

    def while_done(self, do: Callable[[], object], then: Callable[[], object]) -> object:
        """What comes of `then`, which waits for `do` to be committed."""
        begun, settings = threading.Event(), self.app.config["SETTINGS"]

        def first() -> None:
            with bulk():
                do()
                begun.set()
                until(lambda: somebody_waits(settings), "the other waits", seconds=20)

        with ThreadPoolExecutor(1) as pool:
            done = pool.submit(acting(self.app, first))
            assert begun.wait(60)
            try:
                return then()
            finally:
                db.session.rollback()
                done.result()

    def in_it(self) -> tuple[int, bool]:
        db.session.rollback()
        db.session.expire_all()
        inside = select(func.count(Member.id)).where(Member.joined_at.is_not(None), Member.left_at.is_(None))
        return db.session.scalar(inside) or 0, db.session.get_one(Team, self.team).dissolved_at is not None


def test_the_captain_cannot_leave_whom_somebody_joins_in_this_moment(app: Flask) -> None:
    pair = Pair(app)
    client = browser(app, pair.cao)
    path = f"/members/{pair.captain}"
    answer = pair.while_done(pair.joins, lambda: client.delete(path).status_code)
    assert answer == 403
    assert pair.in_it() == (2, False)


def test_nobody_joins_a_team_that_is_dissolved_in_this_moment(app: Flask) -> None:
    pair = Pair(app)

    def join() -> object:
        with current.set(actor=actor(pair.mei), locale="en"), pytest.raises(Refused) as refused:
            pair.joins()
        return refused.value.reason

    assert "no more" in str(pair.while_done(pair.leaves, join))
    assert pair.in_it() == (0, True)


def test_the_last_administrator_is_not_erased_while_the_other_goes(app: Flask, ada: Account) -> None:
    other = person("Bob", administrator=True)
    statement = "UPDATE accounts SET administrator = false WHERE id = %s"
    with (
        a_moment_before(app, statement, other.id),
        current.set(actor=actor(ada), locale="en"),
        pytest.raises(Refused, match="last administrator"),
    ):
        erase_person(ada)
    assert ada.erased_at is None


def test_the_last_owner_is_not_erased_while_the_other_goes(app: Flask) -> None:
    olga, other = person("Olga"), person("Other")
    row = factories.camp(olga)
    with current.set(actor=SYSTEM):
        set_staff(row, other, "owner")
    statement = (
        "WITH held AS (UPDATE programmes SET version = version + 1 WHERE id = %s RETURNING id) "
        "UPDATE staff SET left_at = now() FROM held WHERE programme_id = held.id AND account_id = %s"
    )
    with (
        a_moment_before(app, statement, row.id, other.id),
        current.set(actor=actor(olga), locale="en"),
        pytest.raises(Refused, match="no other owner"),
    ):
        erase_person(olga)
    assert olga.erased_at is None


def test_the_last_captain_is_not_erased_whom_somebody_joins_in_this_moment(app: Flask) -> None:
    pair = Pair(app)

    def erase() -> object:
        account = db.session.scalars(select(Account).where(Account.name == "Cao")).one()
        with current.set(actor=actor(account), locale="en"), pytest.raises(Refused) as refused:
            erase_person(account)
        return refused.value.reason

    assert "no other captain" in str(pair.while_done(pair.joins, erase))
    assert pair.in_it() == (2, False)


def test_two_workers_that_beat_for_the_first_time_in_one_moment_both_live(app: Flask) -> None:
    statement = "INSERT INTO beats (name, at) VALUES ('a new one', now())"
    with a_moment_before(app, statement):
        beats.beat("a new one")
    assert beats.last("a new one") is not None
