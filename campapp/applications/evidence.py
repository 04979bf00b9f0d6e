"""What of a submission the formal check may read by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from campapp.applications.facts import Case
from campapp.applications.grouping import case_of
from campapp.applications.models import Application, Submission
from campapp.applications.reading import answered_by
from campapp.core.db import db
from campapp.core.form.asked import Declared, all_fields, asked
from campapp.pool.models import Snapshot


@dataclass(frozen=True)
class Evidence:
    """What of a submission a look by itself may read."""

    application: Application
    submission: Submission
    document: Declared
    frozen: dict[str, Any]

    @property
    def answers(self) -> dict[str, Any]:
        """As they were submitted."""
        found: dict[str, Any] = self.frozen.get("answers", {})
        return found

    @property
    def files(self) -> set[str]:
        """The fields that have a file."""
        return set(self.frozen.get("files", {}))

    @property
    def by_form(self) -> bool:
        """Whether it answers a form; what the organiser collected elsewhere does not, and says nothing by itself."""
        return self.submission.form_id is not None

    @property
    def case(self) -> Case:
        """As conditions read it, for the staff."""
        return case_of(self.application, self.document, self.answers, staff=True)

    def asked(self, *kinds: str) -> list[Declared]:
        """The fields of these kinds that were asked."""
        live = asked(self.document, self.answers)
        return [
            field for field in all_fields(self.document) if field["kind"] in kinds and field["key"] in live
        ]


def evidence_of(application: Application) -> Evidence:
    """The submission that counts, as it was frozen."""
    submission = db.session.get_one(Submission, application.submission_id)
    frozen = db.session.get_one(Snapshot, submission.snapshot_id).document
    return Evidence(application, submission, answered_by(submission) or {"sections": []}, frozen)
