"""Until when what can be given: the deadline of one entry, its extension, due and freeze dates of fields, the grace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from campapp.applications.models import Allowance, Application
from campapp.core import clock
from campapp.core.db import db
from campapp.core.form import kinds
from campapp.core.form.asked import all_fields
from campapp.core.form.schema import instant
from campapp.programmes.models import Programme

Declared = dict[str, Any]


@dataclass(frozen=True)
class Timing:
    """The clock of one entry."""

    programme: Programme
    extension: Allowance | None = None
    returned: bool = False
    respond_by: datetime | None = None

    @property
    def deadline(self) -> datetime | None:
        """The last second at which a submission counts: the call's, or this entry's own."""
        if self.returned:
            return self.respond_by
        if self.extension is not None and self.programme.deadline is not None:
            return self.extension.until
        return self.programme.deadline

    def is_late(self, at: datetime) -> bool:
        """Whether the deadline has passed: from the next second on."""
        return _past(self.deadline, at)

    def is_open(self, at: datetime) -> bool:
        """Whether a submission counts now."""
        if self.returned:
            return not self.is_late(at)
        begun = self.programme.opens_at is None or at >= self.programme.opens_at
        return self.programme.state == "published" and begun and not self.is_late(at)

    def due(self, field: Declared) -> datetime | None:
        """Until when the answer may be given; None: as long as the call has no deadline."""
        own = instant(field["due"], self.programme.zone) if field.get("due") else None
        if self.deadline is None:
            return own
        grace = self.programme.grace_minutes if field["kind"] in kinds.GIVEN else 0
        return max(self.deadline + timedelta(minutes=grace), own or self.deadline)

    @property
    def grace_until(self) -> datetime | None:
        """Until when an entry that was submitted in time may still finish its uploads; None: there is no grace."""
        if self.deadline is None or not self.programme.grace_minutes:
            return None
        return self.deadline + timedelta(minutes=self.programme.grace_minutes)

    def freezes(self, field: Declared) -> datetime | None:
        """From when on the answer stays as it is."""
        return instant(field["freeze"], self.programme.zone) if field.get("freeze") else None

    def is_frozen(self, field: Declared, at: datetime) -> bool:
        """Whether the answer stays as it is."""
        return _past(self.freezes(field), at)

    def may_follow(self, document: Declared) -> dict[str, datetime]:
        """Fields whose answer may come after the deadline, and until when."""
        base, found = self.deadline or self.programme.deadline, {}
        for field in all_fields(document):
            due = self.due(field)
            if due is not None and base is not None and due > base:
                found[field["key"]] = due
        return found

    def open_late(self, document: Declared, at: datetime) -> dict[str, datetime]:
        """Of these, those that can still be given, once the deadline has passed."""
        if not self.is_late(at):
            return {}
        fields = {field["key"]: field for field in all_fields(document)}
        return {
            key: due
            for key, due in self.may_follow(document).items()
            if not _past(due, at) and not self.is_frozen(fields[key], at)
        }


def _past(moment: datetime | None, at: datetime) -> bool:
    return moment is not None and clock.has_passed(moment, at)


def timing_of(application: Application) -> Timing:
    """The clock of an entry: the latest extension that stands counts, where it is later than the call's deadline."""
    programme = db.session.get_one(Programme, application.programme_id)
    extension = db.session.scalars(
        select(Allowance)
        .where(
            Allowance.application_id == application.id,
            Allowance.until.is_not(None),
            Allowance.revoked_at.is_(None),
        )
        .order_by(Allowance.until.desc())
        .limit(1)
    ).first()
    if extension is not None and not (
        programme.deadline and extension.until and extension.until > programme.deadline
    ):
        extension = None
    return Timing(programme, extension, application.state == "returned", application.respond_by)
