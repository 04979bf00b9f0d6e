"""What an organiser types about a run, a release, a call."""

from __future__ import annotations

from campapp.core.form import fields
from campapp.core.form.base import Form
from campapp.core.language import lazy_gettext as _l
from campapp.matching.words import OBJECTIVES, SILENCE


class Told:
    """A choice with its sentence after a line break, in the reader's language when it is shown."""

    def __init__(self, name: object, sentence: object) -> None:
        self.name, self.sentence = name, sentence

    def __str__(self) -> str:
        return f"{self.name}\n{self.sentence}"


class RunForm(Form):
    """The objective in words, and the weights of the score."""

    objective = fields.cards(
        _l("What counts"),
        [(key, Told(*words)) for key, words in OBJECTIVES.items()],
        required=True,
        default="fair",
    )
    fit = fields.whole(_l("Fit of need and project"), 0, 1000, required=True)
    team_rank = fields.whole(_l("The team's ranking"), 0, 1000, required=True)
    company_rank = fields.whole(_l("The company's ranking"), 0, 1000, required=True)
    trl = fields.whole(_l("Readiness (TRL)"), 0, 1000, required=True)


class ReleaseForm(Form):
    """When answers are due, and what silence means."""

    answer_by = fields.moment(_l("Answer by"), description=_l("In the camp's time. Empty: no end."))
    silence_company = fields.cards(
        _l("If a company says nothing"), SILENCE.items(), required=True, default="organiser"
    )
    silence_team = fields.cards(
        _l("If a team says nothing"), SILENCE.items(), required=True, default="organiser"
    )


class PairForm(Form):
    """A pair by hand."""

    team = fields.select(_l("Team"), required=True)
    company = fields.select(_l("Company"), required=True)


class CallForm(Form):
    """Called, said …"""

    said = fields.line(_l("Said"), 500, required=True)
