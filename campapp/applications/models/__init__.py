"""Tables of applications, by noun."""

from campapp.applications.models.allowance import Allowance
from campapp.applications.models.check import CheckMark, CheckResult, Mark
from campapp.applications.models.consent import Consent, ConsentText
from campapp.applications.models.entry import (
    Answer,
    Application,
    DraftField,
    EntryFile,
    Submission,
    TeamAbsence,
)

__all__ = [
    "Allowance",
    "Answer",
    "Application",
    "CheckMark",
    "CheckResult",
    "Consent",
    "ConsentText",
    "DraftField",
    "EntryFile",
    "Mark",
    "Submission",
    "TeamAbsence",
]
