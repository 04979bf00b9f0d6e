"""Many press at once, on the last place or on the same thing: exactly one wins, the others are told."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from campapp.accounts import proofs
from campapp.accounts.models import Account, Address, Invitation
from campapp.applications.models import Application, Submission
from campapp.companies.actions import join_company, name_representative
from campapp.companies.models import Company
from campapp.core import clock
from campapp.core.action import bulk
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.events import Event
from campapp.core.outbox import Letter, Sending
from campapp.core.park import Park
from campapp.matching.actions.answer import answer_for
from campapp.matching.actions.release import add_match, release
from campapp.matching.models import Match, Response
from campapp.programmes.actions.programme import set_staff
from campapp.programmes.models import Programme, Slot
from campapp.scheduling.models import Meeting, Placement, Publication
from campapp.teams.actions import invite_member, join_team, name_member
from campapp.teams.models import Member
from tests import factories
from tests.cast import browser, person
from tests.faults.played import confirmed_meetings, owner

CROWD = 20


def at_once(presses: Sequence[Callable[[], TestResponse]]) -> list[TestResponse]:
    """Press them all in the same moment, each in a thread of its own."""
    db.session.rollback()
    start = threading.Barrier(len(presses))

    def press(one: Callable[[], TestResponse]) -> TestResponse:
        start.wait()
        return one()

    with ThreadPoolExecutor(len(presses)) as crowd:
        answers = list(crowd.map(press, presses))
    db.session.rollback()
    db.session.expire_all()
    return answers


def codes(answers: Sequence[TestResponse]) -> dict[int, int]:
    """How many got which status."""
    return dict(Counter(answer.status_code for answer in answers))


def count(model: type, *where: object) -> int:
    return db.session.scalar(select(func.count()).select_from(model).where(*where)) or 0  # type: ignore[arg-type]


@pytest.fixture
def programme(app: Flask) -> Programme:
    db.session.add(Park(name_en="Software Park"))
    db.session.commit()
    now = clock.now()
    return factories.camp(
        person("Olga"), deadline=now + timedelta(days=1), first_day=(now + timedelta(days=7)).date()
    )


@pytest.fixture
def both(app: Flask, programme: Programme) -> list[FlaskClient]:
    """Two organisers' browsers."""
    colleague = person("Olaf")
    with current.set(actor=SYSTEM):
        set_staff(programme, colleague, "manager")
    return [browser(app, owner()), browser(app, colleague)]


def test_of_twenty_who_want_a_companys_last_free_slot_one_gets_it(app: Flask, programme: Programme) -> None:
    entries = factories.applications(programme, CROWD, state="accepted")
    company = factories.participation(programme, "Baidu")
    with current.set(actor=SYSTEM), bulk():
        matches = [add_match(programme, entry, company) for entry in entries]
        release(programme, matches)
        for match in matches:
            for side in ("company", "team"):
                answer_for(match, side, "accepted", how="organiser")
    meetings = db.session.scalars(select(Meeting).order_by(Meeting.id)).all()
    assert len(meetings) == CROWD
    slot = db.session.scalars(select(Slot).order_by(Slot.starts_at)).first()
    assert slot is not None
    clients = [browser(app, owner()) for _ in meetings]
    cell = f"{company.id}:{slot.id}"

    def press(client: FlaskClient, path: str, version: int) -> Callable[[], TestResponse]:
        return lambda: client.put(path, data={"cell": cell, "version": version})

    answers = at_once(
        [press(client, f"/meetings/{meeting.id}/place", meeting.version)
         for client, meeting in zip(clients, meetings, strict=True)]
    )  # fmt: skip
    assert codes(answers) == {200: 1, 409: CROWD - 1}
    assert count(Meeting, Meeting.slot_id == slot.id) == 1
    assert all(answer.text.strip() for answer in answers if answer.status_code == 409)
    assert count(Event, Event.name == "meeting_moved") == 1


def test_of_twenty_who_press_one_invitation_one_joins(app: Flask, programme: Programme) -> None:
    captain = person("Cao")
    team = factories.team_of(captain, "Alpha")
    with current.set(actor=SYSTEM):
        invitation = invite_member(name_member(team, "The twelfth"))
    path = f"/invitations/{proofs.link_token(db.session.get_one(Invitation, invitation.id))}"
    clients = [browser(app, person(f"Guest {n}")) for n in range(CROWD)]
    answers = at_once([lambda client=client: client.post(path) for client in clients])  # type: ignore[misc]
    assert codes(answers) == {303: 1, 403: CROWD - 1}
    assert count(Member, Member.team_id == team.id, Member.joined_at.is_not(None)) == 2
    told = [answer.text for answer in answers if answer.status_code == 403]
    assert all("used" in text for text in told)


def test_one_submission_pressed_twenty_times_at_once_and_once_more_later_is_one_receipt(
    app: Flask, programme: Programme
) -> None:
    captain = person("Cao")
    entry = factories.application(programme, captain, "Alpha", state="draft")
    path, form = f"/applications/{entry.id}/submission", {"nonce": "the-page-s-own"}
    clients = [browser(app, captain) for _ in range(CROWD)]
    answers = at_once([lambda client=client: client.post(path, data=form) for client in clients])  # type: ignore[misc]
    assert codes(answers) == {303: CROWD}
    first = db.session.scalars(select(Submission)).one()
    receipt = clients[0].get(path).text
    assert first.received_at.isoformat() in receipt
    assert clients[1].post(path, data=form).status_code == 303  # the answer was lost; pressed once more
    assert first.received_at.isoformat() in clients[1].get(path).text
    assert count(Submission) == 1
    assert count(Letter, Letter.template == "applications/receipt") == 1


def test_two_pages_of_one_team_submitting_at_once_give_two_versions_in_a_row(
    app: Flask, programme: Programme
) -> None:
    captain = person("Cao")
    entry = factories.application(programme, captain, "Alpha", state="draft")
    clients = [browser(app, captain) for _ in range(2)]
    path = f"/applications/{entry.id}/submission"
    answers = at_once(
        [lambda n=n, client=client: client.post(path, data={"nonce": f"page {n}"})  # type: ignore[misc]
         for n, client in enumerate(clients)]
    )  # fmt: skip
    assert codes(answers) == {303: 2}
    numbers = db.session.scalars(select(Submission.number).order_by(Submission.number)).all()
    assert list(numbers) == [1, 2]
    assert db.session.get_one(Application, entry.id).number == "A-0001"


def test_twenty_teams_that_submit_in_the_same_moment_all_get_a_receipt_and_a_number_of_their_own(
    app: Flask, programme: Programme
) -> None:
    captains = [person(f"Captain {n}") for n in range(CROWD)]
    entries = [
        factories.application(programme, one, f"Team {n:02}", state="draft") for n, one in enumerate(captains)
    ]
    paths = [f"/applications/{entry.id}/submission" for entry in entries]
    clients = [browser(app, captain) for captain in captains]
    answers = at_once(
        [lambda client=client, path=path: client.post(path, data={"nonce": "once"})  # type: ignore[misc]
         for client, path in zip(clients, paths, strict=True)]
    )  # fmt: skip
    assert codes(answers) == {303: CROWD}
    numbers = db.session.scalars(select(Application.number)).all()
    assert sorted(str(one) for one in numbers) == [f"A-{n:04d}" for n in range(1, CROWD + 1)]


def test_of_two_representatives_answering_at_once_one_answers_and_the_other_reads_who_was_faster(
    app: Flask, programme: Programme
) -> None:
    lena = person("Lena")
    entry = factories.application(programme, person("Cao"), "Alpha", state="accepted")
    company = factories.participation(programme, "Baidu", representative=lena)
    otto = person("Otto")
    with current.set(actor=SYSTEM):
        join_company(name_representative(factories.company_of(company), "Otto"), otto)
        match = add_match(programme, entry, company)
        release(programme, [match])
    form = {"version": str(db.session.get_one(Match, match.id, populate_existing=True).version)}
    path = f"/matches/{match.id}"
    yes, no = browser(app, lena), browser(app, otto)
    answers = at_once(
        [lambda: yes.post(f"{path}/acceptance", data=form),
         lambda: no.post(f"{path}/refusal", data={**form, "reason": "no time"})]
    )  # fmt: skip
    assert codes(answers) == {303: 1, 409: 1}
    standing = db.session.scalars(select(Response)).one()
    lost = next(answer.text for answer in answers if answer.status_code == 409)
    faster = {"accepted": "Lena", "declined": "Otto"}[standing.answer]
    assert f"{faster} was faster." in lost


def test_of_two_organisers_publishing_at_once_one_publishes_and_the_other_reads_so_with_the_note_kept(
    app: Flask, programme: Programme, both: list[FlaskClient]
) -> None:
    confirmed_meetings(programme, 4)
    path = f"/programmes/{programme.slug}/publication"
    answers = at_once(
        [lambda n=n, client=client: client.post(path, data={"seen": "0", "note": f"note of {n}"})  # type: ignore[misc]
         for n, client in enumerate(both)]
    )  # fmt: skip
    assert codes(answers) == {303: 1, 409: 1}
    publication = db.session.scalars(select(Publication)).one()
    lost = next(n for n, answer in enumerate(answers) if answer.status_code == 409)
    assert "Somebody has published version 1 meanwhile" in answers[lost].text
    assert f"note of {lost}" in answers[lost].text
    assert publication.note == f"note of {1 - lost}"
    assert (count(Sending), count(Placement)) == (1, 4)
    assert count(Letter, Letter.template == "scheduling/agenda") == 5


def test_of_two_organisers_deciding_one_entry_at_once_one_decides_and_the_other_keeps_the_reason_typed(
    app: Flask, programme: Programme, both: list[FlaskClient]
) -> None:
    entry = factories.application(programme, person("Cao"), "Alpha", state="eligible")
    path = f"/applications/{entry.id}/decision"
    forms = [
        {"to": state, "reason": f"because {state}", "seen": "eligible"}
        for state in ("accepted", "not accepted")
    ]
    answers = at_once(
        [lambda client=client, form=form: client.post(path, data=form)  # type: ignore[misc]
         for client, form in zip(both, forms, strict=True)]
    )  # fmt: skip
    assert codes(answers) == {303: 1, 409: 1}
    lost = next(n for n, answer in enumerate(answers) if answer.status_code == 409)
    assert "Somebody was faster" in answers[lost].text
    assert forms[lost]["reason"] in answers[lost].text
    assert db.session.get_one(Application, entry.id).state == forms[1 - lost]["to"]


def test_of_two_organisers_deciding_the_same_teams_at_once_each_team_is_decided_once_and_told_once(
    app: Flask, programme: Programme, both: list[FlaskClient]
) -> None:
    entries = factories.applications(programme, 12, state="eligible")
    halves = (entries[:8], entries[4:])  # four are in both hands
    wishes = ("accepted", "waitlisted")
    path = f"/programmes/{programme.slug}/decisions"
    forms = [{"to": state, "chosen": ",".join(f"{entry.id}:eligible" for entry in half)}
             for state, half in zip(wishes, halves, strict=True)]  # fmt: skip
    answers = at_once(
        [lambda client=client, form=form: client.post(path, data=form)  # type: ignore[misc]
         for client, form in zip(both, forms, strict=True)]
    )  # fmt: skip
    assert codes(answers) == {303: 2}
    states = Counter(db.session.scalars(select(Application.state)))
    assert states in (Counter(accepted=8, waitlisted=4), Counter(accepted=4, waitlisted=8))
    assert count(Event, Event.name == "application_decided", Event.batch != "") >= 12
    decided = select(Letter.subject_id).where(
        Letter.template.in_(("applications/accepted", "applications/waitlisted"))
    )
    told = db.session.scalars(decided).all()
    assert sorted(told) == sorted(entry.id for entry in entries)
    pages = [client.get(answer.location).text for client, answer in zip(both, answers, strict=True)]
    assert sorted("4 were moved by somebody else meanwhile" in text for text in pages) == [False, True]


def test_of_five_who_sign_up_with_one_address_at_once_none_sees_a_broken_page(
    app: Flask, programme: Programme
) -> None:
    form = {"name": "Ann", "address": "ann@people.example", "password": "eleven lamps in a row"}
    clients = [app.test_client() for _ in range(5)]
    answers = at_once([lambda client=client: client.post("/sign-up", data=form) for client in clients])  # type: ignore[misc]
    assert codes(answers) == {303: 5}
    assert (
        db.session.scalars(select(Address.confirmed_at).where(Address.value == form["address"])).all()
        == [None] * 5
    )


def test_of_administrators_who_unmake_each_other_at_once_one_stays(app: Flask, programme: Programme) -> None:
    form = {"reason": "The other one is on leave"}

    def press(client: FlaskClient, other: Account) -> Callable[[], TestResponse]:
        path = f"/people/{other.id}/administration"
        return lambda: client.delete(path, data=form)

    left = None
    for number in range(6):
        new = person(f"Ann {number}", administrator=True)
        if left is not None:
            at_once([press(browser(app, new), left), press(browser(app, left), new)])
        (left,) = db.session.scalars(select(Account).where(Account.administrator)).all()


def test_a_team_handed_to_two_at_once_has_one_captain(app: Flask, programme: Programme) -> None:
    captain = person("Cao")
    team = factories.team_of(captain, "Alpha")
    with current.set(actor=SYSTEM), bulk():
        members = [name_member(team, name) for name in ("Dan", "Eve")]
        db.session.flush()
        for member in members:
            join_team(member, person(member.name))
    paths = [f"/members/{member.id}/captaincy" for member in members]
    clients = [browser(app, captain) for _ in paths]
    at_once([lambda c=c, path=path: c.post(path) for c, path in zip(clients, paths, strict=True)])  # type: ignore[misc]
    assert count(Member, Member.team_id == team.id, Member.captain) == 1


def test_a_company_written_down_twice_at_once_is_one_and_the_other_organiser_is_told(
    app: Flask, both: list[FlaskClient]
) -> None:
    form = {"name": "Baidu"}
    answers = at_once([lambda client=client: client.post("/companies", data=form) for client in both])  # type: ignore[misc]
    assert codes(answers) == {303: 1, 422: 1}
    assert count(Company) == 1
