"""At the door: names that look alike, a team founded by mistake, the last second, what a form did not ask for."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from campapp.accounts import proofs
from campapp.accounts.models import Account
from campapp.applications.looks import STANDARD
from campapp.applications.models import Application, EntryFile, Submission
from campapp.core import clock
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.files import StoredFile
from campapp.core.park import Park
from campapp.pool.models import Snapshot
from campapp.programmes.actions.group import set_checklist
from campapp.programmes.models import Programme
from campapp.teams.actions import invite_member, name_member
from campapp.teams.models import Member, Team
from tests.cast import browser, person
from tests.core.test_upload import pdf
from tests.factories import (
    BEFORE,
    DEADLINE,
    answer_what_is_required,
    application,
    camp,
    participation,
    team_of,
)
from tests.park.test_setup import TYPED


@pytest.fixture
def programme(app: Flask) -> Iterator[Programme]:
    db.session.add(Park(name_en="Software Park"))
    db.session.commit()
    with clock.at(BEFORE):
        made = camp(person("Olga"))
        with current.set(actor=SYSTEM):
            set_checklist(made, [{"title_zh": zh, "title_en": en, "auto": auto} for zh, en, auto in STANDARD])
        yield made


def enter(client: FlaskClient, programme: Programme, team: str) -> Application:
    """Register a team by the page, and submit."""
    form = {"team": team, "project": f"Project of {client}"[:60], "track": ""}
    answer = client.post(f"/programmes/{programme.slug}/entry", data=form)
    assert answer.status_code == 303, answer.text
    entry = db.session.scalars(select(Application).order_by(Application.id.desc())).first()
    assert entry is not None
    with current.set(actor=SYSTEM):
        answer_what_is_required(entry)
    assert client.post(f"/applications/{entry.id}/submission", data={"nonce": "n"}).status_code == 303
    return entry


LIKE = [
    ("火花", "火花\u200b", "火花⟨U+200B⟩"),
    ("火花", "火\u3000花", "火⟨U+3000⟩花"),
    ("Spark", "Ｓｐａｒｋ", "Ｓｐａｒｋ⟨full width⟩"),
    ("Café", "Cafe\u0301", "Cafe\u0301⟨U+0301⟩"),
]


@pytest.mark.parametrize(("first", "second", "shown"), LIKE)
def test_a_name_that_the_eye_cannot_tell_is_shown_to_the_organiser_beside_the_other(
    app: Flask, programme: Programme, first: str, second: str, shown: str
) -> None:
    enter(browser(app, person("Ann")), programme, first)
    entry = enter(browser(app, person("Bob")), programme, second)
    page = browser(app, olga()).get(f"/applications/{entry.id}/check").text
    assert "A-0001 bears the same name" in page
    if second == db.session.get_one(Team, entry.team_id).name:
        assert shown in page


def olga() -> Account:
    return db.session.scalars(select(Account).where(Account.name == "Olga")).one()


def test_another_name_is_no_duplicate(app: Flask, programme: Programme) -> None:
    enter(browser(app, person("Ann")), programme, "火花")
    entry = enter(browser(app, person("Bob")), programme, "火化")
    assert "bears the same name" not in browser(app, olga()).get(f"/applications/{entry.id}/check").text


def test_who_founded_a_team_by_mistake_leaves_it_without_staff_and_joins_the_friends(
    app: Flask, programme: Programme
) -> None:
    student, friend = person("Student"), person("Friend")
    mistaken = application(programme, student, "By mistake", state="draft")
    friends = application(programme, friend, "Friends", state="draft")
    client = browser(app, student)
    own = db.session.scalars(select(Member).where(Member.team_id == mistaken.team_id)).one()
    assert "Nobody is left in it then" in client.get("/team").text
    assert client.delete(f"/members/{own.id}").status_code == 303
    with current.set(actor=SYSTEM):
        team = db.session.get_one(Team, friends.team_id)
        invitation = invite_member(name_member(team, "Student"))
    client = browser(app, student)
    joined = client.post(f"/invitations/{proofs.link_token(invitation)}")
    assert joined.status_code == 303
    assert "Friends" in client.get("/team").text
    db.session.expire_all()
    assert db.session.get_one(Team, mistaken.team_id).dissolved_at is not None
    assert (mistaken.state, friends.state) == ("withdrawn", "draft")
    again = client.post(f"/programmes/{programme.slug}/entry", data={"project": "Another"})
    active = select(func.count()).where(
        Application.team_id == friends.team_id, Application.state != "withdrawn"
    )
    assert again.status_code in {303, 422}
    assert db.session.scalar(active) == 1
    assert client.get(f"/applications/{mistaken.id}").status_code == 404


def test_the_last_member_of_a_team_whose_entry_is_in_withdraws_it_first(
    app: Flask, programme: Programme
) -> None:
    captain = person("Cao")
    entry = application(programme, captain, "Alpha", state="accepted")
    client = browser(app, captain)
    own = db.session.scalars(select(Member)).one()
    refused = client.delete(f"/members/{own.id}")
    assert refused.status_code == 403
    assert "Withdraw it first" in refused.text
    assert client.post(f"/applications/{entry.id}/withdrawal", data={"reason": "no time"}).status_code == 303
    assert client.delete(f"/members/{own.id}").status_code == 303
    db.session.expire_all()
    assert db.session.get_one(Team, entry.team_id).dissolved_at is not None


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Pacific/Honolulu"])
def test_the_deadlines_last_second_is_the_same_to_a_reader_anywhere(
    app: Flask, programme: Programme, zone: str
) -> None:
    captain = person("Cao")
    entry = application(programme, captain, "Alpha", state="draft")
    captain.zone = zone
    db.session.commit()
    client, path = browser(app, captain), f"/applications/{entry.id}/submission"
    with clock.at(DEADLINE + timedelta(seconds=1)):
        late = client.post(path, data={"nonce": "late"})
    assert late.status_code == 403
    assert "2026-11-28T15:59:59+00:00" in late.text
    assert "2026-11-28T16:00:00+00:00" in late.text
    own = {"UTC": "2026-11-28 16:00:00", "America/New_York": "2026-11-28 11:00:00",
           "Pacific/Honolulu": "2026-11-28 06:00:00"}  # fmt: skip
    assert own[zone] in late.text
    assert "Your draft is kept" in late.text
    assert entry.answers["summary"] == "We build it."
    with clock.at(DEADLINE):
        assert client.post(path, data={"nonce": "in time"}).status_code == 303
    assert db.session.scalars(select(Submission)).one().received_at == DEADLINE


FORGED = {"track": "1", "track_id": "1", "status": "accepted", "state": "accepted", "group": "1", "group_id": "1",
          "team_id": "2", "team": "2", "number": "A-9999", "submission_id": "1", "programme_id": "2",
          "submitted_at": "2020-01-01", "collected_outside": "1"}  # fmt: skip


def test_what_a_form_did_not_ask_for_changes_nothing_after_the_submission(
    app: Flask, programme: Programme
) -> None:
    captain = person("Cao")
    entry = application(programme, captain, "Alpha")
    application(programme, person("Rita"), "Rival")
    client = browser(app, captain)
    before = facts(entry)
    frozen = db.session.scalars(select(Snapshot.document).order_by(Snapshot.id)).all()
    typed = {"summary": "Changed words", "sector": "AI", "trl": "6"}
    assert client.post(f"/applications/{entry.id}/draft/project", data={**typed, **FORGED}).status_code == 303
    names = {"fields": ["summary", *FORGED]}
    assert (
        client.patch(f"/applications/{entry.id}/draft/project", data={**names, **typed, **FORGED}).status_code
        == 200
    )
    assert facts(entry) == before
    assert set(entry.answers) & set(FORGED) == set()
    assert db.session.scalars(select(Snapshot.document).order_by(Snapshot.id)).all() == frozen
    again = client.post(f"/applications/{entry.id}/submission", data={"nonce": "second", **FORGED})
    assert again.status_code == 303
    now = facts(entry)
    assert {key: value for key, value in now.items() if key not in {"submission_id", "submitted_at"}} == {
        key: value for key, value in before.items() if key not in {"submission_id", "submitted_at"}
    }
    assert (
        db.session.get_one(
            Snapshot, db.session.get_one(Submission, entry.submission_id).snapshot_id
        ).document["answers"]["summary"]
        == "Changed words"
    )


def facts(entry: Application) -> dict[str, object]:
    db.session.expire_all()
    kept = ("state", "track_id", "group_id", "team_id", "number", "submission_id", "programme_id", "submitted_at",
            "collected_outside", "team_name")  # fmt: skip
    return {name: getattr(entry, name) for name in kept}


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"


@pytest.mark.parametrize("content", [SVG, HTML, b"GIF89a/*<script>alert(1)</script>*/"])
@pytest.mark.parametrize("name", ["deck.pdf", "logo.png", "a.svg"])
def test_a_script_is_no_deck_whatever_it_is_called(
    app: Flask, programme: Programme, content: bytes, name: str
) -> None:
    captain = person("Cao")
    entry = application(programme, captain, "Alpha", state="draft")
    client = browser(app, captain)
    for key in ("introduction", "deck"):
        client.post(f"/applications/{entry.id}/files/{key}",
                    data={key: (io.BytesIO(content), name), "section": "files"})  # fmt: skip
    assert db.session.scalars(select(EntryFile)).all() == []
    page = client.get(f"/applications/{entry.id}/draft/files").text
    assert "was not kept" in page
    assert "<script>alert" not in page


def test_a_script_is_no_logo(app: Flask, programme: Programme) -> None:
    root = browser(app, person("Root", administrator=True), "administrator:0")
    answer = root.post("/park", data={**TYPED, "logo": (io.BytesIO(SVG), "logo.png")})
    assert answer.status_code == 422
    assert "logo.png was not kept" in answer.text
    assert app.test_client().get("/logo").status_code == 404


def test_a_file_is_only_ever_an_attachment_that_nobody_sniffs(
    app: Flask, programme: Programme, tmp_path
) -> None:  # type: ignore[no-untyped-def]
    captain = person("Cao")
    entry = application(programme, captain, "Alpha", state="draft")
    client = browser(app, captain)
    deck = pdf(tmp_path / "deck").read_bytes()
    client.post(f"/applications/{entry.id}/files/deck", data={"deck": (io.BytesIO(deck), "deck.svg.html")})
    file = db.session.scalars(select(EntryFile)).one()
    answer = client.get(f"/applications/{entry.id}/files/{file.id}")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert db.session.get_one(StoredFile, file.file_id).media_type == "application/pdf"


BAD = ["\x00", "a\x00b", "\ud800", "x" * (1 << 20)]


@pytest.mark.parametrize("bad", BAD, ids=["nul", "nul inside", "lone surrogate", "a megabyte"])
@pytest.mark.parametrize("page", ["entry", "draft", "autosave", "team", "decision", "camp", "need"])
def test_what_cannot_be_stored_is_said_beside_its_field_on_every_page_and_breaks_none(
    app: Flask, programme: Programme, page: str, bad: str
) -> None:
    captain, rep = person("Cao"), person("Rep")
    entry = application(programme, captain, "Alpha")
    company = participation(programme, "Baidu", representative=rep)
    team_of(person("New"), "Beta")
    draft = f"/applications/{entry.id}/draft/project"
    where = {
        "entry": (person("Visitor"), f"/programmes/{programme.slug}/entry", {"team": bad, "project": "Fine"}),
        "draft": (captain, draft, {"summary": bad, "sector": "AI", "trl": "6"}),
        "autosave": (captain, f"{draft}?_method=patch", {"fields": "summary", "summary": bad}),
        "team": (captain, f"/teams/{entry.team_id}/members", {"name": bad, "mail": ""}),
        "decision": (olga(), f"/applications/{entry.id}/decision", {"to": "eligible", "reason": bad}),
        "camp": (olga(), f"/programmes/{programme.slug}", {"title-zh": bad, "title-en": "Kept words"}),
        "need": (rep, f"/companies/{company.company_id}/needs", {"title": bad, "problem": "Kept words"}),
    }  # fmt: skip
    account, path, form = where[page]
    before = dict(entry.answers)
    answer = browser(app, account).post(
        path, data={key: value.encode("utf-8", "surrogatepass") for key, value in form.items()}
    )
    assert answer.status_code in ({200} if page == "autosave" else {400, 413, 422}), (
        answer.status_code,
        answer.text[:300],
    )
    if page == "autosave":
        assert answer.json and answer.json["errors"]["summary"]
    db.session.expire_all()
    assert entry.answers == before
    assert entry.state == "submitted"
