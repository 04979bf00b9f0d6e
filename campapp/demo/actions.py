"""Parks of pretend: the demo without the set-up page, and the rehearsal of a programme."""

from __future__ import annotations

import secrets
from typing import Any

from flask import current_app
from sqlalchemy import func, select

from campapp.core.access import Refused, nobody
from campapp.core.action import Act, action
from campapp.core.current import current
from campapp.core.db import Base, db
from campapp.core.jobs import enqueue
from campapp.core.language import gettext as _
from campapp.core.park import Park
from campapp.demo.models import Rehearsal
from campapp.demo.rules import manages_rehearsal
from campapp.demo.states import REHEARSAL
from campapp.programmes.models import Programme
from campapp.programmes.rules import manages

MOST_REHEARSALS = 5
"""At once: each has a folder, and a place in the memory of every process that serves it."""


@action("park_planted", rule=nobody)
def plant_park(act: Act) -> Park:
    """The demo park's own row."""
    park = Park(
        name_zh="中关村软件园（演示）", name_en="Zhongguancun Software Park (demo)", zone="Asia/Shanghai",
        mail_from="park@campapp.example", contact="hello@campapp.example",
    )  # fmt: skip
    db.session.add(park)
    return park


@action("rehearsal_begun", rule=manages)
def begin_rehearsal(act: Act, programme: Programme) -> Rehearsal:
    """Have the worker make a park of its own in which this programme is played through."""
    if current_app.config["SETTINGS"].rehearsal:
        raise Refused("rehearsal_begun", _("This is a rehearsal already."))
    known = db.session.scalars(select(Rehearsal).where(Rehearsal.programme_id == programme.id)).one_or_none()
    if known is not None:
        return known
    if (db.session.scalar(select(func.count()).select_from(Rehearsal)) or 0) >= MOST_REHEARSALS:
        raise Refused(
            "rehearsal_begun",
            _("%(n)s rehearsals at once are possible. Throw one away first.", n=MOST_REHEARSALS),
        )
    row = Rehearsal(
        state="making",
        programme_id=programme.id,
        token=secrets.token_urlsafe(24),
        account_id=current.actor.account_id,
    )
    db.session.add(row)
    db.session.flush()
    enqueue("demo.make_rehearsal", row.id)
    return row


@action("rehearsal_ready", rule=manages_rehearsal)
def open_rehearsal(act: Act, rehearsal: Rehearsal) -> None:
    """People may come in."""
    REHEARSAL.move(rehearsal, "ready", at=act.at)


@action("rehearsal_failed", rule=manages_rehearsal)
def fail_rehearsal(act: Act, rehearsal: Rehearsal) -> None:
    """It could not be made."""
    REHEARSAL.move(rehearsal, "failed", at=act.at)


@action("rehearsal_thrown_away", rule=manages_rehearsal)
def throw_rehearsal_away(act: Act, rehearsal: Rehearsal) -> None:
    """Nothing of it stays; its folder goes after this."""
    db.session.delete(rehearsal)


@action("rehearsal_planted", rule=nobody)
def take_over(act: Act, rows: dict[str, list[dict[str, Any]]], park: dict[str, str]) -> None:
    """In the rehearsal's own database: the park's name, and the programme as it stands, under the same ids."""
    db.session.add(Park(name_zh=park["name_zh"], name_en=park["name_en"], zone=park["zone"]))
    db.session.flush()
    for name, found in rows.items():
        if found:
            db.session.execute(Base.metadata.tables[name].insert(), found)
