"""Teams of a plan with their projects, and both sides' preferences."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete

from campapp.applications.actions.consent import declare_consent
from campapp.applications.actions.decision import decide
from campapp.applications.actions.draft import begin_application, refresh_names
from campapp.applications.actions.own_consent import declare_for_members
from campapp.applications.actions.submission import take_in as count_as_submitted
from campapp.applications.models import Application, TeamAbsence
from campapp.core.db import db
from campapp.core.text.names import fold
from campapp.exchange.actions.camp.known import Known
from campapp.exchange.camp.columns import is_number
from campapp.exchange.camp.differing import Cells, of_preference, of_team
from campapp.exchange.camp.reading import Row
from campapp.exchange.camp.standing import Entry, spoken
from campapp.matching.models import Preference
from campapp.pool.actions import change_project, write_down_project
from campapp.teams.actions import name_member, new_team
from campapp.teams.models import Team

FIELDS = {"project": "title", "summary": "summary", "sector": "sector", "trl": "trl"}
"""Column → a project's own name of it."""


def take_in_team(known: Known, row: Row) -> None:
    """A team is in the camp; one that is there already is changed where the sheet's side was chosen."""
    entry = known.standing.teams.get(fold(row["team"]))
    if entry is None:
        known.standing.teams[fold(row["team"])] = _decided(known, row)
        known.counts.note("teams", "created")
        return
    difference = of_team(row, known.standing)
    changed = difference is not None and known.takes(difference)
    if difference is not None and changed:
        _change(known, entry, row, difference.cells)
    known.counts.note("teams", "updated" if changed else "unchanged")


def _decided(known: Known, row: Row) -> Entry:
    """A new team: accepted to a camp; in a competition what its row says, else eligible."""
    locale = "zh_CN" if row["language"] == "zh" else "en"
    team = new_team(row["team"], locale=locale, size=row["members"])
    for contact in (row["captain_email"], row["captain_phone"]):
        if contact:
            _name(known, team, row, contact)
    values = {name: row[column] for column, name in FIELDS.items()}
    project = write_down_project(team, values.pop("title"), locale=locale, **values)
    application = begin_application(team, known.programme, project)
    application.max_meetings = row["max_meetings"]
    count_as_submitted(application)
    decide(application, "eligible", quiet=True)
    wanted = "accepted" if known.programme.meets else row["state"]
    if wanted != "eligible":
        decide(application, wanted, quiet=True)
    if known.declared is not None:
        for purpose in ("running", "companies"):
            declare_consent(application, purpose, collected_on=known.declared.on, by=known.declared.by)
    _declare_people(known, application, team)
    _be_away(known, application, row)
    return Entry(application, team, project)


def _change(known: Known, entry: Entry, row: Row, cells: Cells) -> None:
    values = {FIELDS[name]: row[name] for name in cells if name in FIELDS}
    if values:
        change_project(entry.project, **values)
        refresh_names(entry.application, entry.team, entry.project)
    if "max_meetings" in cells:
        entry.application.max_meetings = row["max_meetings"]
    if "members" in cells:
        entry.team.size = row["members"]
    if "unavailable" in cells:
        _be_away(known, entry.application, row)
    for column in ("captain_email", "captain_phone"):
        if column in cells:
            _name(known, entry.team, row, row[column])
            _declare_people(known, entry.application, entry.team)


def _declare_people(known: Known, application: Application, team: Team) -> None:
    """Whoever the sheet names agreed outside campapp too, where that is declared and they did not answer here."""
    people = known.standing.members[team.id]
    if known.declared is not None and people:
        db.session.flush()
        declare_for_members(application, "companies", [person.id for person in people],
                            collected_on=known.declared.on, by=known.declared.by)  # fmt: skip


def _name(known: Known, team: Team, row: Row, contact: str) -> None:
    """Somebody of the team, by a contact that nobody has confirmed; the first is its captain."""
    people = known.standing.members[team.id]
    other = row["captain_email"] if contact == row["captain_phone"] else ""
    same = next((person for person in people if other and person.mail == other and not person.phone), None)
    if same is not None:
        same.phone = contact
        return
    name = row["captain"] or (team.name[:100] if is_number(contact) else contact.partition("@")[0])
    member = name_member(team, name, **spoken(contact))
    if not people:
        member.captain = member.contact = True
    people.append(member)


def _be_away(known: Known, application: Application, row: Row) -> None:
    wanted = {slot.id for slot in known.standing.slots_at(row["unavailable"])}
    have = known.standing.team_away[application.id]
    gone = TeamAbsence.application_id == application.id, TeamAbsence.slot_id.in_(have - wanted)
    db.session.execute(delete(TeamAbsence).where(*gone))
    for slot_id in sorted(wanted - have):
        db.session.add(TeamAbsence(application_id=application.id, slot_id=slot_id))


def take_in_preferences(known: Known, rows: Iterable[Row]) -> None:
    """How each side ranks the other; where one of the two is not in the camp, nothing."""
    for row in rows:
        team, company = (row["from"], row["to"]) if row["side"] == "team" else (row["to"], row["from"])
        entry = known.standing.teams.get(fold(team))
        part = known.standing.participations.get(fold(company))
        if entry is None or part is None:
            continue
        standing = known.standing.preferences.get((row["side"], entry.application.id, part.id))
        if not standing:
            db.session.add(
                Preference(programme_id=known.programme.id, side=row["side"], application_id=entry.application.id,
                           participation_id=part.id, rank=row["rank"])
            )  # fmt: skip
            known.counts.note("preferences", "created")
        elif known.takes(of_preference(row, known.standing)):
            first, *others = standing
            first.rank, first.need_id = row["rank"], None
            for other in others:
                db.session.delete(other)
            known.counts.note("preferences", "updated")
        else:
            known.counts.note("preferences", "unchanged")
