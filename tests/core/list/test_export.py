"""Every export opens in a spreadsheet without running a formula, and comes back as it was (cases 11, 12, 13)."""

import csv
import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from werkzeug.exceptions import NotFound

from campapp.core import clock
from campapp.core.db import db
from tests.core.list.rows import Entries, Entry

NASTY = [
    '=HYPERLINK("http://x","y")',
    "+86 10 5555",
    "-5 °C",
    "@channel",
    "\ttab",
    "'=quoted",
    "'plain",
    'a,b;"c"',
    "＝1",
]


@pytest.fixture
def planted(tables):
    """Entries with names that a spreadsheet would run, and one with a value of each kind."""
    db.session.add_all(Entry(name=name, code="007") for name in NASTY)
    db.session.add(
        Entry(
            name="团队",
            code="91000000DEM0000019",
            note="110105194912310025",
            score=-5,
            budget=Decimal("5000000.50"),
            due=date(2026, 6, 30),
            received_at=datetime(2026, 6, 30, 16, 0, tzinfo=UTC),
            tags=["AI", "5G"],
        )
    )
    db.session.commit()


def exported(kind, query="sort=name"):
    """A file's bytes."""
    with clock.at(datetime(2026, 6, 30, 16, 0, tzinfo=UTC)):
        return Entries.from_url(query, "/entries").export(kind)


def test_csv_runs_nothing_and_opens_as_utf8(planted):
    made = b"".join(exported("csv").body)
    assert made.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(made.decode("utf-8-sig"))))
    assert not [row for row in rows if row["Name"][0] in "=+-@\t\r＝"]
    team = next(row for row in rows if row["Name"] == "团队")
    assert team["Code"] == "91000000DEM0000019"
    assert (team["Score"], team["Budget"]) == ("-5", "5000000.50")
    assert (team["Due"], team["Received"]) == ("2026-06-30", "2026-07-01 00:00:00")
    assert (team["Tags"], team["Secret"]) == ("AI, 5G", "no")


def test_xlsx_holds_text_as_text_and_codes_whole(planted):
    export = exported("xlsx")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(export.body)))
    page = book["List"]
    head = [cell.value for cell in page[1]]
    cells = {row[0].value: dict(zip(head, row, strict=True)) for row in page.iter_rows(min_row=2)}
    assert set(NASTY) <= set(cells)
    assert all(cell.data_type != "f" for row in page.iter_rows() for cell in row)
    team = cells["团队"]
    assert (team["Code"].value, team["Note"].value) == ("91000000DEM0000019", "110105194912310025")
    assert team["Note"].data_type == "s"
    assert (team["Score"].value, team["Budget"].value) == (-5, 5000000.5)
    assert (team["Due"].value, team["Received"].value) == (datetime(2026, 6, 30), datetime(2026, 7, 1))  # noqa: DTZ001
    assert cells[NASTY[0]]["Code"].value == "007"


def test_xlsx_says_what_it_is(planted):
    book = openpyxl.load_workbook(io.BytesIO(b"".join(exported("xlsx", "state=draft").body)))
    lines = [row[0].value for row in book["About"].iter_rows()]
    assert "As of 1 July 2026, 00:00 (Beijing time)" in lines
    assert "State: Draft" in lines


def test_json_tells_values_by_key(planted):
    rows = json.loads(b"".join(exported("json", "q=团队").body))
    assert rows == [
        {
            "name": "团队", "code": "91000000DEM0000019", "note": "110105194912310025", "state": "draft", "score": -5,
            "budget": "5000000.50", "due": "2026-06-30", "received": "2026-06-30T16:00:00Z", "tags": "AI, 5G",
            "secret": False,
        }
    ]  # fmt: skip


def test_labels_are_in_the_readers_language(planted, reading):
    from campapp.core.text.language import lazy_gettext

    with reading("zh_CN"):
        assert str(lazy_gettext("Search")) == "搜索"


def test_the_file_is_an_attachment_with_its_own_name(planted):
    answer = exported("csv").answer()
    assert answer.headers["Content-Disposition"] == "attachment; filename=entries-20260701-0000.csv"
    answer.close()


def test_another_kind_of_file_does_not_exist(planted):
    with pytest.raises(NotFound):
        exported("exe")


def test_an_export_counts_what_the_page_counts(planted):
    listing = Entries.from_url("state=draft", "/entries")
    assert len(list(listing.stream())) == listing.total.n == len(NASTY) + 1
