"""Identity numbers: asked only where a rule needs them, masked at every door, opened with a reason that is logged."""

from __future__ import annotations

import io
import re
import zipfile
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from campapp.accounts.models import Account
from campapp.applications.actions.decision import decide
from campapp.applications.actions.draft import save_answer
from campapp.applications.actions.own_consent import declare_for_members
from campapp.applications.actions.prefill import prefilled
from campapp.applications.actions.submission import submit
from campapp.applications.models import Application
from campapp.core import clock
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.events import Event
from campapp.core.form import schema
from campapp.core.language import speaking
from campapp.core.text.codes import identity, masked_identity
from campapp.core.text.language import Unreadable
from campapp.pool.models import Project
from campapp.programmes.actions.form import change_form, clashes, faults_of, put_to_use
from campapp.programmes.actions.programme import set_staff
from campapp.programmes.models import FollowUp
from campapp.teams.actions import join_team, name_member
from campapp.teams.models import Member, Team
from tests.browser.walk import walk
from tests.cast import actor, browser, person
from tests.factories import BEFORE, application, camp, participation

NUMBER = "11010519491231002X"
OTHERS = ("E99887766", "440524188001010014")
"""What two people in the table give; the second has a card, the first a passport."""
FIELD = {"key": "card", "kind": "identity", "label_zh": "身份证", "label_en": "Identity card",
         "because_zh": "保税区入场登记", "because_en": "Entry to the bonded zone"}  # fmt: skip

PEOPLE: dict[str, Any] = {"key": "visitors", "kind": "table", "label_zh": "成员", "label_en": "Visitors", "again": True,
          "because_zh": "保税区入场登记", "because_en": "Entry to the bonded zone", "columns": [
              {"key": "name", "kind": "text", "label_zh": "姓名", "label_en": "Name"},
              {"key": "paper", "kind": "identity", "label_zh": "证件号", "label_en": "Number of the paper"},
          ]}  # fmt: skip


class Scene:
    def __init__(self) -> None:
        self.organiser, self.captain, self.rep, self.helper = (
            person("Olga"),
            person("Cao"),
            person("Rita"),
            person("Reader"),
        )
        self.programme = camp(self.organiser)
        with current.set(actor=actor(self.organiser)):
            change_form(self.programme, lambda d: {"sections": [*d["sections"], {
                "key": "more", "title_zh": "更多", "title_en": "More", "fields": [FIELD, PEOPLE]}]})  # fmt: skip
            put_to_use(self.programme)
        self.entry = application(self.programme, self.captain, "Mine", state="draft")
        with current.set(actor=SYSTEM):
            save_answer(self.entry, "card", NUMBER)
            rows = [{"name": "Wang", "paper": OTHERS[0]}, {"name": "Zhao", "paper": OTHERS[1]}]
            save_answer(self.entry, "visitors", rows)
            submit(self.entry, "n", agreed=("companies",))
            decide(self.entry, "eligible", quiet=True)
            decide(self.entry, "accepted", quiet=True)
            wang = name_member(db.session.get_one(Team, self.entry.team_id), "Wang")
            declare_for_members(self.entry, "companies", [wang.id], collected_on=BEFORE.date())
        self.row = participation(self.programme, "Far Ltd", representative=self.rep)


@pytest.fixture
def scene(app: Flask) -> Any:
    with clock.at(BEFORE):
        yield Scene()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("11010519491231002x", NUMBER), (" 110105 19491231 002X", NUMBER), ("e12345678", "E12345678"),
     ("H1234567(8)", None),
     ("110105194912310021", None), ("1234", None), ("9.11E+17", None)],
)  # fmt: skip
def test_cards_are_held_to_their_check_character_and_passports_pass(typed: str, kept: str | None) -> None:
    if kept is None:
        with pytest.raises(Unreadable):
            identity(typed)
    else:
        assert identity(typed) == kept


def test_the_mask_keeps_three_and_four_or_of_short_ones_one_and_two() -> None:
    assert masked_identity(NUMBER) == "110***********002X"
    assert masked_identity("E12345678") == "E******78"


def test_a_form_asks_for_it_only_with_the_rule_that_needs_it() -> None:
    bare = {key: value for key, value in FIELD.items() if not key.startswith("because")}
    document = {"sections": [{"key": "s", "title_en": "S", "title_zh": "", "fields": [bare]}]}
    assert "say which" in str(schema.problems(document)[0])
    document["sections"][0]["fields"] = [FIELD]
    assert schema.problems(document) == []


def whole(text: str) -> list[str]:
    """The numbers that stand there as they were given."""
    return [number for number in (NUMBER, *OTHERS) if number in text]


def test_it_stands_whole_at_no_door_the_teams_own_draft_among_them(app: Flask, scene: Scene) -> None:
    entry, slug = scene.entry, scene.programme.slug
    staff = browser(app, scene.organiser)
    shown = staff.get(f"/applications/{entry.id}").text
    for masked in ("110***********002X", "E******66", "440***********0014", "Wang"):
        assert masked in shown
    listing = f"/programmes/{slug}/applications"
    here = f"/applications/{entry.id}"
    for path in (here, f"{here}/paper/entry", listing, f"{listing}?as=csv", f"{listing}?as=json",
                 f"/programmes/{slug}/consents?as=csv"):  # fmt: skip
        assert not whole(staff.get(path).text), path
    for number in (NUMBER, *OTHERS):
        for path in (f"{listing}?q={number}", f"/search?q={number}"):
            assert "Mine" not in staff.get(path).text, path
    sheet = staff.get(f"{listing}?as=xlsx").data
    with zipfile.ZipFile(io.BytesIO(sheet)) as archive:
        assert not whole(
            "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
        )
    rep = browser(app, scene.rep)
    theirs = rep.get(f"/applications/{entry.id}").text
    assert "Wang" in theirs
    assert "Zhao" not in theirs  # who did not agree is no row of theirs
    for words in ("Identity card", "Number of the paper", "E******66"):
        assert words not in theirs
    root = browser(app, person("Root", administrator=True), "administrator:0")
    assert not whole(root.get("/events").text)
    captain = browser(app, scene.captain)
    for section in ("more", "project"):
        assert not whole(captain.get(f"{here}/draft/{section}").text), section
    draft = captain.get(f"{here}/draft/more").text
    assert "110***********002X" in draft
    assert "Entry to the bonded zone" in draft


def test_a_mask_that_comes_back_means_the_number_that_it_stands_for(app: Flask, scene: Scene) -> None:
    entry, captain = scene.entry, browser(app, scene.captain)
    here = f"/applications/{entry.id}/draft/more"
    masks = {
        "card": "110***********002X", "visitors-0-name": "Wang Lin", "visitors-0-paper": "E******66",
        "visitors-1-name": "Zhao", "visitors-1-paper": "440***********0014",
    }  # fmt: skip
    saved = captain.patch(here, data={**masks, "fields": ["card", "visitors-0-name"]}).get_json()
    assert saved["errors"] == {}
    db.session.expire_all()
    assert entry.answers["card"] == NUMBER
    assert entry.answers["visitors"] == [
        {"name": "Wang Lin", "paper": OTHERS[0]}, {"name": "Zhao", "paper": OTHERS[1]}
    ]  # fmt: skip
    assert captain.post(here, data=masks).status_code == 303
    strange = {**masks, "card": "120***********002X", "fields": ["card"]}
    assert "完整号码" in captain.patch(here, data=strange).get_json()["errors"]["card"]
    other = {**masks, "card": "E12345678", "fields": ["card"]}
    assert captain.patch(here, data=other).get_json()["errors"] == {}
    stale = {**masks, "card": "G55555555", "fields": ["card"], "version.card": "1"}
    theirs = captain.patch(here, data=stale).get_json()["changed"]["card"]
    assert "E******78" in theirs
    assert "E12345678" not in theirs
    db.session.expire_all()
    assert entry.answers["card"] == "E12345678"


def test_my_data_holds_a_members_own_number_whole_and_those_of_the_others_masked(
    app: Flask, scene: Scene
) -> None:
    wang = person("Wang")
    with current.set(actor=SYSTEM):
        place = db.session.scalars(select(Member).where(Member.name == "Wang")).one()
        join_team(place, wang)

    def handed(who: Account) -> str:
        answer = browser(app, who).post("/account/data")
        with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
            return archive.read("data.json").decode()

    assert set(whole(handed(wang))) == {NUMBER, OTHERS[0]}  # the first is asked of the team as such
    assert whole(handed(scene.captain)) == [NUMBER]
    assert "440***********0014" in handed(scene.captain)


class Asking:
    """A reader's browser as the walk over every page asks it; keeps what was read."""

    def __init__(self, client: FlaskClient) -> None:
        self.client, self.read = client, dict[str, str]()

    def get(self, path: str, max_redirects: int = 0) -> Any:
        answer = self.client.get(path)
        body = answer.data
        text = unpacked(body) if zipfile.is_zipfile(io.BytesIO(body)) else body.decode("utf-8", "replace")
        self.read[path] = text
        headers = {name.lower(): value for name, value in answer.headers.items()}
        return SimpleNamespace(status=answer.status_code, headers=headers, text=lambda: text)


def unpacked(body: bytes) -> str:
    """Everything that a spreadsheet or an archive holds."""
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


@pytest.mark.parametrize("who", ["organiser", "rep", "rival", "helper", "root", "nobody"])
def test_no_page_file_feed_or_export_that_others_reach_holds_a_number(
    app: Flask, scene: Scene, who: str
) -> None:
    rival = person("Rival")
    application(scene.programme, rival, "Theirs")
    with current.set(actor=SYSTEM):
        set_staff(scene.programme, scene.helper, "read-only")
    client = {
        "organiser": lambda: browser(app, scene.organiser), "rep": lambda: browser(app, scene.rep),
        "rival": lambda: browser(app, rival), "helper": lambda: browser(app, scene.helper),
        "root": lambda: browser(app, person("Root", administrator=True), "administrator:0"),
        "nobody": app.test_client,
    }[who]()  # fmt: skip
    asking = Asking(client)
    visited = walk(app, asking, "", each=3)  # type: ignore[arg-type]
    for path in (
        f"/applications/{scene.entry.id}",
        f"/programmes/{scene.programme.slug}/applications?as=json",
    ):
        asking.get(path)
    assert sum(one.status == 200 for one in visited) >= {"nobody": 3, "rival": 15}.get(who, 10)
    assert {path: found for path, text in asking.read.items() if (found := whole(text))} == {}
    if who in {"organiser", "rep"}:
        assert "Wang" in asking.read[f"/applications/{scene.entry.id}"]


def test_staff_open_it_with_a_reason_that_is_logged_and_others_never(app: Flask, scene: Scene) -> None:
    path = f"/applications/{scene.entry.id}/identities/card"
    staff = browser(app, scene.organiser)
    assert NUMBER not in staff.get(path).text
    assert staff.post(path, data={"reason": ""}).status_code == 422
    opened = staff.post(path, data={"reason": "gate list of 1 December"})
    assert NUMBER in opened.text
    assert opened.headers["Cache-Control"] == "private, no-store"
    event = db.session.scalars(select(Event).where(Event.name == "identity_opened")).one()
    assert (event.reason, event.details, event.account_id) == (
        "gate list of 1 December",
        {"key": "card"},
        scene.organiser.id,
    )
    for other in (scene.captain, scene.rep, person("Eve")):
        assert browser(app, other).post(path, data={"reason": "x"}).status_code == 404
    assert (
        staff.post(f"/applications/{scene.entry.id}/identities/summary", data={"reason": "x"}).status_code
        == 404
    )


def test_a_number_in_a_table_is_opened_by_its_row_and_column_with_a_reason(app: Flask, scene: Scene) -> None:
    path = f"/applications/{scene.entry.id}/identities/visitors/2/paper"
    staff = browser(app, scene.organiser)
    assert f'href="{path}"' in staff.get(f"/applications/{scene.entry.id}").text
    asked = staff.get(path)
    assert re.search("<h1>Visitors\\W.* 2.*Number of the paper</h1>", asked.text)
    assert not whole(asked.text)
    assert staff.post(path, data={"reason": ""}).status_code == 422
    assert whole(staff.post(path, data={"reason": "gate list"}).text) == [OTHERS[1]]
    event = db.session.scalars(select(Event).where(Event.name == "identity_opened")).one()
    assert (event.reason, event.details) == ("gate list", {"key": "visitors", "row": 2, "column": "paper"})
    for wrong in ("visitors/1/name", "visitors/3/paper", "visitors/0/paper", "card/1/paper"):
        answer = staff.post(f"/applications/{scene.entry.id}/identities/{wrong}", data={"reason": "x"})
        assert answer.status_code in {403, 404, 409}, wrong
    for other in (scene.captain, scene.rep, person("Eve")):
        assert browser(app, other).post(path, data={"reason": "x"}).status_code == 404


def test_a_table_that_asks_for_it_says_why_and_a_follow_up_does_not_ask(app: Flask, scene: Scene) -> None:
    bare = {key: value for key, value in PEOPLE.items() if not key.startswith("because")}
    document = {"sections": [{"key": "s", "title_en": "S", "title_zh": "", "fields": [bare]}]}
    with speaking("en"):
        assert "say which" in str(schema.problems(document)[0])
    later = FollowUp(programme_id=scene.programme.id, side="team", wanted_of="accepted", title_en="Who comes")
    db.session.add(later)
    db.session.flush()
    document["sections"][0]["fields"] = [PEOPLE]
    with speaking("en"):
        assert "in the entry form only" in str(faults_of(document, later)[0])


def test_a_column_of_numbers_never_becomes_a_column_of_text(scene: Scene) -> None:
    table = PEOPLE | {"columns": [PEOPLE["columns"][0], PEOPLE["columns"][1] | {"kind": "text"}]}
    document = {"sections": [{"key": "more", "title_en": "M", "title_zh": "", "fields": [table]}]}
    with speaking("en"):
        assert "another kind of question" in str(clashes(document, scene.programme)[0])


def test_the_next_entry_of_the_project_is_filled_with_the_table_but_not_with_numbers(scene: Scene) -> None:
    project = db.session.get_one(Project, scene.entry.project_id)
    team = db.session.get_one(Team, scene.entry.team_id)
    document = {"sections": [{"key": "s", "fields": [PEOPLE]}]}
    assert prefilled(document, project, team)["visitors"] == [{"name": "Wang"}, {"name": "Zhao"}]


def test_it_goes_when_the_programme_keeps_nothing_personal_any_more(app: Flask, scene: Scene) -> None:
    from datetime import UTC, datetime

    from campapp.park.actions.retention import apply_retention
    from campapp.pool.models import Snapshot

    with clock.at(datetime(2028, 12, 5, tzinfo=UTC)), current.set(actor=SYSTEM):
        apply_retention(scene.programme)
    db.session.rollback()
    kept = db.session.get_one(Application, scene.entry.id).answers
    assert "card" not in kept
    assert kept["visitors"] == [{"name": "Wang"}, {"name": "Zhao"}]
    for snapshot in db.session.scalars(select(Snapshot)):
        assert not whole(str(snapshot.document))
        assert snapshot.document["answers"]["summary"] == "We build it."
