"""What a form keeps from somebody stands at no door of theirs: no page, export, search or feed, nor in a message.

The form is every combination of kind, readers and confidentiality; every answer is a mark of its own; every address
of the map, and whatever links lead to from there, is asked as each role. Who may read what is said here once more.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from stdnum.cn import ric

from campapp.accounts.models import Account
from campapp.applications.actions.decision import decide
from campapp.applications.actions.draft import save_answer
from campapp.applications.actions.submission import submit
from campapp.applications.models import Application
from campapp.core import clock
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.outbox import Delivery
from campapp.messages.actions import expand
from campapp.programmes.actions.form import change_form, put_to_use
from campapp.scheduling.actions.publication import publish
from tests.access.everywhere import answers
from tests.access.outsiders import outsiders
from tests.cast import browser, person
from tests.factories import BEFORE, application, camp, participation
from tests.outcomes.arranged import Day, add_meeting

Declared = dict[str, Any]
READERS: tuple[list[str] | None, ...] = (None, [], ["companies"], ["judges"])
BLANKS = re.compile(r"[\s\u00a0-]+")
one_database = pytest.mark.parametrize("park", ["sqlite"], indirect=True)
"""It is asked who reads what; that both databases answer a sight alike is asked elsewhere."""
ROLES = (
    "visitor",
    "member",
    "representative",
    "organiser",
    "company",
    "company that signed",
    "staff",
    "administrator",
)


@dataclass
class Secret:
    """A question, its answer, and the marks by which it is known again."""

    asked: Declared
    answer: Any
    marks: dict[str, str] = field(default_factory=dict)
    """Mark → `text`, `phone` or `identity`."""

    def may(self, role: str, kind: str) -> bool:
        """Whether this role reads the mark whole."""
        if kind == "identity" or role not in {"company", "company that signed", "staff", "administrator"}:
            return False
        if role in {"staff", "administrator"}:
            return True
        shown = "companies" in self.asked.get("seen_by", ["companies"])
        return (
            shown and kind == "text" and (role == "company that signed" or not self.asked.get("confidential"))
        )


def secret(number: int, kind: str, seen_by: list[str] | None, confidential: bool) -> Secret:
    """One of each combination; the answer of a draft is of the same kind."""
    word, phone = f"mark{number:03d}k", f"138001{number:05d}"
    asked: Declared = {
        "key": f"own{number}",
        "kind": kind,
        "label_zh": f"问{number}",
        "label_en": f"Own {number}",
    }
    asked |= {"seen_by": seen_by} if seen_by is not None else {}
    asked |= {"confidential": True} if confidential else {}
    if kind == "identity":
        bare = f"11010519491231{number:03d}"
        card = bare + ric.calc_check_digit(bare)
        return Secret({**asked, "because_zh": "入场", "because_en": "Entry"}, card, {card: kind})
    if kind == "phone":
        return Secret(asked, f"+86{phone}", {phone: kind})
    if kind == "table":
        columns = [{"key": key, "kind": key, "label_zh": key, "label_en": key} for key in ("text", "phone")]
        rows = [{"text": word, "phone": f"+86{phone}"}]
        return Secret({**asked, "columns": columns}, rows, {word: "text", phone: "phone"})
    return Secret(asked, word, {word: "text"})


def secrets(first: int) -> list[Secret]:
    """All combinations, numbered from here on."""
    kinds = ("text", "long", "phone", "identity", "table")
    return [secret(first + n, *one) for n, one in enumerate(product(kinds, READERS, (False, True)))]


class Scene(Day):
    """A published day; a team with secrets in what was submitted, others in the draft beside it."""

    def __init__(self) -> None:
        self.submitted, self.drafted = secrets(0), secrets(500)
        self.organiser, self.captain = person("Olga"), person("Cao")
        self.representative, self.signatory = person("Rep"), person("Signatory")
        with clock.at(BEFORE):
            self.programme = camp(self.organiser)
            self.entry = self._entry()
            self.company = participation(self.programme, "Baidu", representative=self.representative)
            self.signed = participation(self.programme, "Inspur", representative=self.signatory)
            with current.set(actor=SYSTEM):
                for row in (self.company, self.signed):
                    add_meeting(self.programme, self.entry, row)
                publish(self.programme, seen=0)
        self.meetings = []

    def _entry(self) -> Application:
        own = {
            "key": "own",
            "title_zh": "其他",
            "title_en": "More",
            "fields": [one.asked for one in self.submitted],
        }
        entry = application(self.programme, self.captain, "Alpha", state="draft")
        with current.set(actor=SYSTEM):
            change_form(self.programme, lambda standing: {"sections": [*standing["sections"], own]})
            put_to_use(self.programme)
            for one in self.submitted:
                save_answer(entry, one.asked["key"], one.answer)
            submit(entry, "once", agreed=("companies",))
            for state in ("eligible", "accepted"):
                decide(entry, state)
            for one, other in zip(self.submitted, self.drafted, strict=True):
                save_answer(entry, one.asked["key"], other.answer)
        return entry

    def clients(self, app: Flask) -> dict[str, FlaskClient]:
        """Each role's browser: those who have no business here, and those who have."""
        root: Account = person("Root", administrator=True)
        found = outsiders(app) | {
            "company": browser(app, self.representative, f"representative:{self.company.company_id}"),
            "company that signed": browser(app, self.signatory, f"representative:{self.signed.company_id}"),
            "staff": browser(app, self.organiser, f"organiser:{self.programme.id}"),
            "administrator": browser(app, root, "administrator:0"),
        }
        found["company that signed"].post(f"/participations/{self.signed.id}/non-disclosure")
        return found


@one_database
@pytest.mark.parametrize("role", ROLES)
def test_what_a_form_keeps_from_somebody_stands_at_no_door_of_theirs(app: Flask, role: str) -> None:
    scene = Scene()
    client = scene.clients(app)[role]
    with clock.at(BEFORE):
        client.post("/me/feed")
        leaks, seen, asked = [], set(), 0
        listing = f"/programmes/{scene.programme.slug}/applications"
        exports = [f"{listing}?as={kind}" for kind in ("csv", "xlsx", "json")]
        for address, status, said in answers(app, client, scene, f"/applications/{scene.entry.id}", *exports):
            asked += status == 200
            plain = BLANKS.sub("", said)
            for one in (*scene.submitted, *scene.drafted):
                for mark, kind in one.marks.items():
                    if mark in plain and (one in scene.drafted or not one.may(role, kind)):
                        leaks.append(f"{address}: {one.asked} shows its {kind}")
                    elif mark in plain:
                        seen.add(mark)
    assert leaks[:5] == []
    assert asked > 5
    may = {mark for one in scene.submitted for mark, kind in one.marks.items() if one.may(role, kind)}
    assert seen == may


@one_database
def test_a_search_by_it_finds_nothing_and_no_message_carries_it(app: Flask) -> None:
    scene = Scene()
    finds: Callable[[FlaskClient, str], bool] = lambda client, path: (  # noqa: E731
        f"/applications/{scene.entry.id}" in client.get(path).text
    )
    listing = f"/programmes/{scene.programme.slug}/applications"
    with clock.at(BEFORE):
        clients = scene.clients(app)
        assert finds(clients["staff"], f"{listing}?q=Alpha")
        hidden = [one for one in (*scene.submitted, *scene.drafted) if one.asked.get("seen_by") == []]
        for role, client in clients.items():
            for one in hidden[::2]:
                for mark, kind in one.marks.items():
                    if one in scene.drafted or not one.may(role, kind):
                        assert not finds(client, f"/search?q={mark}"), (role, one)
                        assert not finds(client, f"{listing}?q={mark}"), (role, one)
        while expand():
            pass
    sent = BLANKS.sub("", " ".join(db.session.scalars(select(Delivery.text)).all()))
    assert "Alpha" in sent
    marks = [mark for one in (*scene.submitted, *scene.drafted) for mark in one.marks]
    assert [mark for mark in marks if mark in sent] == []
