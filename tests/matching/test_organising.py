"""The organiser's side: a run from the button to the release, pairs fixed and added, the call list, silence."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from campapp.applications.actions.submission import withdraw
from campapp.core import beats, clock, jobs
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.outbox import Letter, Sending
from campapp.engines.frame.control import Control
from campapp.matching.actions.preference import rank_companies, rank_teams
from campapp.matching.models import Call, Match, PairRule, Release, Response
from campapp.programmes.actions.programme import change_programme, set_staff
from campapp.runs.actions import begin
from campapp.runs.jobs import Listener
from campapp.runs.models import Run
from tests.cast import browser, person
from tests.factories import BEFORE, application, camp, participation


class Scene:
    """A camp with accepted teams and two companies, and nothing matched."""

    def __init__(self, teams: int = 2) -> None:
        self.organiser, self.representative, self.captain = person("Org"), person("Rep"), person("Cap")
        self.programme = camp(self.organiser)
        self.companies = [
            participation(self.programme, "Baidu", representative=self.representative),
            participation(self.programme, "Inspur"),
        ]
        people = [self.captain, *(person(f"Captain {n}") for n in range(1, teams))]
        self.entries = [
            application(self.programme, one, f"Team {n}", state="accepted") for n, one in enumerate(people)
        ]
        self.home = f"/programmes/{self.programme.slug}"


@pytest.fixture
def scene(app: Flask) -> Any:
    with clock.at(BEFORE):
        yield Scene()


RUN = {"objective": "fair", "fit": "50", "team_rank": "25", "company_rank": "20", "trl": "5"}


def solved(client: Any, scene: Scene) -> str:
    """The address of a run that the worker has done."""
    started = client.post(f"{scene.home}/runs", data=RUN)
    assert started.status_code == 303, started.text
    with current.set(actor=SYSTEM):
        jobs.work_off()
    db.session.expire_all()
    return str(started.headers["Location"])


def test_a_run_is_started_watched_verified_chosen_and_released(app: Flask, scene: Scene) -> None:
    client = browser(app, scene.organiser)
    assert "Every team at least one" in client.get(f"{scene.home}/matching").text
    started = client.post(f"{scene.home}/runs", data=RUN).headers["Location"]
    assert "Waiting for a worker" in client.get(started).text
    assert client.get(f"{started}?seen=0").status_code == 204
    with current.set(actor=SYSTEM):
        jobs.work_off()
    db.session.expire_all()
    assert client.get(f"{started}?seen=0").headers["HX-Redirect"] == started
    shown = client.get(started).text
    assert "Proven optimal" in shown
    pair = f"{scene.entries[0].id}:{scene.companies[0].id}"
    assert "Shared terms" in client.get(f"{started}?pair={pair}").text
    assert json.loads(client.get(f"{started}/files/in").data)["format"] == "campapp.match/1"
    assert json.loads(client.get(f"{started}/files/out").data)["status"] == "optimal"
    client.post(f"{started}/verification")
    jobs.work_off()
    assert "to the byte" in client.get(f"{started}/verification").text
    client.post(f"{started}/choice")
    assert db.session.query(Match).filter_by(state="proposed").count() == 4
    assert "4 proposals" in client.get(f"{scene.home}/matching").text
    form = {
        "seen": "4",
        "answer_by": "2026-11-25 12:00",
        "silence_company": "declined",
        "silence_team": "accepted",
    }
    sent = client.post(f"{scene.home}/releases", data=form)
    sending = db.session.scalars(select(Sending)).one()
    assert sent.headers["Location"] == f"/sendings/{sending.id}"
    letters = db.session.scalars(select(Letter).where(Letter.template == "matching/released")).all()
    assert {(letter.state, letter.sending_id) for letter in letters} == {("held", sending.id)}
    assert db.session.query(Match).filter_by(state="released").count() == 4


def test_only_a_solved_run_of_a_match_becomes_the_proposals(app: Flask, scene: Scene) -> None:
    client = browser(app, scene.organiser)
    client.post(f"{solved(client, scene)}/choice")
    waiting = client.post(f"{scene.home}/runs", data=RUN).headers["Location"]
    timetable = client.post(f"{scene.home}/schedule-runs").headers["Location"]
    codes = [client.post(f"{waiting}/choice").status_code,
             client.post(f"{waiting.replace('/runs', '/schedule-runs')}/choice").status_code,
             client.post(f"{timetable.replace('/schedule-runs', '/runs')}/choice").status_code,
             client.post(f"{timetable}/choice").status_code]  # fmt: skip
    assert codes == [409, 404, 404, 409]
    assert db.session.query(Match).filter_by(state="proposed").count() == 4


def test_a_run_chosen_late_proposes_nobody_who_has_left_since(app: Flask, scene: Scene) -> None:
    client = browser(app, scene.organiser)
    run = solved(client, scene)
    with current.set(actor=SYSTEM):
        withdraw(scene.entries[0], "no time")
    assert "2 pairs of this run" in client.post(f"{run}/choice", follow_redirects=True).text
    proposed = db.session.scalars(select(Match.application_id).where(Match.state == "proposed"))
    assert set(proposed) == {scene.entries[1].id}


def test_a_run_is_stopped_from_its_page_and_keeps_what_it_has(app: Flask, scene: Scene) -> None:
    client = browser(app, scene.organiser)
    started = client.post(f"{scene.home}/runs", data=RUN).headers["Location"]
    run = db.session.scalars(select(Run)).one()
    listener = Listener(run.id)
    listener.control = Control(seconds=60, tell=listener.tell, stop=listener.stop)
    listener.tell({"best": 10.0, "bound": 12.5, "seconds": 3.0})
    db.session.expire_all()
    assert not listener.control.out_of_time()
    with current.set(actor=SYSTEM):
        begin(run)
    text = client.get(started).text
    assert "10.00" in text
    assert "25.0 %" in text
    client.post(f"{started}/stop")
    listener.tell({"best": 11.0, "bound": 12.5, "seconds": 4.0})
    assert listener.control.out_of_time()
    assert not listener.control.cancelled()
    client.post(f"{started}/stop", data={"how": "cancel"})
    listener.tell({"best": 11.0, "bound": 12.5, "seconds": 5.0})
    assert listener.control.cancelled()


def test_a_release_on_an_old_number_or_with_a_past_time_is_refused(app: Flask, scene: Scene) -> None:
    client = browser(app, scene.organiser)
    client.post(f"{solved(client, scene)}/choice")
    form = {
        "seen": "3",
        "answer_by": "2026-11-25 12:00",
        "silence_company": "declined",
        "silence_team": "accepted",
    }
    assert client.post(f"{scene.home}/releases", data=form).status_code == 422
    past = {**form, "seen": "4", "answer_by": "2026-11-01 12:00"}
    assert client.post(f"{scene.home}/releases", data=past).status_code == 422
    assert db.session.query(Release).count() == 0


def test_a_forbidden_pair_is_not_in_the_next_run_and_is_freed_by_undo(app: Flask, scene: Scene) -> None:
    client = browser(app, scene.organiser)
    first = solved(client, scene)
    rule = f"{scene.home}/pairs/{scene.entries[0].id}/{scene.companies[0].id}/rule"
    client.post(rule, data={"kind": "forbidden"})
    second = solved(client, scene)
    assert db.session.get_one(Run, int(second.rsplit("/", 1)[1])).summary["pairs"] == 3
    other = first.rsplit("/", 1)[1]
    compared = client.get(f"{second}?with={other}").text
    assert "gone" in compared
    client.delete(rule)
    assert db.session.query(PairRule).count() == 0


def test_a_pair_by_hand_is_proposed_once(app: Flask, scene: Scene) -> None:
    client = browser(app, scene.organiser)
    form = {"team": str(scene.entries[0].id), "company": str(scene.companies[1].id)}
    assert client.post(f"{scene.home}/matches", data=form).status_code == 303
    again = client.post(f"{scene.home}/matches", data=form)
    assert again.status_code == 422
    assert "matched already" in again.text
    match = db.session.scalars(select(Match)).one()
    client.delete(f"/matches/{match.id}")
    db.session.expire_all()
    assert match.state == "cancelled"


def released(client: Any, scene: Scene, **terms: str) -> None:
    client.post(f"{solved(client, scene)}/choice")
    form = {
        "seen": "4",
        "answer_by": "2026-11-25 12:00",
        "silence_company": "declined",
        "silence_team": "accepted",
    }
    assert client.post(f"{scene.home}/releases", data={**form, **terms}).status_code == 303


def test_who_owes_stands_on_the_call_list_until_they_answer(app: Flask, scene: Scene) -> None:
    client = browser(app, scene.organiser)
    assert "Nobody owes an answer" in client.get(f"{scene.home}/calls").text
    released(client, scene)
    text = client.get(f"{scene.home}/calls").text
    assert "Baidu" in text
    assert "owes 2 answers" in text
    whom = {"kind": "participation", "id": str(scene.companies[0].id)}
    assert client.post(f"{scene.home}/calls", data=whom).status_code == 422
    client.post(f"{scene.home}/calls", data={**whom, "said": "tomorrow before noon"})
    assert "tomorrow before noon" in client.get(f"{scene.home}/calls").text
    assert db.session.scalars(select(Call)).one().kind == "participation"
    client.post(f"{scene.home}/reminders", data=whom)
    assert db.session.query(Letter).filter_by(template="matching/reminder").count() == 1
    for match in db.session.scalars(
        select(Match).where(Match.participation_id == scene.companies[0].id)
    ).all():
        client.post(
            f"/matches/{match.id}/acceptance", data={"side": "company", "version": str(match.version)}
        )
    text = client.get(f"{scene.home}/calls").text
    assert "Baidu" not in text
    assert "Team 0" in text


def test_silence_ends_at_the_answer_by_time_as_the_release_said(app: Flask, scene: Scene) -> None:
    client = browser(app, scene.organiser)
    released(client, scene)
    mine = db.session.scalars(
        select(Match).where(Match.participation_id == scene.companies[0].id).order_by(Match.id)
    )
    first = mine.first()
    assert first is not None
    client.post(f"/matches/{first.id}/acceptance", data={"side": "company", "version": str(first.version)})
    with clock.at(BEFORE + timedelta(days=6)):
        beats.tick()
    db.session.expire_all()
    states = sorted(match.state for match in db.session.scalars(select(Match)))
    assert states == ["confirmed", "lapsed", "lapsed", "lapsed"]
    how = db.session.scalars(select(Response.how).where(Response.side == "team")).one()
    assert how == "silence"


def test_where_the_camp_says_so_who_is_ranked_is_not_asked_again(app: Flask, scene: Scene) -> None:
    with current.set(actor=SYSTEM):
        change_programme(scene.programme, ranked_is_yes=True)
        rank_teams(scene.companies[0], [scene.entries[0]])
    client = browser(app, scene.organiser)
    released(client, scene)
    ranked = select(Match.state, Response.how).join(Response, Response.match_id == Match.id)
    assert [tuple(row) for row in db.session.execute(ranked)] == [("accepted by company", "ranked")]
    mine = browser(app, scene.representative)
    assert "Yes, as ranked" in mine.get("/matches").text
    match = db.session.scalars(select(Match).where(Match.state == "accepted by company")).one()
    mine.post(f"/matches/{match.id}/refusal", data={"reason": "no time", "version": str(match.version)})
    db.session.expire_all()
    assert match.state == "declined"


def test_a_team_that_ranked_a_company_has_said_yes_before_the_company_is_asked(
    app: Flask, scene: Scene
) -> None:
    with current.set(actor=SYSTEM):
        change_programme(scene.programme, ranked_is_yes=True)
        rank_companies(scene.entries[0], [scene.companies[0]])
    released(browser(app, scene.organiser), scene)
    ranked = select(Match).join(Response, Response.match_id == Match.id)
    match = db.session.scalars(ranked).one()
    assert match.state == "accepted by team"
    mine = browser(app, scene.representative)
    mine.post(f"/matches/{match.id}/refusal", data={"reason": "no time", "version": str(match.version)})
    assert db.session.get_one(Match, match.id, populate_existing=True).state == "declined"
    mine.delete(f"/matches/{match.id}/refusal")
    assert db.session.get_one(Match, match.id, populate_existing=True).state == "accepted by team"
    mine.post(f"/matches/{match.id}/acceptance", data={"version": str(match.version)})
    assert db.session.get_one(Match, match.id, populate_existing=True).state == "confirmed"


def test_of_two_organisers_releasing_at_once_one_releases_and_the_other_is_told(
    app: Flask, scene: Scene
) -> None:
    colleague = person("Olaf")
    with current.set(actor=SYSTEM):
        set_staff(scene.programme, colleague, "manager")
    first = browser(app, scene.organiser)
    clients = [first, browser(app, colleague)]
    first.post(f"{solved(first, scene)}/choice")
    form = {"seen": "4", "silence_company": "declined", "silence_team": "accepted"}
    found: list[tuple[int, str]] = []
    start = threading.Barrier(2)

    def press(client: FlaskClient) -> None:
        start.wait()
        answer = client.post(f"{scene.home}/releases", data=form)
        found.append((answer.status_code, str(answer.headers.get("Location", ""))))

    db.session.remove()
    threads = [threading.Thread(target=press, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert db.session.query(Release).count() == 1
    assert db.session.query(Letter).filter_by(template="matching/released").count() == 2
    assert sorted(code for code, _where in found) in ([303, 409], [303, 422])


def test_others_find_none_of_it(app: Flask, scene: Scene) -> None:
    run = solved(browser(app, scene.organiser), scene)
    stranger = person("Stranger")
    camp(stranger, title="Another Camp")
    for client in (browser(app, scene.representative), browser(app, scene.captain), browser(app, stranger)):
        for path in (
            f"{scene.home}/matching",
            f"{scene.home}/calls",
            f"{scene.home}/releases/new",
            run,
            f"{run}/files/in",
        ):
            assert client.get(path).status_code == 404, path
        for path in (f"{run}/choice", f"{run}/verification", f"{run}/stop", f"{scene.home}/releases"):
            assert client.post(path).status_code == 404, path


@pytest.mark.parametrize("teams", [1, 3])
def test_pages_ask_the_database_as_often_for_three_as_for_one(
    app: Flask, statements: Callable[[Callable[[], object]], int], teams: int
) -> None:
    with clock.at(BEFORE):
        scene = Scene(teams)
        client = browser(app, scene.organiser)
        run = solved(client, scene)
        client.post(f"{run}/choice")
        client.get(run)
        assert statements(lambda: client.get(f"{scene.home}/matching")) <= 12
        assert statements(lambda: client.get(run)) <= 12
        assert statements(lambda: client.get(f"{scene.home}/releases/new")) <= 12
        form = {"seen": str(2 * teams), "silence_company": "organiser", "silence_team": "organiser"}
        client.post(f"{scene.home}/releases", data=form)
        assert statements(lambda: client.get(f"{scene.home}/calls")) <= 12
