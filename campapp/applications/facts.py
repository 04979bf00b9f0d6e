"""What is so of an entry and can be asked for in a group's condition: facts by name.

A fact across programmes is one more `fact(…)`, registered by the room that knows it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select

from campapp.applications.models import Answer, Application
from campapp.core.db import db
from campapp.core.form.asked import Declared, all_fields, asked, words
from campapp.core.language import lazy_gettext as _l
from campapp.organisations.models import Organisation
from campapp.organisations.words import KINDS, countries
from campapp.teams.models import Member, Team

Read = Callable[["Case"], Any]
YES_NO = ({"value": "yes", "zh": "是", "en": "Yes"}, {"value": "no", "zh": "否", "en": "No"})


@dataclass(frozen=True)
class Case:
    """All that a fact may read of one entry. `staff`: what a team must not learn by trying may be told."""

    application: Application
    document: Declared
    answers: dict[str, Any]
    team: Team
    organisation: Organisation | None
    staff: bool = False

    def profile(self, column: str) -> Any:
        """The organisation's own column, else the answer that is filled from it."""
        value = getattr(self.organisation, column, None) if self.organisation else None
        if value not in (None, ""):
            return value.isoformat() if isinstance(value, date) else value
        live = asked(self.document, self.answers)
        keys = [f["key"] for f in all_fields(self.document) if f.get("profile") == f"organisation.{column}"]
        return next((self.answers[key] for key in keys if key in live and key in self.answers), None)


@dataclass(frozen=True)
class Fact:
    """Something that is so of an entry: a day, a number, or one of some choices."""

    key: str
    label: Any
    kind: str
    read: Callable[[Case], Any]
    choices: tuple[Declared, ...] = ()
    hidden: bool = False
    """Told to the staff only, for it says something about others."""
    money: bool = False
    """A number of yuan."""
    several: bool = False
    """Several of the choices can be so at once."""
    floor: int | None = None
    """Nothing is ever less."""


FACTS: dict[str, Fact] = {}


def fact(
    key: str,
    label: Any,
    kind: str,
    *,
    choices: tuple[Declared, ...] = (),
    hidden: bool = False,
    floor: int | None = None,
) -> Callable[[Read], Read]:  # fmt: skip
    """Register how a fact is read."""

    def register(read: Read) -> Read:
        FACTS[key] = Fact(key, label, kind, read, choices, hidden, floor=floor)
        return read

    return register


@fact("organisation.registered_on", _l("Registration date of the organisation"), "date")
def registered_on(case: Case) -> Any:
    """When the organisation was registered."""
    return case.profile("registered_on")


COUNTRIES: tuple[Declared, ...] = tuple(
    {"value": code, "zh": zh, "en": countries("en").get(code, code)}
    for code, zh in countries("zh_CN").items()
)


@fact("organisation.country", _l("Country or region of the organisation"), "choice", choices=COUNTRIES)
def country(case: Case) -> Any:
    """Where it is registered."""
    return case.organisation.country if case.organisation else None


ENTITIES: tuple[Declared, ...] = tuple({"value": key, "zh": name, "en": name} for key, name in KINDS.items())


@fact("organisation.kind_of_entity", _l("Kind of organisation"), "choice", choices=ENTITIES)
def kind_of_entity(case: Case) -> Any:
    """What kind of legal entity it is."""
    return case.organisation.kind_of_entity if case.organisation else None


@fact("organisation.exists", _l("Has a registered organisation"), "choice", choices=YES_NO)
def has_organisation(case: Case) -> Any:
    """Whether the team belongs to a legal entity, or gives one's code."""
    return "yes" if case.organisation or case.profile("credit_code") else "no"


@fact("team.size", _l("Members of the team"), "number", floor=1)
def team_size(case: Case) -> Any:
    """How many people are named in the team."""
    mine = select(func.count()).where(Member.team_id == case.team.id, Member.left_at.is_(None))
    return db.session.scalar(mine) or case.team.size


@fact(
    "organisation.entries",
    _l("Entries of the organisation in this programme"),
    "number",
    hidden=True,
    floor=1,
)
def entries_of_organisation(case: Case) -> Any:
    """This entry and every other that is in, of the same organisation or credit code."""
    return 1 + len(others_of_organisation(case))


def others_of_organisation(case: Case) -> list[Application]:
    """Other entries that are in, of the same organisation or with the same credit code."""
    code, same = case.profile("credit_code"), []
    if case.organisation:
        same.append(
            Application.team_id.in_(select(Team.id).where(Team.organisation_id == case.organisation.id))
        )
    if code:
        keys = [field["key"] for field in all_fields(case.document) if field["kind"] == "credit"]
        given = select(Answer.application_id).where(Answer.key.in_(keys), Answer.text == code)
        coded = select(Team.id).join(Organisation, Organisation.id == Team.organisation_id)
        same += [
            Application.id.in_(given),
            Application.team_id.in_(coded.where(Organisation.credit_code == code)),
        ]
    if not same:
        return []
    found = select(Application).where(
        Application.programme_id == case.application.programme_id, Application.id != case.application.id,
        Application.submitted_at.is_not(None), Application.state != "withdrawn", or_(*same),
    )  # fmt: skip
    return list(db.session.scalars(found.order_by(Application.id)))


def facts_for(document: Declared) -> dict[str, Fact]:
    """Every fact that a group of this form may ask for: the registered ones, and answers that can be compared."""
    found = dict(FACTS)
    for field in all_fields(document):
        if field["kind"] in {"number", "money", "date", "choice", "choices"}:
            key = f"answer.{field['key']}"
            kind = str({"money": "number", "choices": "choice"}.get(field["kind"], field["kind"]))
            found[key] = Fact(
                key, words(field, "label"), kind, _answer(field), tuple(field.get("choices", ())),
                money=field["kind"] == "money", several=field["kind"] == "choices",
            )  # fmt: skip
    return found


def _answer(field: Declared) -> Callable[[Case], Any]:
    def read(case: Case) -> Any:
        return case.answers.get(field["key"]) if field["key"] in asked(case.document, case.answers) else None

    return read
