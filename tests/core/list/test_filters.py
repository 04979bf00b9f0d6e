"""One declaration, three faces: what the URL asks, the statement gives, the words say."""

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import product

import pytest
from werkzeug.datastructures import MultiDict

from campapp.core.current import ANONYMOUS, current
from campapp.core.db import db
from tests.core.list.rows import Entries, Entry


@pytest.fixture
def planted(tables):
    """Four entries that differ in everything."""
    rows = [
        Entry(name="火花", note="人工智能芯片", code="A-1", state="draft", score=95, due=date(2026, 6, 30)),
        Entry(
            name="青禾",
            state="submitted",
            score=80,
            budget=Decimal(5_000_000),
            received_at=at("2026-06-30T15:59:59"),
        ),
        Entry(
            name="Spark",
            state="submitted",
            score=70,
            budget=Decimal(100),
            received_at=at("2026-06-30T16:00:00"),
        ),
        Entry(name="秘密", note="人工智能", state="returned", score=10, secret=True),
    ]
    db.session.add_all(rows)
    db.session.commit()


def at(text):
    """A moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def names(args):
    """The names that a URL gives."""
    listing = Entries.from_url(args, "/entries")
    assert not listing.problems
    return {row.name for row in listing.rows}


FOUND = {
    "": {"火花", "青禾", "Spark", "秘密"},
    "state=draft": {"火花"},
    "state=draft,submitted": {"火花", "青禾", "Spark"},
    "state=draft&state=submitted": {"火花", "青禾", "Spark"},
    "state=early": {"火花"},
    "state=early,submitted": {"火花", "青禾", "Spark"},
    "due_known=1": {"火花"},
    "due_known=0": {"青禾", "Spark", "秘密"},
    "due_known=0&due_known=1": {"火花", "青禾", "Spark", "秘密"},
    "due_from=2026-06-30&due_to=2026年6月30日": {"火花"},
    "due_to=2026-06-29": set(),
    "received_to=2026-06-30": {"青禾"},
    "received_from=2026-07-01": {"Spark"},
    "score_min=80": {"火花", "青禾"},
    "score_min=70&score_max=80": {"青禾", "Spark"},
    "budget_min=500万元": {"青禾"},
    "q=人工智能": {"火花", "秘密"},
    "q=A-1": {"火花"},
    "q=spa": {"Spark"},
    "q=": {"火花", "青禾", "Spark", "秘密"},
    "stall=1": set(),
}


def test_a_url_narrows_the_list(planted):
    assert {query: names(query) for query in FOUND} == FOUND


def test_who_sees_less_finds_less(planted):
    with current.set(actor=ANONYMOUS):
        assert names("q=人工智能") == {"火花"}
        assert str(Entries.from_url("", "/entries").total) == "3"
        listing = Entries.from_url("", "/entries")
        assert "secret" not in [heading.key for heading in listing.headings]
        spark = next(row for row in listing.rows if row.name == "火花")
        note = next(heading for heading in listing.headings if heading.key == "note")
        assert listing.cell(spark, note) == ""
        assert "人工智能芯片" not in b"".join(listing.export("csv").body).decode()


UNREADABLE = [
    "state=nonsense",
    "due_from=06/07/2026",
    "score_min=x",
    "score_min=9&score_max=8",
    "budget_min=1e999",
    "due_known=2",
    "stall=7",
    "score_min=" + "9" * 400,
    "score_min=NaN",
]


def test_what_cannot_be_read_narrows_nothing_and_is_told(planted):
    for query in UNREADABLE:
        listing = Entries.from_url(query, "/entries")
        assert len(listing.problems) == 1
        assert all(listing.problems.values())
        assert len(listing.rows) == 4


def test_nothing_that_is_asked_is_an_error(planted):
    keys = ["q", "state", "due_from", "score_min", "sort", "after", "before", "stall"]
    values = ["\0", "\ud800", "a" * 1_000_000, "'; DROP TABLE test_entries; --", "%", "*", '"']
    for key, value in product(keys, values):
        listing = Entries.from_url({key: value}, "/entries")
        assert len(listing.rows) in range(5)
        assert listing.url() and listing.range and listing.active is not None


def test_the_url_of_a_list_reads_back_as_the_same_list(planted):
    asked = MultiDict(
        [
            ("state", "submitted"),
            ("state", "draft"),
            ("score_min", "10"),
            ("q", " 人工 智能 "),
            ("sort", "-score"),
        ]
    )
    listing = Entries.from_url(asked, "/entries")
    again = Entries.from_url(listing.url().partition("?")[2], "/entries")
    assert again.wanted == listing.wanted and again.sort == listing.sort == "-score"
    assert again.url() == listing.url()


def test_defaults_are_left_out_of_the_url(planted):
    assert Entries.from_url("sort=-received&q=&state=&utm=x", "/entries").url() == "/entries"


def test_filters_read_as_words_and_each_can_be_taken_away(planted):
    listing = Entries.from_url(
        "state=draft,early&due_from=2026-06-30&budget_min=500万&q=火&due_known=1", "/entries"
    )
    assert dict(listing.filters_in_words()) == {
        "Search": "火",
        "State": "Draft, Early bird",
        "Due day known": "yes",
        "Due": "from 30 June 2026",
        "Budget": "from ¥5,000,000",
    }
    assert [one["label"] for one in listing.active] == ["State", "Due day known", "Due", "Budget"]
    assert listing.query == "火"
    without = Entries.from_url(listing.active[0]["url"].partition("?")[2], "/entries")
    assert "state" not in without.wanted and len(without.wanted) == 4


def test_the_toolbar_keeps_what_is_not_its_own(planted):
    listing = Entries.from_url("state=draft&due_from=2026-06-30&sort=score&q=火", "/entries")
    assert listing.kept == {"due_from": "2026-06-30", "sort": "score"}
    state = listing.choices[0]
    assert [(o["value"], o["active"]) for o in state["options"]] == [
        ("draft", True),
        ("submitted", False),
        ("early", False),
    ]


def test_a_heading_sorts_and_turns_round(planted):
    listing = Entries.from_url("sort=score", "/entries")
    score = next(heading for heading in listing.headings if heading.key == "score")
    assert (score.sorted, score.sort) == ("ascending", "/entries?sort=-score")
    code = next(heading for heading in listing.headings if heading.key == "code")
    assert (code.sorted, code.sort) == ("", "")
    assert [row.score for row in listing.rows] == [10, 70, 80, 95]


def test_names_stand_in_pinyin_order(planted):
    assert [row.name for row in Entries.from_url("sort=name", "/entries").rows] == [
        "火花",
        "秘密",
        "青禾",
        "Spark",
    ]


def test_a_bulk_form_chooses_rows_or_all_that_match(planted):
    ids = {row.name: row.id for row in Entries.from_url("", "/entries").rows}
    chosen = {"row": [str(ids["火花"]), str(ids["青禾"]), "x", "99999999999"], "state": "draft"}
    assert Entries.from_url(chosen, "/entries").selected(chosen) == [ids["火花"]]
    everything = {"all": "1", "state": "submitted"}
    assert set(Entries.from_url(everything, "/entries").selected(everything)) == {ids["青禾"], ids["Spark"]}
    with current.set(actor=ANONYMOUS):
        forged = {"row": [str(ids["秘密"])]}
        assert Entries.from_url(forged, "/entries").selected(forged) == []
