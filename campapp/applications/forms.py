"""What a team types to begin, and to end, an entry."""

from __future__ import annotations

from typing import Any

from wtforms import FileField

from campapp.applications.consent_texts import ASKED, PURPOSES
from campapp.core.form import fields
from campapp.core.form.base import Form
from campapp.core.language import lazy_gettext as _l
from campapp.core.text import names

OWN_PURPOSES = [(purpose, PURPOSES[purpose]) for purpose in ASKED]


class BeginForm(Form):
    """Team, project, track: enough for a draft that is kept."""

    team = fields.read(
        _l("Team name"), lambda typed: names.title(typed, 100), required=True,
        description=_l("As it will stand in lists and on the table sign."),
    )  # fmt: skip
    project = fields.read(
        _l("Project name"), lambda typed: names.title(typed, 200), required=True,
        description=_l("You can change it until the deadline."),
    )  # fmt: skip
    known = fields.select(
        _l("A project that the team has already"),
        description=_l("Its answers are filled in where this form asks the same."),
    )
    track = fields.select(_l("Track"))
    code = fields.line(
        _l("Entry code"), 40, description=_l("From the organiser, for an entry after the deadline.")
    )


class NameForm(Form):
    """What an entry's project is called, and its track."""

    project = fields.read(
        _l("Project name"), lambda typed: names.title(typed, 200), required=True,
        description=_l("You can change it until the deadline."),
    )  # fmt: skip
    track = fields.select(_l("Track"))


class CodeForm(Form):
    """A code for more time, or for a group."""

    code = fields.line(_l("Entry code"), 40, required=True)


class AllowanceForm(Form):
    """What one team is allowed, and why."""

    number = fields.line(
        _l("Entry number"), 20,
        description=_l("Of an entry that is in, such as A-0012. Empty: a code is made, to be handed to the team."),
    )  # fmt: skip
    until = fields.moment(_l("More time until"), description=_l("24:00 is the last second of its day."))
    group = fields.select(_l("Group, by exception"))
    reason = fields.text(
        _l("Reason"), 1000, required=True, description=_l("Kept in the audit log; the team does not read it.")
    )


class ReasonForm(Form):
    """Why, in a sentence or two."""

    reason = fields.text(_l("Reason"), 1000)


class DecisionForm(Form):
    """What the team reads with a decision."""

    reason = fields.text(
        _l("Reason"),
        1000,
        description=_l("The teams read it with the decision, in the words in which you write it."),
    )


class MarkForm(Form):
    """A colleague's own note beside a mark."""

    note = fields.text(_l("Note"), 2000, description=_l("Only the programme's staff read it."))


class ResultForm(Form):
    """The decided list as a notice, in both languages."""

    title = fields.both(_l("Title"), 200, required=True)
    text = fields.both(
        _l("Text"), 100_000, long=True, description=_l("Markdown; the teams stand in it by number.")
    )
    sure = fields.tick(_l("The words only look like their name: publish it as it is"))


class WithdrawConsentForm(Form):
    """Why a consent is withdrawn; staff say which letter they record."""

    reason = fields.text(_l("Reason"), 1000)


class MemberWithdrawalForm(Form):
    """A member's consent, taken back by a letter or a call."""

    member = fields.select(_l("Member"), required=True)
    own_purpose = fields.select(_l("Purpose"), OWN_PURPOSES, required=True)
    why = fields.text(_l("Reason"), 1000, required=True, description=_l("Which letter or call it was."))


class DeclareForm(Form):
    """A consent that the organiser collected outside campapp."""

    who = fields.select(_l("Who agreed"))
    purpose = fields.select(_l("Purpose"), PURPOSES.items(), required=True)
    collected_on = fields.day(_l("Collected on"), required=True)
    scan = FileField(_l("Scan"), description=_l("PDF or a picture; it can follow later."))


class ConsentTextForm(Form):
    """A new version of what is agreed to."""

    text = fields.both(_l("Text"), 4000, long=True)

    def validate(self, extra_validators: Any = None) -> bool:
        """Both languages: nobody agrees to what they cannot read."""
        good = super().validate(extra_validators)
        for side in (self.text.zh, self.text.en):
            if good and not side.data:
                side.errors = [str(_l("Please fill this in."))]
        return good and bool(self.text.zh.data) and bool(self.text.en.data)


class OpeningForm(Form):
    """Why somebody needs to see a number whole."""

    reason = fields.line(_l("Reason"), 300, required=True, description=_l("Kept in the audit log."))
