"""What is typed about meetings and outcomes."""

from __future__ import annotations

from wtforms import FileField

from campapp.core.form import fields
from campapp.core.form.base import Form
from campapp.core.form.kinds import read_link
from campapp.core.language import lazy_gettext as _l
from campapp.outcomes.words import CURRENCIES, NEXT_STEPS, TYPES

FIVE = [(str(n), str(n)) for n in range(1, 6)]


class ReportForm(Form):
    """How a meeting went, in half a minute."""

    held = fields.cards(_l("Did you meet?"), (("yes", _l("Held")), ("no", _l("Not held"))), required=True)
    interest = fields.cards(
        _l("Interest"),
        FIVE,
        description=_l("Your own side and the organiser read it, the other side does not."),
    )
    next_step = fields.select(_l("Next step"), NEXT_STEPS.items())
    next_by = fields.day(_l("By when"), ahead=True)
    shared_note = fields.text(_l("Note for both sides"), 2000, description=_l("The other side reads it too."))
    private_note = fields.text(
        _l("Private note"), 2000,
        description=_l("Only your own side ever reads it: not the other side, not the organiser."),
    )  # fmt: skip


class OutcomeForm(Form):
    """Something came of it."""

    type = fields.select(_l("What came of it"), TYPES.items(), required=True)
    title = fields.line(_l("In one line"), 200, required=True)
    company_id = fields.select(_l("With which company"))
    programme_id = fields.select(_l("From which programme"))
    day = fields.day(
        _l("Date"), required=True, description=_l("Of the signature, the start or the decision.")
    )
    currency = fields.select(
        _l("Currency"), [(code, code) for code in CURRENCIES], required=True, default="CNY"
    )
    intended = fields.amount(_l("Amount intended"), description=_l("For example 500万元, or 5,000,000."))
    signed = fields.amount(_l("Amount signed"))
    paid = fields.amount(_l("Amount paid"))
    text = fields.text(_l("What exactly"), 4000)
    evidence = FileField(_l("Evidence"), description=_l("The signed page, a photograph, a notice."))
    evidence_link = fields.read(_l("Or a link to it"), read_link, kind="link")


class DisputeForm(Form):
    """What is different."""

    reason = fields.text(_l("What is different?"), 2000, required=True)


class FollowForm(Form):
    """When to look again."""

    due = fields.day(_l("Look again on"), ahead=True, required=True)


class MilestoneForm(Form):
    """What it looked like on that day."""

    signed = fields.amount(_l("Amount signed by now"))
    paid = fields.amount(_l("Amount paid by now"))
    note = fields.text(_l("What was found"), 2000, required=True)
