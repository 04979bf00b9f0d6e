"""Which group an entry fits, and which fact keeps it out of another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from campapp.applications.conditions import Finding, judge
from campapp.applications.facts import Case
from campapp.applications.models import Allowance, Application
from campapp.core.db import db
from campapp.core.form.asked import Declared
from campapp.core.language import gettext as _
from campapp.core.language import say
from campapp.organisations.models import Organisation
from campapp.programmes.models import Group
from campapp.teams.models import Team


@dataclass(frozen=True)
class Standing:
    """An entry before one group: `fits`, `open`, `excluded`, or let in by `exception`."""

    group: Group
    findings: list[Finding]
    exception: Allowance | None = None

    @property
    def state(self) -> str:
        """An exception lets in whatever the conditions say."""
        if self.exception is not None:
            return "exception"
        states = {finding.state for finding in self.findings}
        return "excluded" if "excludes" in states else "open" if "open" in states else "fits"

    @property
    def title(self) -> str:
        """Its name."""
        return say(self.group, "title")

    @property
    def against(self) -> list[Finding]:
        """What keeps the entry out, or is not known yet."""
        return [finding for finding in self.findings if finding.state != "fits"]


def groups_of(programme_id: int) -> list[Group]:
    """A programme's groups in their order."""
    mine = select(Group).where(Group.programme_id == programme_id)
    return list(db.session.scalars(mine.order_by(Group.position, Group.id)))


def case_of(
    application: Application, document: Declared, answers: dict[str, Any], *, staff: bool = False
) -> Case:
    """The entry as facts read it."""
    team = db.session.get_one(Team, application.team_id)
    organisation = db.session.get(Organisation, team.organisation_id) if team.organisation_id else None
    return Case(application, document, answers, team, organisation, staff)


def standings(
    application: Application, document: Declared, answers: dict[str, Any], *, staff: bool = False
) -> list[Standing]:
    """The entry before each group of its programme; empty where there are none."""
    groups = groups_of(application.programme_id)
    if not groups:
        return []
    case = case_of(application, document, answers, staff=staff)
    let_in = {
        row.group_id: row
        for row in db.session.scalars(
            select(Allowance).where(
                Allowance.application_id == application.id,
                Allowance.group_id.is_not(None),
                Allowance.revoked_at.is_(None),
            )
        )
    }
    return [Standing(group, judge(group.conditions, case), let_in.get(group.id)) for group in groups]


def chosen(application: Application, found: list[Standing]) -> Standing | None:
    """The group that the team took; where it took none, the only one that it fits."""
    mine = next((one for one in found if one.group.id == application.group_id), None)
    fitting = [one for one in found if one.state in {"fits", "exception"}]
    return mine or (fitting[0] if len(fitting) == 1 else None)


def objection(application: Application, found: list[Standing]) -> str:
    """Why the entry cannot go in as it stands; empty when its group fits, or there are no groups."""
    if not found:
        return ""
    mine = chosen(application, found)
    if mine is None:
        fitting = any(one.state in {"fits", "exception"} for one in found)
        if fitting:
            return _("Choose a group.")
        if any(one.state == "open" for one in found):
            return _("Which group fits is open; see what each still needs to know.")
        return _("No group fits; see which fact stands against each.")
    if mine.state in {"fits", "exception"}:
        return ""
    return _("Group “%(group)s”: %(why)s", group=mine.title, why="; ".join(one.words for one in mine.against))
