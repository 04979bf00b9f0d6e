"""A saved view is the list's URL under a name."""

import pytest

from campapp.core.access import Refused
from campapp.core.current import ANONYMOUS, Actor, Membership, current
from campapp.core.list.saved import drop_view, save_view, seal, views_of
from tests import cast
from tests.core.list.rows import Entries

ANN = Actor(account_id=1, name="Ann", membership=Membership("organiser", "programme", 3))
BEN = Actor(account_id=2, name="Ben", membership=Membership("organiser", "programme", 3))


def saved(name="Late", query="state=draft", shared=False):
    """A view of the entries."""
    return save_view(list_name="entries", place="", name=name, query=query, shared=shared)


def test_a_view_is_a_tab_with_its_count(tables):
    with current.set(actor=ANN):
        saved()
        views = Entries.from_url("state=draft", "/entries").views
    assert [(v["label"], v["url"], v["count"], v["active"]) for v in views] == [
        ("All", "/entries", "0", False),
        ("Submitted", "/entries?state=submitted", "0", False),
        ("Late", "/entries?state=draft", "0", True),
    ]


def test_the_same_name_is_written_over(tables):
    with current.set(actor=ANN):
        saved()
        saved(query="state=submitted")
        assert [view.query for view in views_of("entries", "")] == ["state=submitted"]


def test_others_see_a_view_only_when_it_is_shared(tables):
    with current.set(actor=ANN):
        saved("mine")
        saved("ours", shared=True)
    with current.set(actor=BEN):
        assert [view.name for view in views_of("entries", "")] == ["ours"]
        assert views_of("entries", "programme:4") == []
        with pytest.raises(Refused):
            drop_view(views_of("entries", "")[0])
    with current.set(actor=ANONYMOUS):
        assert views_of("entries", "") == []


def test_a_view_can_be_dropped(tables):
    with current.set(actor=ANN):
        drop_view(saved())
        assert views_of("entries", "") == []


def test_nobody_saves_a_view_unsigned(tables):
    with current.set(actor=ANONYMOUS), pytest.raises(Refused):
        saved()


def test_a_view_is_saved_from_its_page_and_dropped_again(app, tables):
    person = cast.person("Ann")
    browser = cast.browser(app, person)
    with current.set(actor=cast.actor(person)):
        sealed = seal("entries", "")
    asked = {"list": "entries", "place": "", "seal": sealed, "query": "state=draft", "back": "/entries"}
    assert "state=draft" in browser.get("/views/new", query_string=asked).text
    assert browser.post("/views", data=asked).status_code == 422
    answer = browser.post("/views", data={**asked, "name": "Late"})
    assert (answer.status_code, answer.location) == (303, "/entries?state=draft")
    with current.set(actor=cast.actor(person)):
        (view,) = views_of("entries", "")
        assert (view.name, view.query, view.shared) == ("Late", "state=draft", False)
    stranger = cast.browser(app, cast.person("Ben"))
    assert stranger.delete(f"/views/{view.id}").status_code == 404
    assert browser.delete(f"/views/{view.id}").status_code == 303
    with current.set(actor=cast.actor(person)):
        assert views_of("entries", "") == []


def test_a_view_leads_back_into_this_house_only(app, tables):
    person = cast.person("Ann")
    browser = cast.browser(app, person)
    with current.set(actor=cast.actor(person)):
        sealed = seal("entries", "")
    asked = {
        "list": "entries",
        "seal": sealed,
        "name": "Late",
        "query": "",
        "back": "https://elsewhere.example/x",
    }
    assert browser.post("/views", data=asked).location == "/"


def test_a_view_is_put_on_no_list_that_its_owner_did_not_open(app, tables):
    ann, ben = cast.person("Ann"), cast.person("Ben")
    with current.set(actor=cast.actor(ben)):
        bens = seal("entries", "programme:4")
    browser = cast.browser(app, ann)
    asked = {"list": "entries", "place": "programme:4", "name": "Win a prize", "query": "", "shared": "1"}
    for sealed in ("", "0" * 40, bens, "\N{LATIN SMALL LETTER E WITH ACUTE}"):
        assert browser.post("/views", data={**asked, "seal": sealed}).status_code == 404
    with current.set(actor=cast.actor(ben)):
        assert views_of("entries", "programme:4") == []
