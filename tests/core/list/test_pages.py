"""Keyset pages: each row once, whatever ties (case 35)."""

import base64
import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import product
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import insert

from campapp.core.db import db
from campapp.core.list.keyset import place
from campapp.core.search import search_values
from tests.core.list.rows import Entries, Entry

FORGED = [
    10**30,
    10**400,
    -1,
    "\0",
    "\ud800",
    1.5,
    True,
    None,
    {"d": "2026-01-01"},
    {"t": "2026-01-01"},
    {"n": "NaN"},
]
SECOND = datetime(2026, 11, 28, 15, 59, 59, tzinfo=UTC)
SORTS = [
    "",
    "name",
    "-name",
    "state",
    "-state",
    "score",
    "-score",
    "budget",
    "-budget",
    "due",
    "-due",
    "received",
]


def entries(number, **values):
    """So many rows, alike but for their names."""
    rows = [
        {"name": f"团队{n % 7}", "received_at": SECOND, "score": 80, "tags": [], **values}
        for n in range(number)
    ]
    for n, row in enumerate(rows):
        row.update({key: value(n) for key, value in values.items() if callable(value)})
        row.update(search_values(Entry, row))
    db.session.execute(insert(Entry), rows)
    db.session.commit()


def walked(listing, link):
    """The ids of every page, following a link until there is none."""
    seen = []
    while listing is not None:
        seen.append([row.id for row in listing.rows])
        assert len(seen) < 30, "the pages go round"
        url = getattr(listing, link)
        listing = Entries.from_url(urlsplit(url).query, "/entries") if url else None
    return seen


def test_walking_all_pages_gives_each_row_once(tables):
    entries(
        90,
        score=lambda n: 80 if n % 3 else 70,
        budget=lambda n: Decimal(n % 4) if n % 5 else None,
        due=lambda n: date(2026, 6, 1 + n % 3) if n % 2 else None,
        received_at=lambda n: SECOND if n % 6 else None,
    )
    for sort in SORTS:
        listing = Entries.from_url({"sort": sort}, "/entries")
        ids = [one for page in walked(listing, "older_url") for one in page]
        assert len(ids) == len(set(ids)) == 90
        assert ids == [row.id for row in listing.stream()]
        assert str(listing.total) == "90"


def test_walking_back_gives_the_same_pages(tables):
    entries(
        70,
        budget=lambda n: Decimal(n % 4) if n % 5 else None,
        received_at=lambda n: SECOND if n % 6 else None,
    )
    for sort in SORTS:
        listing = Entries.from_url({"sort": sort}, "/entries")
        forward = walked(listing, "older_url")
        for _ in forward[1:]:
            listing = Entries.from_url(urlsplit(listing.older_url).query, "/entries")
        back = walked(listing, "newer_url")
        assert [one for page in reversed(back) for one in page] == [one for page in forward for one in page]


def test_five_hundred_in_the_same_second_with_the_same_score(tables):
    entries(500)
    for sort in SORTS:
        pages = walked(Entries.from_url({"sort": sort}, "/entries"), "older_url")
        ids = [one for page in pages for one in page]
        assert len(pages) == 25
        assert len(set(ids)) == len(ids) == 500


def test_a_row_that_comes_in_between_shifts_nothing(tables):
    entries(45)
    first = Entries.from_url({}, "/entries")
    seen = [row.id for row in first.rows]
    following = first.older_url
    entries(5, received_at=SECOND + timedelta(seconds=1))
    second = Entries.from_url(urlsplit(following).query, "/entries")
    assert not set(seen) & {row.id for row in second.rows}
    assert len(second.rows) == 20


def test_the_page_says_what_of_how_many_is_shown(tables):
    entries(45)
    listing = Entries.from_url({}, "/entries")
    assert listing.range == "1–20 of 45"
    assert listing.newer_url is None
    listing = Entries.from_url(urlsplit(listing.older_url).query, "/entries")
    assert listing.range == "21–40 of 45"
    listing = Entries.from_url(urlsplit(listing.older_url).query, "/entries")
    assert (listing.range, listing.older_url) == ("41–45 of 45", None)
    listing = Entries.from_url(urlsplit(listing.newer_url).query, "/entries")
    assert listing.range == "21–40 of 45"


def test_an_empty_list_says_so(tables):
    listing = Entries.from_url({}, "/entries")
    assert (listing.range, listing.newer_url, listing.older_url) == ("No rows", None, None)


def test_a_count_stops_at_its_bound(tables, monkeypatch):
    monkeypatch.setattr("campapp.core.list.declared.BOUND", 10)
    entries(11)
    assert str(Entries.from_url({}, "/entries").total) == "10+"


def test_a_word_that_most_rows_hold_is_counted_among_its_newest_hits(tables, monkeypatch):
    monkeypatch.setattr("campapp.core.list.terms.COMMON", 3)
    monkeypatch.setattr("campapp.core.list.terms.ASKED", 6)
    monkeypatch.setattr("campapp.core.list.declared.COMMON", 4)
    entries(5, state="submitted")
    entries(5)

    def ranges(**asked):
        return Entries.from_url({"q": "团队", **asked}, "/entries").range

    assert [ranges(), ranges(state="draft"), ranges(state="submitted")] == [
        "1–10 of 10+", "1–5 of 5+", "1–5 of 5+",
    ]  # fmt: skip
    monkeypatch.setattr("campapp.core.list.terms.ASKED", 100)
    monkeypatch.setattr("campapp.core.list.declared.COMMON", 8)
    assert ranges(state="submitted") == "1–5 of 5"


def test_a_place_that_was_tampered_with_is_the_first_page(tables):
    entries(30)
    first = [row.id for row in Entries.from_url({}, "/entries").rows]
    for text in (
        "",
        "x",
        "W10",
        "bnVsbA",
        "WzEsMl0",
        "😀",
        "e30",
        "WzEsIngiLDJd",
        "WzAsbnVsbCxudWxsXQ",
        "A" * 9000,
    ):
        listing = Entries.from_url({"after": text}, "/entries")
        assert place(text, listing._keys) is None
        assert [row.id for row in listing.rows] == first


def test_no_forged_place_is_an_error(tables):
    entries(3)
    for sort, value in product(SORTS, FORGED):
        for forged in ([0, value, 1], [0, value, 10**12], [0, value, value]):
            text = base64.urlsafe_b64encode(json.dumps(forged).encode()).decode()
            listing = Entries.from_url({"after": text, "sort": sort}, "/entries")
            assert len(listing.rows) in range(4)


@pytest.mark.parametrize("rows", [1, 30])
def test_a_page_with_its_count_and_views_asks_the_same_statements(tables, statements, rows):
    entries(rows)

    def shown():
        listing = Entries.from_url({"q": "团队"}, "/entries")
        return [listing.rows, listing.range, listing.views, listing.newer_url, listing.older_url]

    on_sqlite = db.engine.dialect.name == "sqlite"
    assert statements(shown) == (5 if on_sqlite else 4)


def test_the_address_of_a_page_keeps_filters_and_order(tables):
    entries(45, state="submitted")
    listing = Entries.from_url({"state": "submitted", "sort": "-score"}, "/entries")
    asked = parse_qs(urlsplit(str(listing.older_url)).query)
    assert (asked["state"], asked["sort"]) == (["submitted"], ["-score"])
