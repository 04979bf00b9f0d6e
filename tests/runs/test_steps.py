"""A match begins with fit, in the job; a run is repeated in the background, watched and let go of."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from campapp.accounts.models import Account
from campapp.core import jobs
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.jobs import Job
from campapp.engines.frame.errors import BadInput
from campapp.engines.solving import solve_bytes
from campapp.matching.actions import run as match_runs
from campapp.matching.weights import Weights
from campapp.pool.actions import change_project
from campapp.pool.models import Project
from campapp.programmes.models import Programme
from campapp.runs import jobs as work
from campapp.runs.actions import file_of, stop, write_progress
from campapp.runs.models import Run, RunFile
from tests.cast import actor, browser, person
from tests.factories import applications, camp, participation


@pytest.fixture
def olga(app: Flask) -> Account:
    return person("Olga")


@pytest.fixture
def programme(olga: Account) -> Programme:
    made = camp(olga)
    applications(made, 2, state="accepted")
    participation(made, "Baidu")
    return made


def started(olga: Account, programme: Programme) -> Run:
    with current.set(actor=actor(olga)):
        return match_runs.start(programme, objective="fair", weights=Weights())


def again(run: Run) -> Run:
    return db.session.get_one(Run, run.id, populate_existing=True)


def test_pressing_the_button_computes_nothing_and_freezes_everything(
    olga: Account, programme: Programme
) -> None:
    run = started(olga, programme)
    names = set(db.session.scalars(select(RunFile.name).where(RunFile.run_id == run.id)))
    assert names == {"fit-in", "draft"}
    with current.set(actor=SYSTEM):
        for project in db.session.scalars(select(Project)):
            change_project(project, title="Something else altogether", summary="")
    jobs.work_off()
    run = again(run)
    assert run.state == "solved"
    fits = json.loads(file_of(run, "fit-out") or b"{}")["pairs"]
    pairs = json.loads(file_of(run, "in") or b"{}")["pairs"]
    assert len(fits) == len(pairs) == 2  # as the projects were when the button was pressed
    assert {one["need"] for one in run.parameters["pairs"].values()} == {int(fits[0]["need"])}


def test_a_run_cancelled_while_fit_is_computed_lets_go(
    olga: Account, programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = started(olga, programme)
    seen: list[str] = []

    def write(run_id: int, told: dict[str, Any]) -> str:
        seen.append(told["stage"])
        if told["stage"] == "first":
            with current.set(actor=actor(olga)):
                stop(db.session.get_one(Run, run_id), "cancel")
        return write_progress(run_id, told)

    monkeypatch.setattr(work.Listener.__init__, "__defaults__", (write,))
    jobs.work_off()
    assert again(run).state == "cancelled"
    assert seen == ["first"]
    assert file_of(run, "in") is None


def test_an_attempt_after_fit_does_not_compute_it_again(
    olga: Account, programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = started(olga, programme)
    asked: list[str] = []

    def solve(kind: str, data: bytes, control: Any) -> bytes:
        asked.append(kind)
        if asked == ["fit", "match"]:
            raise RuntimeError("the worker died")
        return real(kind, data, control)

    real = solve_bytes
    monkeypatch.setattr(work, "solve_bytes", solve)
    jobs.work_off()
    job = db.session.get_one(Job, again(run).job_id)
    assert job.state == "queued"
    jobs.run(*claimed(job))
    assert again(run).state == "solved"
    assert asked == ["fit", "match", "match"]


def claimed(job: Job) -> tuple[int, str]:
    """The job, due now."""
    job.run_at = job.created_at
    db.session.commit()
    found = jobs.claim()
    assert found is not None
    return found


def test_what_fit_refuses_fails_the_run_with_the_reason(
    olga: Account, programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_anything: object) -> bytes:
        raise BadInput("$.projects", "too many")

    run = started(olga, programme)
    monkeypatch.setattr(work, "solve_bytes", refuse)
    jobs.work_off()
    assert (again(run).state, again(run).error) == ("failed", "$.projects: too many")


def test_a_run_is_repeated_in_the_background_and_its_page_says_what_came_of_it(
    app: Flask, olga: Account, programme: Programme
) -> None:
    run = started(olga, programme)
    jobs.work_off()
    client = browser(app, olga, f"organiser:{programme.id}")
    page = f"/runs/{run.id}/verification"
    assert client.post(page).status_code == 303
    assert "Repeating the run" in client.get(page).text
    assert client.get(f"{page}?seen=0", headers={"HX-Request": "true"}).status_code == 204
    jobs.work_off()
    assert client.get(f"{page}?seen=0", headers={"HX-Request": "true"}).headers["HX-Redirect"] == page
    assert "the same result, to the byte" in client.get(page).text
    assert "Verified" in client.get(f"/runs/{run.id}").text
    fit = client.get(f"/runs/{run.id}/files/fit-out")
    assert json.loads(fit.data)["format"] == "campapp.fit/1"


def test_a_repetition_can_be_let_go_of(app: Flask, olga: Account, programme: Programme) -> None:
    run = started(olga, programme)
    jobs.work_off()
    client = browser(app, olga, f"organiser:{programme.id}")
    page = f"/runs/{run.id}/verification"
    client.post(page)
    assert client.post(f"{page}?_method=delete").status_code == 303
    assert jobs.work_off() == 0
    assert "The repetition was let go of." in client.get(page).text


def test_a_result_that_was_changed_is_found_out(app: Flask, olga: Account, programme: Programme) -> None:
    run = started(olga, programme)
    jobs.work_off()
    row = db.session.scalars(select(RunFile).where(RunFile.run_id == run.id, RunFile.name == "in")).one()
    other = db.session.scalars(
        select(RunFile).where(RunFile.run_id == run.id, RunFile.name == "fit-in")
    ).one()
    row.body = other.body
    db.session.commit()
    client = browser(app, olga, f"organiser:{programme.id}")
    client.post(f"/runs/{run.id}/verification")
    jobs.work_off()
    assert "the input is not the one that was solved" in client.get(f"/runs/{run.id}/verification").text
