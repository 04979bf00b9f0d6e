"""A file that a form sends is looked at before anybody counts on it, whichever form it is."""

from __future__ import annotations

import io

import pytest
from flask import Flask

from campapp.core import files
from campapp.core.language import speaking
from campapp.core.sent import SCAN, file_sent, file_wanted, scan_sent
from campapp.core.text.language import Unreadable
from tests.core.soundness.making import paper, png


def test_what_is_whole_is_kept_under_its_name(app: Flask) -> None:
    with app.test_request_context(method="POST", data={"scan": (io.BytesIO(paper()), "盖章·扫描.pdf")}):
        kept = scan_sent("scan")
        assert kept is not None and kept.name == "盖章·扫描.pdf"
        assert files.place(kept.sha256).read_bytes() == paper()


@pytest.mark.parametrize(
    ("content", "why"),
    [(png()[:60], "not whole"), (paper()[:200], "damaged"), (b"", "no bytes"), (b"MZ program", "not a PDF, PNG, JPG"),
     (paper() + b"\n%" + b"x" * (2 << 20), "larger than 1 MB")],
)  # fmt: skip
def test_what_is_not_is_refused_with_its_name_and_why(app: Flask, content: bytes, why: str) -> None:
    with app.test_request_context(method="POST", data={"scan": (io.BytesIO(content), "盖章.pdf")}):
        with speaking("en"), pytest.raises(Unreadable, match=why) as refused:
            file_sent("scan", SCAN, 1)
        with speaking("en"):
            assert str(refused.value).startswith("盖章.pdf was not kept.")


def test_none_chosen_is_none_or_asked_for(app: Flask) -> None:
    with app.test_request_context(method="POST", data={}):
        assert scan_sent("scan") is None
        with speaking("en"), pytest.raises(Unreadable, match="Choose a file first"):
            file_wanted("scan", SCAN, 1)
