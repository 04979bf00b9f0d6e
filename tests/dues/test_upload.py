"""A follow-up's file comes in pieces too, from its own side only, and its pages are pictures."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from campapp.core import clock
from campapp.core.db import db
from campapp.core.files import StoredFile
from campapp.core.upload import Upload
from campapp.dues.actions import answer
from campapp.dues.models import DueFile
from tests.cast import browser
from tests.core.test_upload import pdf
from tests.dues.test_dues import DUE, Scene, asked
from tests.dues.test_dues import scene as scene  # the fixture

TUS = {"Tus-Resumable": "1.0.0"}


def begin(client: FlaskClient, page: str, size: int, key: str = "deck") -> tuple[int, str]:
    named = base64.b64encode("路演.pdf".encode()).decode()
    headers = {**TUS, "Upload-Length": str(size), "Upload-Metadata": f"filename {named}"}
    answer = client.post(f"{page}/files/{key}/uploads", headers=headers)
    return answer.status_code, str(answer.location)


def piece(client: FlaskClient, place: str, offset: int, data: bytes) -> int:
    headers = {**TUS, "Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
    return client.patch(place, data=data, headers=headers).status_code


@pytest.fixture
def content(tmp_path: Path) -> bytes:
    return pdf(tmp_path / "deck").read_bytes()


def test_a_file_in_two_pieces_is_handed_in_with_the_last(scene: Scene, content: bytes) -> None:
    status, place = begin(scene.client, scene.page, len(content))
    assert status == 201
    assert piece(scene.client, place, 0, content[:200]) == 204
    assert scene.states()["deck"] == "owed"
    shown = scene.client.get(scene.page).text
    assert (
        "Choose the same file to go on" in shown
        and f'data-uploads="{scene.page}/files/deck/uploads"' in shown
    )
    assert scene.client.head(place, headers=TUS).headers["Upload-Offset"] == "200"
    assert piece(scene.client, place, 200, content[200:]) == 204
    assert scene.states()["deck"] == "given"
    assert db.session.scalars(select(Upload.id).where(Upload.finished_at.is_(None))).all() == []
    stored = db.session.scalars(select(StoredFile).order_by(StoredFile.id.desc())).first()
    assert stored is not None and stored.name == "路演.pdf" and stored.size == len(content)


def test_the_pages_of_a_handed_in_pdf_are_pictures_for_both_sides_and_nobody_else(
    app: Flask, scene: Scene, content: bytes
) -> None:
    _status, place = begin(scene.client, scene.page, len(content))
    piece(scene.client, place, 0, content)
    file = db.session.scalars(select(DueFile)).one()
    for client in (scene.client, scene.staff):
        assert f"/due-files/{file.id}/sheets" in client.get(scene.page).text
        assert f"/due-files/{file.id}/sheets/1" in client.get(f"/due-files/{file.id}/sheets").text
        assert client.get(f"/due-files/{file.id}/sheets/1").mimetype.startswith("image/")
    for somebody in (scene.rival, scene.rep):
        assert browser(app, somebody).get(f"/due-files/{file.id}/sheets").status_code == 404
        assert browser(app, somebody).get(f"/due-files/{file.id}/sheets/1").status_code == 404


def test_nobody_else_sends_asks_or_gives_up_a_piece(app: Flask, scene: Scene, content: bytes) -> None:
    _status, place = begin(scene.client, scene.page, len(content))
    for somebody in (scene.rival, scene.rep, scene.organiser):
        client = browser(app, somebody)
        assert begin(client, scene.page, 10)[0] == 404
        assert client.head(place, headers=TUS).status_code == 404
        assert piece(client, place, 0, content) == 404
        assert client.delete(place).status_code == 404
    assert piece(scene.client, place, 0, content) == 204


def test_what_cannot_be_taken_is_said_and_nothing_of_it_stays(scene: Scene) -> None:
    _status, place = begin(scene.client, scene.page, 9)
    told = scene.client.patch(place, data=b"MZ no pdf", headers={
        **TUS, "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"})  # fmt: skip
    assert told.status_code == 422 and "路演.pdf" in told.json["error"]  # type: ignore[index]
    assert db.session.scalars(select(Upload.id).where(Upload.finished_at.is_(None))).all() == []
    assert scene.states()["deck"] == "owed"


def test_an_upload_is_given_up_by_its_button(scene: Scene, content: bytes) -> None:
    _status, place = begin(scene.client, scene.page, len(content))
    partial = db.session.scalars(select(Upload)).one().place
    piece(scene.client, place, 0, content[:100])
    assert partial.exists()
    assert scene.client.delete(place).location == scene.page
    assert not partial.exists() and db.session.scalars(select(Upload)).all() == []


def test_after_its_date_nothing_begins(scene: Scene) -> None:
    deck = {"key": "deck", "kind": "file", "label_en": "Deck", "label_zh": "路演材料", "kinds": ["pdf"]}
    row = asked(scene.programme, document={"sections": [{"key": "s", "title_en": "S", "fields": [deck]}]})
    page = f"/applications/{scene.entry.id}/follow-ups/{row.id}"
    with clock.at(DUE.replace(day=26)):
        assert begin(scene.client, page, 10)[0] == 422
    assert begin(scene.client, page, 10)[0] == 201


def test_a_company_sends_its_file_in_pieces(app: Flask, scene: Scene, content: bytes) -> None:
    row = asked(scene.programme, "company:confirmed")
    rep, page = browser(app, scene.rep), f"/participations/{scene.part.id}/follow-ups/{row.id}"
    status, place = begin(rep, page, len(content))
    assert (status, piece(rep, place, 0, content)) == (201, 204)
    assert "路演.pdf" in rep.get(page).text


def test_what_was_taken_away_comes_back_only_where_it_could_be_given_anew(
    scene: Scene, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answer, "MOST_FILES", 1)

    def given() -> int:
        piece(scene.client, begin(scene.client, scene.page, len(content))[1], 0, content)
        (row,) = db.session.scalars(select(DueFile.id).where(DueFile.removed_at.is_(None)))
        return row

    first = given()
    scene.client.delete(f"/due-files/{first}")
    second = given()
    refused = scene.client.delete(f"/due-files/{first}/removal", follow_redirects=True)
    assert "files at most are possible here" in refused.text
    assert list(db.session.scalars(select(DueFile.id).where(DueFile.removed_at.is_(None)))) == [second]
    scene.client.delete(f"/due-files/{second}")
    assert (
        "The file is back" in scene.client.delete(f"/due-files/{first}/removal", follow_redirects=True).text
    )
