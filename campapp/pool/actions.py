"""What happens to projects: written down, changed, frozen, and the facts that higher rooms note."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from sqlalchemy import select

from campapp.core.access import Verdict, rule
from campapp.core.action import Act, action
from campapp.core.current import MEMBER, Actor
from campapp.core.db import db
from campapp.core.events import act_now, kind_of
from campapp.core.language import lazy_gettext as _l
from campapp.core.timeline import tell_as
from campapp.pool.models import Fact, Project, Snapshot
from campapp.teams.models import Team
from campapp.teams.rules import in_team


@rule
def builds(actor: Actor, project: Project) -> Verdict:
    """A member of the team that builds it."""
    return actor.role == MEMBER and actor.team_id == project.team_id


@action("project_written_down", rule=in_team)
def write_down_project(act: Act, /, team: Team, title: str, **values: Any) -> Project:
    """A new project of a team; it enters the pool with its first submission."""
    project = Project(team_id=team.id, title=title, **values)
    db.session.add(project)
    return project


@action("project_changed", rule=builds)
def change_project(act: Act, /, project: Project, *, version: int | None = None, **values: Any) -> None:
    """Its words and figures; what was submitted stays as it was."""
    act.expect(version)
    for name, value in values.items():
        setattr(project, name, value)


def freeze(project: Project, entry: dict[str, Any]) -> Snapshot:
    """A snapshot of the project and an entry, inside the running action. Same words, same hash."""
    document = {
        "project": {
            "title": project.title, "title_other": project.title_other, "summary": project.summary,
            "summary_other": project.summary_other, "sector": project.sector, "trl": project.trl,
            "stage": project.stage, "tags": list(project.tags), "link": project.link, "locale": project.locale,
        },
        **entry,
    }  # fmt: skip
    body = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    snapshot = Snapshot(
        project_id=project.id, document=document, sha256=hashlib.sha256(body.encode()).hexdigest()
    )
    db.session.add(snapshot)
    db.session.flush()
    return snapshot


def forget_note(kind: str, subject: Any) -> None:
    """Take back what was last noted about a subject, inside the running action that undoes it."""
    last = select(Fact).where(
        Fact.kind == kind, Fact.subject_kind == kind_of(subject), Fact.subject_id == subject.id
    )
    fact = db.session.scalars(last.order_by(Fact.id.desc()).limit(1)).one_or_none()
    if fact is not None:
        db.session.delete(fact)


def note(project: Project, kind: str, value: str, subject: Any) -> Fact:
    """Write down a fact about a project, inside the running action of a higher room."""
    act = act_now()
    fact = Fact(
        project_id=project.id,
        kind=kind,
        value=value,
        subject_kind=kind_of(subject),
        subject_id=subject.id,
        at=act.at,
    )
    db.session.add(fact)
    act.about(project)
    return fact


tell_as(
    project_written_down=_l("Project written down"),
    project_changed=_l("Project changed"),
)
