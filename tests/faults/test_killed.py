"""kill -9 in the middle of a submission, a publication, a run: nothing acknowledged is lost, nothing told twice."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select

from campapp.applications.models import Submission
from campapp.core import clock, jobs
from campapp.core.db import db
from campapp.core.events import Event
from campapp.core.jobs import ATTEMPTS, Job
from campapp.core.outbox import Delivery, Letter, Sending
from campapp.programmes.models import Programme
from campapp.runs.models import Run, RunFile
from campapp.scheduling.models import Meeting, Placement, Publication
from tests.cast import browser, person
from tests.factories import application
from tests.faults.locking import locked
from tests.faults.played import confirmed_meetings, long_run, owner
from tests.faults.served import Answer, Broken, Served, Visitor, until
from tests.post_office import PostOffice

pytestmark = pytest.mark.xdist_group("faults")
TEAMS = 12


def count(model: type, *where: object) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model).where(*where)) or 0  # type: ignore[arg-type]


def most_often(office: PostOffice) -> int:
    """How often the mail was taken that was taken most often."""
    return max(Counter(str(mail["Message-ID"]) for mail in office.taken).values())


def all_told() -> bool:
    """Nothing waits to be written out or to leave."""
    waiting = count(Letter, Letter.state == "waiting")
    return not waiting and not count(Delivery, Delivery.state.in_(("waiting", "sending", "failed")))


def pressed(visitor: Visitor, path: str, fields: dict[str, str]) -> Answer | None:
    """The answer to a form, None where the server died before it."""
    try:
        return visitor.post(path, fields)
    except Broken:
        return None


def test_a_server_killed_while_many_submit_loses_no_receipt_and_the_same_press_again_is_the_same_one(
    app: Flask, office: PostOffice, programme: Programme, site: Served
) -> None:
    captains = [person(f"Captain {n}") for n in range(TEAMS)]
    entries = [
        application(programme, one, f"Team {n:02}", state="draft").id for n, one in enumerate(captains)
    ]
    visitors = [Visitor(site.address, one) for one in captains]
    paths = [f"/applications/{entry}/submission" for entry in entries]
    forms = [visitor.get(f"{path}/new").fields(path) for visitor, path in zip(visitors, paths, strict=True)]
    together = Barrier(TEAMS)

    def press(number: int) -> Answer | None:
        together.wait()
        return pressed(visitors[number], paths[number], forms[number])

    with ThreadPoolExecutor(TEAMS) as crowd:
        presses = [crowd.submit(press, number) for number in range(TEAMS)]
        until(lambda: count(Submission) >= TEAMS // 4, "some submissions are in")
        site.kill_web()
        answers = [one.result() for one in presses]
    kept = {row.application_id: row.received_at for row in db.session.scalars(select(Submission))}
    acknowledged = [entry for entry, answer in zip(entries, answers, strict=True) if answer]
    assert all(answer.status == 303 for answer in answers if answer)
    assert set(acknowledged) <= set(kept)
    assert len(acknowledged) < TEAMS, "the server was killed too late for this test to say anything"
    until(site.up, "the server is started again")
    for visitor, path, form in zip(visitors, paths, forms, strict=True):
        assert visitor.post(path, form).status == 303
    db.session.rollback()
    rows = db.session.scalars(select(Submission)).all()
    assert sorted(row.application_id for row in rows) == sorted(entries)
    assert all(row.received_at == kept.get(row.application_id, row.received_at) for row in rows)
    until(all_told, "every receipt has left")
    assert len({str(mail["To"]) for mail in office.taken}) == len(office.taken) == TEAMS


def test_a_server_killed_in_the_middle_of_a_publication_has_published_nothing_and_told_nobody(
    app: Flask, office: PostOffice, programme: Programme, site: Served
) -> None:
    confirmed_meetings(programme, 4)
    olga = Visitor(site.address, owner())
    path = f"/programmes/{programme.slug}/publication"
    form = olga.get(f"{path}/new").fields(path)
    with ThreadPoolExecutor(1) as one, locked(app, "letters") as waited_for:
        press: Future[Answer | None] = one.submit(pressed, olga, path, form)
        until(waited_for, "the publication waits for the lock")
        site.kill_web()
        assert press.result() is None
    assert (count(Publication), count(Placement), count(Sending)) == (0, 0, 0)
    assert count(Letter, Letter.template.startswith("scheduling/")) == 0
    until(site.up, "the server is started again")
    held = olga.post(path, form).location
    assert count(Publication) == 1
    assert count(Placement) == count(Meeting)
    assert olga.post(path, form).status == 409
    assert olga.post(f"{held}/release", olga.get(held).fields("/release")).status == 303
    until(all_told, "every agenda has left")
    assert most_often(office) == 1
    assert count(Letter, Letter.template == "scheduling/agenda", Letter.state == "expanded") == 5


def test_a_publication_whose_answer_was_lost_is_found_again_with_its_messages_and_goes_out_once(
    app: Flask, office: PostOffice, programme: Programme, site: Served
) -> None:
    confirmed_meetings(programme, 4)
    olga = Visitor(site.address, owner())
    path = f"/programmes/{programme.slug}/publication"
    form = olga.get(f"{path}/new").fields(path)
    olga.post(path, form)  # its answer never arrives
    site.kill_web()
    until(site.up, "the server is started again")
    told = olga.post(path, form)
    assert told.status == 409
    assert "Somebody has published version 1 meanwhile" in told.text
    db.session.rollback()
    sending = db.session.scalars(select(Sending)).one()
    assert f'href="/sendings/{sending.id}"' in olga.get("/").text
    olga.post(f"/sendings/{sending.id}/release", olga.get(f"/sendings/{sending.id}").fields("/release"))
    until(all_told, "every agenda has left")
    assert most_often(office) == 1
    assert count(Letter, Letter.template == "scheduling/agenda", Letter.state == "expanded") == 5
    assert f'href="/sendings/{sending.id}"' not in olga.get("/").text


def test_a_worker_killed_during_a_run_is_replaced_and_the_run_is_solved_once(
    app: Flask, programme: Programme, site: Served
) -> None:
    run_id = long_run(programme, seconds=2)
    until(lambda: count(Run, Run.id == run_id, Run.state == "running"), "the run has begun")
    before = site.worker()
    site.kill_worker()
    until(lambda: count(Run, Run.id == run_id, Run.state.in_(("solved", "failed"))), "the run ends")
    assert site.worker() != before
    run = db.session.get_one(Run, run_id)
    assert run.state == "solved"
    assert db.session.get_one(Job, run.job_id).attempts == 2
    until(
        lambda: db.session.get_one(Job, run.job_id, populate_existing=True).state == "done", "the job is done"
    )
    assert count(RunFile, RunFile.run_id == run_id, RunFile.name == "out") == 1
    assert count(Event, Event.name == "run_finished") == 1


def test_a_run_whose_worker_dies_each_time_fails_and_says_so(app: Flask, programme: Programme) -> None:
    run_id = long_run(programme, seconds=2)
    with clock.at(clock.now()) as hands:
        for _ in range(ATTEMPTS):
            assert jobs.claim() is not None
            assert jobs.claim() is None, "the lease holds"
            hands.forward(timedelta(minutes=1))
        assert jobs.claim() is None
    assert db.session.get_one(Run, run_id, populate_existing=True).state == "failed"
    page = browser(app, owner()).get(f"/schedule-runs/{run_id}").text
    assert "broke off at every attempt" in page
