"""A large file comes in pieces over a bad line, and is an answer only once all of it is here and can be read."""

from __future__ import annotations

import base64
import io
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from campapp.accounts.models import Account
from campapp.applications.actions import file as file_actions
from campapp.applications.actions import upload as upload_actions
from campapp.applications.actions.submission import submit
from campapp.applications.models import Application, EntryFile
from campapp.core import clock, files
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.files import StoredFile
from campapp.core.upload import REMEMBERED, Upload, alone, append
from campapp.programmes.actions.programme import set_staff
from campapp.programmes.models import Programme
from tests.cast import browser, person
from tests.core.test_upload import pdf
from tests.factories import BEFORE, answer_what_is_required, application, camp

TUS = {"Tus-Resumable": "1.0.0"}


@pytest.fixture
def captain(app: Flask) -> Account:
    return person("Zhao")


@pytest.fixture
def entry(captain: Account) -> Application:
    return application(camp(), captain, "Spark", state="draft")


@pytest.fixture
def team(app: Flask, entry: Application, captain: Account) -> FlaskClient:
    return browser(app, captain, f"member:{entry.team_id}")


def begin(team: FlaskClient, entry: Application, size: int, name: str = "路演.pdf") -> str:
    named = base64.b64encode(name.encode()).decode()
    headers = {**TUS, "Upload-Length": str(size), "Upload-Metadata": f"filename {named}"}
    answer = team.post(f"/applications/{entry.id}/files/deck/uploads", headers=headers)
    assert answer.status_code == 201, answer.text
    return str(answer.location)


def piece(team: FlaskClient, place: str, offset: int, data: bytes) -> tuple[int, str | None]:
    headers = {**TUS, "Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
    answer = team.patch(place, data=data, headers=headers)
    return answer.status_code, answer.headers.get("Upload-Offset")


def test_a_file_in_two_pieces_becomes_an_answer_with_the_last(
    team: FlaskClient, entry: Application, tmp_path: Path
) -> None:
    content = pdf(tmp_path / "deck").read_bytes()
    place = begin(team, entry, len(content))
    assert piece(team, place, 0, content[:300]) == (204, "300")
    assert team.head(place, headers=TUS).headers["Upload-Offset"] == "300"
    draft = team.get(f"/applications/{entry.id}/draft/files").text
    assert "300 Bytes" in draft and "Choose the same file to go on" in draft
    assert db.session.scalars(select(EntryFile)).all() == []
    assert piece(team, place, 300, content[300:]) == (204, str(len(content)))
    row = db.session.scalars(select(EntryFile)).one()
    stored = db.session.get_one(StoredFile, row.file_id)
    assert (row.key, stored.name) == ("deck", "路演.pdf")
    assert files.place(stored.sha256).read_bytes() == content
    assert db.session.scalars(select(Upload.id).where(Upload.finished_at.is_(None))).all() == []


def test_a_piece_that_does_not_continue_changes_nothing(team: FlaskClient, entry: Application) -> None:
    place = begin(team, entry, 1000)
    assert piece(team, place, 0, b"x" * 100) == (204, "100")
    assert piece(team, place, 50, b"y" * 100) == (409, "100")
    assert piece(team, place, 100, b"x" * 100) == (204, "200")


def test_a_file_that_cannot_be_read_is_refused_with_words_and_leaves_nothing(
    team: FlaskClient, entry: Application
) -> None:
    place = begin(team, entry, 40)
    headers = {**TUS, "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
    answer = team.patch(place, data=b"%PDF-1.7 and then nothing that one reads", headers=headers)
    assert answer.status_code == 422
    assert "damaged" in answer.get_json()["error"]
    assert db.session.scalars(select(Upload.id).where(Upload.finished_at.is_(None))).all() == []
    assert list((files.place("").parent.parent / "partial").glob("*")) == []


def test_more_than_the_field_takes_is_refused_before_a_byte_is_sent(
    team: FlaskClient, entry: Application
) -> None:
    answer = team.post(
        f"/applications/{entry.id}/files/deck/uploads", headers={**TUS, "Upload-Length": str(3 << 30)}
    )
    assert answer.status_code == 413


def test_another_team_neither_sees_nor_continues_an_upload(
    app: Flask, team: FlaskClient, entry: Application
) -> None:
    place = begin(team, entry, 1000)
    qian = person("Qian")
    other = application(camp(title="Another camp"), qian, "Ember", state="draft")
    stranger = browser(app, qian, f"member:{other.team_id}")
    assert stranger.head(place, headers=TUS).status_code == 404
    assert piece(stranger, place, 0, b"x")[0] == 404
    assert stranger.delete(place, headers=TUS).status_code == 404


def test_who_lost_the_last_answer_is_told_again_that_all_is_here(
    team: FlaskClient, entry: Application, tmp_path: Path
) -> None:
    content = pdf(tmp_path / "deck").read_bytes()
    place, size = begin(team, entry, len(content)), str(len(content))
    piece(team, place, 0, content)
    assert team.head(place, headers=TUS).headers["Upload-Offset"] == size
    assert piece(team, place, len(content) - 9, content[-9:]) == (409, size)
    assert len(standing()) == 1
    assert "Choose the same file to go on" not in team.get(f"/applications/{entry.id}/draft/files").text
    with clock.at(clock.now() + 2 * REMEMBERED):
        assert team.head(place, headers=TUS).status_code == 404


def test_a_file_whose_process_died_with_the_last_piece_is_finished_by_whoever_comes_back(
    team: FlaskClient, entry: Application, tmp_path: Path
) -> None:
    content = pdf(tmp_path / "deck").read_bytes()
    place = begin(team, entry, len(content))
    append(db.session.scalars(select(Upload)).one(), 0, io.BytesIO(content))
    last = len(content) - 1
    assert team.head(place, headers=TUS).headers["Upload-Offset"] == str(last)
    assert piece(team, place, last, content[last:]) == (204, str(len(content)))
    row = db.session.scalars(select(EntryFile)).one()
    assert team.get(f"/applications/{entry.id}/files/{row.id}").data == content


def test_while_one_request_writes_or_looks_at_a_file_no_other_touches_it(
    team: FlaskClient, entry: Application, tmp_path: Path
) -> None:
    content = pdf(tmp_path / "deck").read_bytes()
    place = begin(team, entry, len(content))
    upload = db.session.scalars(select(Upload)).one()
    append(upload, 0, io.BytesIO(content))
    with alone(upload):
        assert piece(team, place, len(content) - 1, b"?")[0] == 409
    assert upload.place.read_bytes() == content


def test_an_empty_file_is_refused_with_words_either_way(team: FlaskClient, entry: Application) -> None:
    place = f"/applications/{entry.id}/files/deck"
    answer = team.post(f"{place}/uploads", headers={**TUS, "Upload-Length": "0"})
    assert (answer.status_code, "no bytes" in answer.json["error"]) == (422, True)  # type: ignore[index]
    team.post(place, data={"deck": (io.BytesIO(b""), "路演.pdf")})
    assert "路演.pdf was not kept" in team.get(f"/applications/{entry.id}/draft/files").text


@pytest.mark.parametrize("name", ["买买提·吐尔逊 🚀.pdf", "长" * 196 + ".pdf", "../../etc/路演.pdf"])
def test_a_file_keeps_its_name_on_the_way_and_in_the_answer(
    team: FlaskClient, entry: Application, tmp_path: Path, name: str
) -> None:
    content, seen = pdf(tmp_path / "deck").read_bytes(), name.rpartition("/")[2]
    place = begin(team, entry, len(content), name)
    piece(team, place, 0, content[:100])
    assert seen in team.get(f"/applications/{entry.id}/draft/files").text
    piece(team, place, 100, content[100:])
    assert seen in team.get(f"/applications/{entry.id}/draft/files").text
    (row,) = standing()
    answer = team.get(f"/applications/{entry.id}/files/{row}")
    assert quote(seen) in answer.headers["Content-Disposition"]


def test_two_files_of_one_name_are_two_answers(team: FlaskClient, entry: Application, tmp_path: Path) -> None:
    first = pdf(tmp_path / "deck").read_bytes()
    for content in (first, first + b"\n% another"):
        piece(team, begin(team, entry, len(content)), 0, content)
    places = [f"/applications/{entry.id}/files/{row}" for row in standing()]
    assert [team.get(place).data for place in places] == [first, first + b"\n% another"]


def test_an_upload_can_be_given_up(team: FlaskClient, entry: Application) -> None:
    place = begin(team, entry, 1000)
    piece(team, place, 0, b"x" * 100)
    assert team.delete(place, headers=TUS).status_code == 204
    assert team.head(place, headers=TUS).status_code == 404


def test_a_pdf_is_shown_page_by_page_as_pictures(
    team: FlaskClient, entry: Application, tmp_path: Path
) -> None:
    content = pdf(tmp_path / "deck").read_bytes()
    piece(team, begin(team, entry, len(content)), 0, content)
    row = db.session.scalars(select(EntryFile)).one()
    sheets = f"/applications/{entry.id}/files/{row.id}/sheets"
    assert f'src="{sheets}/1"' in team.get(sheets).text
    for _ in range(2):  # drawn, then kept
        picture = team.get(f"{sheets}/1")
        assert picture.data.startswith(b"\x89PNG")
    assert team.get(f"{sheets}/2").status_code == 404


def test_no_entry_fills_the_disk_with_files_that_never_end(
    team: FlaskClient, entry: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upload_actions, "MOST_UNDER_WAY", 2)
    place = begin(team, entry, 1000)
    begin(team, entry, 1000)
    headers = {**TUS, "Upload-Length": "1000"}
    answer = team.post(f"/applications/{entry.id}/files/deck/uploads", headers=headers)
    assert answer.status_code == 422
    assert "2 files are on their way" in answer.json["error"]  # type: ignore[index]
    team.delete(place, headers=TUS)
    begin(team, entry, 1000)


def test_what_was_taken_away_comes_back_only_where_it_could_be_given_anew(
    team: FlaskClient, entry: Application, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = pdf(tmp_path / "deck").read_bytes()
    monkeypatch.setattr(file_actions, "MOST_FILES", 1)
    piece(team, begin(team, entry, len(content)), 0, content)
    (first,) = standing()
    team.delete(f"/applications/{entry.id}/files/{first}")
    piece(team, begin(team, entry, len(content)), 0, content)
    (second,) = standing()
    undo = f"/applications/{entry.id}/files/{first}/removal"
    team.delete(undo)
    assert standing() == [second]  # the field is full again
    team.delete(f"/applications/{entry.id}/files/{second}")
    team.delete(undo)
    assert standing() == [first]
    team.delete(f"/applications/{entry.id}/files/{first}")
    db.session.get_one(Application, entry.id).state = "withdrawn"
    db.session.commit()
    team.delete(undo)
    assert standing() == []


def standing() -> list[int]:
    """The files that are part of the entry."""
    db.session.rollback()
    return list(db.session.scalars(select(EntryFile.id).where(EntryFile.removed_at.is_(None))))


def test_a_file_that_was_not_submitted_is_seen_by_the_team_only(
    app: Flask, team: FlaskClient, entry: Application, tmp_path: Path
) -> None:
    organiser = person("Olga")
    with current.set(actor=SYSTEM):
        set_staff(db.session.get_one(Programme, entry.programme_id), organiser, "owner")
    staff = browser(app, organiser, f"organiser:{entry.programme_id}")
    content = pdf(tmp_path / "deck").read_bytes()
    piece(team, begin(team, entry, len(content)), 0, content)
    (first,) = standing()
    with clock.at(BEFORE), current.set(actor=SYSTEM):
        answer_what_is_required(entry)
        submit(entry, "first")
    place = f"/applications/{entry.id}/files"
    assert staff.get(f"{place}/{first}").status_code == 200
    team.delete(f"{place}/{first}")
    more = content + b"\n% later"
    piece(team, begin(team, entry, len(more), "later.pdf"), 0, more)
    (second,) = standing()
    assert team.get(f"{place}/{second}").data == more
    assert staff.get(f"{place}/{first}").status_code == 200  # what was submitted keeps it
    assert staff.get(f"{place}/{second}").status_code == 404
    assert "later.pdf" not in staff.get(f"/applications/{entry.id}").text
    with clock.at(BEFORE), current.set(actor=SYSTEM):
        submit(db.session.get_one(Application, entry.id), "second")
    assert staff.get(f"{place}/{first}").status_code == 404
    assert staff.get(f"{place}/{second}").data == more
