"""From a letter to a mail: recipients when it is due, their language, headers that nothing typed can break."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from campapp.accounts.models import Account
from campapp.core import clock
from campapp.core.access import anyone
from campapp.core.action import Act, action
from campapp.core.current import SYSTEM, Membership, current
from campapp.core.db import db
from campapp.core.outbox import UNDO, Delivery, Letter, Recipient, audience, audiences, tell, withdraw
from campapp.core.park import Park
from campapp.messages.actions import deliver, expand, expansion, sum_up
from campapp.messages.actions.delivery import mail_of
from campapp.programmes.models import Programme
from tests.cast import actor, person
from tests.post_office import PostOffice, post_office


@action("greeted", rule=anyone)
def greet(act: Act, account: Account, to: str = "", *, later: bool = False) -> None:
    tell(to or account, "accounts/password_changed", account, not_before=act.at + UNDO if later else act.at)


@action("greeting_undone", rule=anyone)
def undo(act: Act, account: Account) -> bool:
    return withdraw(account, "accounts/password_changed")


@pytest.fixture
def office(app: Flask) -> Iterator[PostOffice]:
    with post_office() as found:
        park = Park(
            name_zh="软件园", name_en="Software Park", smtp_url=found.url, mail_from="park@park.example"
        )
        park.contact = "hotline@park.example"
        db.session.add(park)
        db.session.commit()
        yield found


def deliveries() -> list[Delivery]:
    db.session.rollback()
    return list(db.session.scalars(select(Delivery).order_by(Delivery.id)))


def test_a_letter_becomes_a_notification_and_a_mail_in_the_readers_language(office: PostOffice) -> None:
    greet(person("Ann", locale="en"))
    greet(person("王小明", mail="wang@people.example", locale="zh_CN"))
    assert (expand(), deliver()) == (2, 2)
    assert [d.channel for d in deliveries()] == ["app", "mail", "app", "mail"]
    english, chinese = office.taken
    assert english["Subject"] == "Your password at Software Park has been changed"
    assert "软件园" in chinese["Subject"]
    assert chinese["To"].addresses[0].display_name == "王小明"
    assert chinese["Content-Language"] == "zh-CN"
    assert "王小明" in chinese.get_content()


def test_nobody_is_told_before_the_undo_time_is_over_nor_after_an_undo(office: PostOffice) -> None:
    account = person("Ann")
    with clock.at(clock.now()) as hands:
        greet(account, later=True)
        assert expand() == 0
        assert undo(account)
        hands.forward(timedelta(minutes=1))
        assert expand() == 0
        greet(account, later=True)
        hands.forward(timedelta(seconds=11))
        assert expand() == 1
        assert not undo(account)


def test_recipients_are_those_of_the_moment_it_leaves_and_each_mailbox_once(
    app: Flask, office: PostOffice
) -> None:
    ann = person("Ann")
    present = [Recipient("Ann", account_id=ann.id, mail="ann@people.example")]
    audience("choir")(lambda ids: [(ids[0], one) for one in present])
    greet(ann, "choir:1")
    present += [
        Recipient("Bob", mail="bob@people.example"), Recipient("Ann once more", mail="ANN@people.example"),
        Recipient("Ann", account_id=ann.id, mail="ann@people.example"),
    ]  # fmt: skip
    expand()
    deliver()
    audiences.pop("choir")
    assert sorted(m["To"].addresses[0].addr_spec for m in office.taken) == [
        "ann@people.example",
        "bob@people.example",
    ]


def test_names_and_titles_stay_inside_their_headers(office: PostOffice) -> None:
    ann = person('Ann, "B" <x@y.example>', mail="team@people.example")
    park = db.session.scalars(select(Park)).one()
    park.name_en = "Camp\r\nBcc: z@y.example"
    db.session.commit()
    greet(ann)
    expand()
    deliver()
    mail = office.taken[0]
    assert mail.get_all("Bcc") is None
    assert len(mail.get_all("Subject")) == 1
    assert mail["From"].addresses[0].display_name == "Camp Bcc: z@y.example"
    assert mail["To"].addresses[0].display_name == 'Ann, "B" <x@y.example>'
    assert len(mail["To"].addresses) == 1
    assert office.recipients == ["rcpt TO:<team@people.example>"]


@action("programme_told", rule=anyone)
def tell_of(act: Act, programme: Programme, account: Account) -> None:
    tell(account, "accounts/no_account", programme)


def test_an_answer_goes_to_the_programmes_contact(office: PostOffice) -> None:
    day = clock.now().date()
    programme = Programme(
        slug="c", kind="camp", state="published", first_day=day, last_day=day, title_zh="营"
    )
    programme.contact_mail = "camp@park.example"
    db.session.add(programme)
    db.session.commit()
    tell_of(programme, person("Ann"))
    greet(person("Bob"))
    expand()
    assert set(db.session.scalars(select(Letter.error))) == {""}
    deliver()
    assert [str(m["Reply-To"]) for m in office.taken] == ["camp@park.example", "hotline@park.example"]


def test_the_message_id_stays_the_same_from_try_to_try(office: PostOffice) -> None:
    greet(person("Ann"))
    expand()
    mail = next(d for d in deliveries() if d.channel == "mail")
    before = mail_of(mail).message()["Message-ID"]
    office.answers["MAIL"] = b"451 later"
    with clock.at(clock.now()) as hands:
        deliver()
        office.answers.clear()
        hands.forward(timedelta(minutes=2))
        deliver()
    assert office.taken[0]["Message-ID"] == before
    assert before.endswith("@park.example>")


def test_what_opens_something_is_kept_only_until_it_has_left(app: Flask, office: PostOffice) -> None:
    app.test_client().post(
        "/sign-up", data={"name": "Li", "address": "li@people.example", "password": "eleven lamps"}
    )
    expand()
    assert db.session.scalars(select(Letter.error)).all() == [""]
    assert [d.channel for d in deliveries()] == ["mail"]
    deliver()
    assert office.taken[0]["Subject"][:6].isdigit()
    assert deliveries()[0].text == ""


def test_one_letter_that_cannot_be_written_holds_up_no_other(office: PostOffice) -> None:
    account = person("Ann")
    greet(account)
    letter = db.session.scalars(select(Letter)).one()
    letter.template = "accounts/nowhere"
    db.session.commit()
    greet(account)
    assert expand() == 2
    db.session.rollback()
    states = db.session.scalars(select(Letter.state).order_by(Letter.id)).all()
    assert list(states) == ["broken", "expanded"]


@action("acted", rule=anyone)
def act_on(act: Act, account: Account) -> None:
    tell(account, "accounts/password_changed", account)


def test_who_was_acted_for_gets_one_summary_of_all_of_it(app: Flask, office: PostOffice) -> None:
    ann, organiser = person("Ann"), person("Olga")
    acting = actor(organiser).for_(Membership("member", "account", ann.id, "captain", "Ann"))
    with clock.at(clock.now()) as hands:
        with current.set(actor=acting):
            act_on(ann)
            act_on(ann)
        assert expand() == 0
        assert sum_up() == 0
        hands.forward(timedelta(minutes=16))
        assert sum_up() == 1
        assert (expand(), deliver()) == (1, 1)
    text = office.taken[0].get_content()
    assert office.taken[0]["Subject"] == "Olga acted for you"
    assert text.count("Your password at Software Park has been changed") == 2


def test_the_system_itself_gathers_nothing(office: PostOffice) -> None:
    with current.set(actor=SYSTEM):
        act_on(person("Ann"))
    assert expand() == 1


def test_a_letter_waits_where_the_machine_ails_and_is_laid_aside_where_it_is_itself_broken(
    office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_what: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    def broken(*_what: object) -> None:
        raise ZeroDivisionError

    greet(person("Ann"))
    monkeypatch.setattr(expansion, "written", full)
    with pytest.raises(OSError, match="No space"):
        expand()
    assert db.session.scalars(select(Letter.state)).one() == "waiting"
    monkeypatch.setattr(expansion, "written", broken)
    assert expand() == 1
    assert db.session.scalars(select(Letter.state)).one() == "broken"
