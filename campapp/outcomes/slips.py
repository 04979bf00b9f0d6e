"""The grid in which paper slips are typed: one company's meetings, two sides each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from campapp.core.language import gettext as _
from campapp.core.text import lines
from campapp.core.text.language import Unreadable
from campapp.outcomes.actions.report import NEXT_STEPS, SIDES, Slip
from campapp.outcomes.models import MeetingReport
from campapp.outcomes.queries import reports_of
from campapp.programmes.models import Programme
from campapp.scheduling.queries import Line, lines_in

FIELDS = ("held", "interest", "next_step", "note")


@dataclass
class Row:
    """One side of one meeting, as it stands and as it was typed."""

    line: Line
    side: str
    report: MeetingReport | None
    values: dict[str, str] = field(default_factory=dict)
    error: str = ""

    @property
    def key(self) -> str:
        """What its fields' names end in."""
        return f"{self.line.meeting.id}-{self.side}"

    @property
    def online(self) -> bool:
        """Whether its own people wrote it: the grid then only shows it."""
        return self.report is not None and not self.report.from_paper


class Grid:
    """The rows of one company, and the companies beside it with how much of theirs is in."""

    def __init__(self, programme: Programme, company_id: int | None) -> None:
        found = [line for line in lines_in(programme.id) if not line.cancelled]
        reports = reports_of(line.meeting.id for line in found)
        self.companies: dict[int, tuple[str, int, int]] = {}
        for line in found:
            name, known, of = self.companies.get(line.meeting.participation_id, (line.company, 0, 0))
            known += sum((line.meeting.id, side) in reports for side in SIDES)
            self.companies[line.meeting.participation_id] = (name, known, of + len(SIDES))
        self.company_id = company_id if company_id in self.companies else next(iter(self.companies), 0)
        self.rows = [
            Row(line, side, reports.get((line.meeting.id, side)))
            for line in found if line.meeting.participation_id == self.company_id for side in SIDES
        ]  # fmt: skip
        for row in self.rows:
            row.values = _shown(row.report)
        self.wrong = False

    def read(self, sent: Mapping[str, str]) -> list[Slip]:
        """The slips that were filled or changed; a row's error is marked beside it."""
        slips = []
        for row in self.rows:
            typed = {name: sent.get(f"{name}-{row.key}", "").strip() for name in FIELDS}
            if row.online or typed == row.values:
                continue
            row.values = typed
            try:
                slips.append(_slip(row, sent.get(f"version-{row.key}", "")))
            except Unreadable as problem:
                row.error, self.wrong = str(problem), True
        return slips


def _shown(report: MeetingReport | None) -> dict[str, str]:
    if report is None:
        return dict.fromkeys(FIELDS, "")
    return {
        "held": "yes" if report.held else "no", "interest": str(report.interest or ""), "next_step": report.next_step,
        "note": report.shared_note,
    }  # fmt: skip


def _slip(row: Row, seen: str) -> Slip:
    version = row.report.version if row.report else 0
    if row.report and seen != str(version):
        met = _("Held") if row.report.held else _("Not held")
        theirs = " · ".join(filter(None, (met, str(row.report.interest or ""), row.report.shared_note)))
        raise Unreadable(
            _("Somebody typed this slip meanwhile: %(theirs)s. Save again to let yours stand.", theirs=theirs)
        )
    held, interest, step = row.values["held"], row.values["interest"], row.values["next_step"]
    if held not in {"yes", "no"}:
        raise Unreadable(_("Say first whether they met."))
    if interest not in {"", "1", "2", "3", "4", "5"} or (interest and held == "no"):
        raise Unreadable(_("Interest is a number from 1 to 5, and only of a meeting that was held."))
    if step not in {"", *NEXT_STEPS}:
        raise Unreadable(_("Choose one of the next steps."))
    note = lines.many_lines(row.values["note"], 2000)
    return Slip(
        meeting=row.line.meeting, side=row.side, held=held == "yes", interest=int(interest) if interest else None,
        next_step=step, note=note, version=version,
    )  # fmt: skip
