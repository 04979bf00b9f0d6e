"""Identity numbers: asked only where a rule needs them, masked at every door, opened with a reason that is logged."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from campapp.applications.actions.decision import decide
from campapp.applications.actions.draft import save_answer
from campapp.applications.actions.submission import submit
from campapp.applications.models import Application
from campapp.core import clock
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.events import Event
from campapp.core.form import schema
from campapp.core.text.codes import identity, masked_identity
from campapp.core.text.language import Unreadable
from campapp.programmes.actions.form import change_form, put_to_use
from tests.cast import actor, browser, person
from tests.factories import BEFORE, application, camp, participation

NUMBER = "11010519491231002X"
FIELD = {"key": "card", "kind": "identity", "label_zh": "身份证", "label_en": "Identity card",
         "because_zh": "保税区入场登记", "because_en": "Entry to the bonded zone"}  # fmt: skip


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
                "key": "more", "title_zh": "更多", "title_en": "More", "fields": [FIELD]}]})  # fmt: skip
            put_to_use(self.programme)
        self.entry = application(self.programme, self.captain, "Mine", state="draft")
        with current.set(actor=SYSTEM):
            save_answer(self.entry, "card", NUMBER)
            submit(self.entry, "n", agreed=("companies",))
            decide(self.entry, "eligible", quiet=True)
            decide(self.entry, "accepted", quiet=True)
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


def test_it_stands_whole_at_no_door_but_the_teams_own_draft(app: Flask, scene: Scene) -> None:
    entry, slug = scene.entry, scene.programme.slug
    staff = browser(app, scene.organiser)
    assert "110***********002X" in staff.get(f"/applications/{entry.id}").text
    listing = f"/programmes/{slug}/applications"
    here = f"/applications/{entry.id}"
    for path in (here, f"{here}/print", listing, f"{listing}?as=csv", f"{listing}?as=json",
                 f"/programmes/{slug}/consents?as=csv"):  # fmt: skip
        assert NUMBER not in staff.get(path).text, path
    for path in (f"{listing}?q={NUMBER}", f"/search?q={NUMBER}"):
        assert "Mine" not in staff.get(path).text, path
    sheet = staff.get(f"{listing}?as=xlsx").data
    with zipfile.ZipFile(io.BytesIO(sheet)) as archive:
        assert NUMBER not in "".join(
            archive.read(name).decode("utf-8", "replace") for name in archive.namelist()
        )
    rep = browser(app, scene.rep)
    assert "Identity card" not in rep.get(f"/applications/{entry.id}").text
    root = browser(app, person("Root", administrator=True), "administrator:0")
    assert NUMBER not in root.get("/events").text
    captain = browser(app, scene.captain)
    assert NUMBER in captain.get(f"/applications/{entry.id}/draft/more", follow_redirects=True).text
    assert (
        "Entry to the bonded zone"
        in captain.get(f"/applications/{entry.id}/draft/more", follow_redirects=True).text
    )


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


def test_it_goes_when_the_programme_keeps_nothing_personal_any_more(app: Flask, scene: Scene) -> None:
    from datetime import UTC, datetime

    from campapp.park.actions.retention import apply_retention
    from campapp.pool.models import Snapshot

    with clock.at(datetime(2028, 12, 5, tzinfo=UTC)), current.set(actor=SYSTEM):
        apply_retention(scene.programme)
    db.session.rollback()
    assert "card" not in db.session.get_one(Application, scene.entry.id).answers
    for snapshot in db.session.scalars(select(Snapshot)):
        assert NUMBER not in str(snapshot.document)
        assert snapshot.document["answers"]["summary"] == "We build it."
