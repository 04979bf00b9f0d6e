"""What travels packed: text that is long enough, for who can unpack it; and no file from outside its folder."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from flask import Flask, Response
from werkzeug.test import Client

from campapp.core.compress import PackedFiles, pack

LONG = "一支团队 " * 400


@pytest.fixture
def pages() -> Client:
    """A page, a short answer and a picture."""
    app = Flask(__name__)
    app.after_request(pack)
    app.add_url_rule("/page", view_func=lambda: LONG, endpoint="page")
    app.add_url_rule("/short", view_func=lambda: "ok", endpoint="short")
    app.add_url_rule(
        "/picture", view_func=lambda: Response(b"\0" * 5000, mimetype="image/png"), endpoint="picture"
    )
    return app.test_client()


@pytest.fixture
def files(tmp_path: Path) -> Client:
    """A folder of files before an application that says 418."""
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "app.js").write_text(LONG)
    (tmp_path / "secret.js").write_text(LONG)
    behind = Response("behind", status=418)
    return Client(PackedFiles(behind, tmp_path / "static", "/static/v-1/"))


def test_a_long_page_travels_packed_and_unpacks_to_itself(pages: Client) -> None:
    answer = pages.get("/page", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.data).decode() == LONG
    assert len(answer.data) == int(answer.headers["Content-Length"]) < 200


def test_who_cannot_unpack_gets_it_plain(pages: Client) -> None:
    answer = pages.get("/page")
    assert answer.get_data(as_text=True) == LONG
    assert answer.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("path", ["/short", "/picture"])
def test_what_gains_nothing_is_left_alone(pages: Client, path: str) -> None:
    assert "Content-Encoding" not in pages.get(path, headers={"Accept-Encoding": "gzip"}).headers


def test_a_script_is_served_from_memory_for_a_year(files: Client) -> None:
    answer = files.get("/static/v-1/app.js", headers={"Accept-Encoding": "gzip, br"})
    assert gzip.decompress(answer.data).decode() == LONG
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.mimetype == "text/javascript"


@pytest.mark.parametrize("path", ["/static/v-1/../secret.js", "/static/v-2/app.js", "/static/v-1/none.js"])
def test_everything_else_is_for_the_application(files: Client, path: str) -> None:
    assert files.get(path, headers={"Accept-Encoding": "gzip"}).status_code == 418
