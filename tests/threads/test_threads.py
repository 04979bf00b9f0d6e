"""Who reads what is asked on a call, written about an application, and written between the sides of a match."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from campapp.applications.models import Application
from campapp.core import clock
from campapp.core.access import visible
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.events import Event, EventPerson
from campapp.core.outbox import Delivery, Letter
from campapp.matching.actions.release import cancel
from campapp.matching.models import Match
from campapp.messages.actions import expand
from campapp.programmes.models import Faq
from campapp.threads.actions.post import HOURLY
from campapp.threads.models import Post, Thread
from tests.cast import actor, browser, person
from tests.factories import BEFORE, application, camp, participation
from tests.outcomes.arranged import AFTER, Day, add_meeting, day, signed_in

ASKED = "Does a patent pending count?"


@pytest.fixture
def stage(app: Flask) -> Iterator[Day]:
    stage = day()
    with clock.at(AFTER):
        yield stage


def ask(client: FlaskClient, stage: Day, text: str = ASKED) -> Thread:
    where = client.post(f"/programmes/{stage.programme.slug}/questions", data={"text": text}).location
    return db.session.get_one(Thread, int(where.rpartition("/")[2]))


def write(client: FlaskClient, page: str, text: str) -> int:
    return client.post(page, data={"text": text}).status_code


def mails() -> list[tuple[str, str]]:
    """(recipient, text) of the news of threads that have been written out."""
    db.session.expire_all()
    rows = db.session.execute(
        select(Delivery.recipient, Delivery.text)
        .join(Letter, Letter.id == Delivery.letter_id)
        .where(Delivery.channel == "mail", Letter.template == "threads/news")
        .order_by(Delivery.id)
    )
    return [(row[0], row[1]) for row in rows]


def test_only_who_asked_and_the_staff_see_a_question_and_nobody_else_learns_who_asked(
    app: Flask, stage: Day
) -> None:
    asker = person("Ask Er")
    thread = ask(browser(app, asker), stage)
    staff = signed_in(app, stage, "organiser")
    assert "Ask Er" in staff.get(f"/threads/{thread.id}").text
    assert ASKED in staff.get(f"/programmes/{stage.programme.slug}/threads?waits=1").text
    for client in (signed_in(app, stage, "team"), signed_in(app, stage, "company"), app.test_client()):
        assert client.get(f"/threads/{thread.id}").status_code in {302, 404}
        assert ASKED not in client.get(f"/programmes/{stage.programme.slug}").text
    rival = person("Rival Staff")
    with clock.at(BEFORE):
        camp(rival, title="Other", slots=False)
    assert browser(app, rival).get(f"/threads/{thread.id}").status_code == 404


def test_a_public_answer_is_on_the_public_page_and_nowhere_names_who_asked(app: Flask, stage: Day) -> None:
    asker = person("Ask Er")
    thread = ask(browser(app, asker), stage)
    words = {
        "question-zh": "专利",
        "question-en": "Patents?",
        "answer-zh": "可以",
        "answer-en": "They count.",
    }
    staff = signed_in(app, stage, "organiser")
    assert staff.post(f"/threads/{thread.id}/public-answer", data=words).status_code == 303
    page = (
        app.test_client().get(f"/programmes/{stage.programme.slug}", headers={"Accept-Language": "en"}).text
    )
    assert "They count." in page and "Ask Er" not in page and ASKED not in page
    assert not {"account_id", "name", "thread_id"} & set(Faq.__table__.columns.keys())
    assert "They count." in browser(app, asker).get(f"/threads/{thread.id}").text


def test_a_thread_about_an_application_is_read_by_its_team_and_the_staff(app: Flask, stage: Day) -> None:
    rival = person("Rival")
    with clock.at(BEFORE):
        application(stage.programme, rival, "Beta")
    page = f"/applications/{stage.entry.id}/thread"
    assert write(signed_in(app, stage, "team"), page, "May we come by train?") == 303
    assert write(signed_in(app, stage, "organiser"), page, "You may.") == 303
    thread = db.session.scalars(select(Thread)).one()
    assert [post.side for post in db.session.scalars(select(Post).order_by(Post.id))] == ["team", "staff"]
    assert "You may." in signed_in(app, stage, "team").get(f"/threads/{thread.id}").text
    for client in (browser(app, rival), signed_in(app, stage, "company")):
        assert client.get(f"/threads/{thread.id}").status_code == 404
        assert write(client, page, "Let me in") in {403, 404}


def test_a_thread_of_a_match_is_read_by_its_two_sides_only_and_by_nobody_who_acts_for_them(
    app: Flask, stage: Day
) -> None:
    match = db.session.scalars(select(Match)).one()
    page = f"/matches/{match.id}/thread"
    assert write(signed_in(app, stage, "company"), page, "Bring the prototype") == 303
    thread = db.session.scalars(select(Thread)).one()
    assert "Bring the prototype" in signed_in(app, stage, "team").get(f"/threads/{thread.id}").text
    staff = signed_in(app, stage, "organiser")
    assert staff.get(f"/threads/{thread.id}").status_code == 404
    assert "Bring the prototype" not in staff.get(f"/programmes/{stage.programme.slug}/threads?as=csv").text
    staff.post("/acting", data={"kind": "team", "id": stage.entry.team_id})
    assert staff.get(f"/threads/{thread.id}").status_code == 404
    assert staff.get(page).status_code in {403, 404}
    admin = person("Ada", administrator=True)
    assert db.session.scalars(visible(Post, actor(admin, "administrator:0"))).all() == []


def test_the_sides_of_a_match_write_only_once_both_accepted_and_while_it_stands(app: Flask) -> None:
    captain, representative, organiser = person("Cao"), person("Rep"), person("Olga")
    with clock.at(BEFORE):
        programme = camp(organiser)
        entry = application(programme, captain, "Alpha", state="accepted")
        part = participation(programme, "Baidu", representative=representative)
        with current.set(actor=SYSTEM):
            match = add_meeting(programme, entry, part)
        page = f"/matches/{match.id}/thread"
        assert write(browser(app, captain), page, "Hello") == 303
        thread = db.session.scalars(select(Thread)).one()
        with current.set(actor=SYSTEM):
            cancel(db.session.get_one(Match, match.id), reason="It rains")
        assert write(browser(app, representative), page, "Hello?") == 403
        assert write(browser(app, representative), f"/threads/{thread.id}/posts", "Hello?") == 403


def test_a_company_reads_no_more_once_the_team_no_longer_agrees(app: Flask, stage: Day) -> None:
    match = db.session.scalars(select(Match)).one()
    company = signed_in(app, stage, "company")
    write(signed_in(app, stage, "team"), f"/matches/{match.id}/thread", "Our roof is blue")
    thread = db.session.scalars(select(Thread)).one()
    assert "Our roof is blue" in company.get(f"/threads/{thread.id}").text
    db.session.get_one(Application, stage.entry.id).companies_agreed_at = None
    db.session.commit()
    assert company.get(f"/threads/{thread.id}").status_code == 404
    assert 'id="conversations"' not in company.get("/").text
    with clock.at(AFTER + timedelta(minutes=6)):
        expand()
    assert mails() == []


def test_what_is_unread_stands_on_the_first_page_until_it_is_read(app: Flask, stage: Day) -> None:
    page, team, staff = (
        f"/applications/{stage.entry.id}/thread", signed_in(app, stage, "team"), signed_in(app, stage, "organiser")
    )  # fmt: skip
    write(team, page, "Is there parking?")
    assert 'id="conversations"' in staff.get("/").text
    assert 'id="conversations"' not in team.get("/").text
    thread = db.session.scalars(select(Thread)).one()
    assert staff.post(f"/threads/{thread.id}/reading", headers={"HX-Request": "true"}).status_code == 204
    assert 'id="conversations"' not in staff.get("/").text
    write(staff, page, "Yes.")
    assert 'id="conversations"' in team.get("/").text
    assert staff.get(f"/threads/{thread.id}").status_code == 200  # looking is no reading for others
    assert 'id="conversations"' in team.get("/").text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_first_page_counts_unread_threads_in_as_few_statements_for_three_as_for_one(
    app: Flask, stage: Day, statements: Callable[[Callable[[], object]], int], rows: int
) -> None:
    for n in range(rows):
        ask(browser(app, person(f"Asker {n}")), stage, f"Question {n}?")
    staff = signed_in(app, stage, "organiser")
    staff.get("/")
    assert statements(lambda: staff.get("/")) == 12


def test_one_summary_tells_the_other_side_of_all_that_was_written(app: Flask, stage: Day) -> None:
    page = f"/applications/{stage.entry.id}/thread"
    team = signed_in(app, stage, "team")
    for text in ("One", "Two", "Three"):
        write(team, page, text)
    ask(browser(app, person("Ask Er")), stage)
    letters = db.session.scalars(select(Letter).where(Letter.template == "threads/news")).all()
    assert [(one.audience, len(one.words["threads"])) for one in letters] == [
        (f"thread_staff:{stage.programme.id}", 2)
    ]
    with clock.at(AFTER + timedelta(minutes=6)):
        expand()
    (recipient, text), = mails()  # fmt: skip
    assert recipient == "olga@people.example"
    assert "Alpha" in text and "/threads/" in text and "Three" not in text


def test_who_has_read_it_meanwhile_is_not_told(app: Flask, stage: Day) -> None:
    write(signed_in(app, stage, "team"), f"/applications/{stage.entry.id}/thread", "Hello")
    thread = db.session.scalars(select(Thread)).one()
    signed_in(app, stage, "organiser").post(f"/threads/{thread.id}/reading")
    with clock.at(AFTER + timedelta(minutes=6)):
        expand()
    assert mails() == []


def test_a_post_is_taken_back_until_the_other_side_is_told(app: Flask, stage: Day) -> None:
    page, team = f"/applications/{stage.entry.id}/thread", signed_in(app, stage, "team")
    write(team, page, "Oops")
    post = db.session.scalars(select(Post)).one()
    assert signed_in(app, stage, "organiser").delete(f"/posts/{post.id}").status_code == 404
    assert team.delete(f"/posts/{post.id}").status_code == 303
    assert db.session.scalars(select(Thread)).all() == []
    assert db.session.scalars(select(Letter).where(Letter.template == "threads/news")).all() == []
    write(team, page, "Meant")
    post = db.session.scalars(select(Post)).one()
    with clock.at(AFTER + timedelta(minutes=6)):
        expand()
        assert team.delete(f"/posts/{post.id}").status_code == 403


def test_too_many_messages_within_an_hour_are_refused_beside_the_field(app: Flask, stage: Day) -> None:
    asker = browser(app, person("Ask Er"))
    for n in range(HOURLY):
        ask(asker, stage, f"Question {n}")
    answer = asker.post(f"/programmes/{stage.programme.slug}/questions", data={"text": "One more"})
    assert answer.status_code == 422
    assert "One more" in answer.text and "Wait a little" in answer.text


def test_what_is_written_stands_in_no_log(app: Flask, stage: Day) -> None:
    write(signed_in(app, stage, "team"), f"/applications/{stage.entry.id}/thread", "Confidential words")
    everything = [*db.session.scalars(select(Event)), *db.session.scalars(select(EventPerson))]
    assert "Confidential words" not in str([vars(one) for one in everything])


def test_a_visitor_is_asked_to_sign_in_before_asking(app: Flask, stage: Day) -> None:
    answer = app.test_client().get(f"/programmes/{stage.programme.slug}/questions/new")
    assert answer.status_code in {302, 303}
    assert answer.location.startswith("/sign-in")
