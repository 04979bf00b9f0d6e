"""The words of outcomes: types, states, next steps, who stands behind a figure."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import ColumnElement, and_, or_

from campapp.core.language import lazy_gettext as _l
from campapp.core.text.language import LazyString
from campapp.core.text.money import in_figures
from campapp.core.timeline import tell_as
from campapp.outcomes.models import Outcome

TYPES: dict[str, LazyString] = {
    "letter of intent": _l("Letter of intent"), "pilot": _l("Pilot"),
    "demonstration application": _l("Demonstration application"), "settlement": _l("Settlement in the park"),
    "contract": _l("Contract"), "investment": _l("Investment"), "licence": _l("Licence"), "award": _l("Award"),
}  # fmt: skip
STATES: dict[str, LazyString] = {
    "reported": _l("Reported, not confirmed"), "confirmed": _l("Confirmed as reported"), "disputed": _l("Disputed"),
    "followed": _l("Confirmed, followed up"), "closed": _l("Closed"),
}  # fmt: skip
NEXT_STEPS: dict[str, LazyString] = {
    "none": _l("Nothing further"), "send material": _l("Send material"), "second meeting": _l("Second meeting"),
    "visit": _l("Visit"), "trial": _l("Trial"), "proposal": _l("Proposal"), "contract": _l("Contract"),
}  # fmt: skip
SIDES: dict[str, LazyString] = {
    "team": _l("the team"), "company": _l("the company"), "organiser": _l("the organiser"),
}  # fmt: skip
CURRENCIES = ("CNY", "USD", "EUR", "HKD", "JPY", "GBP")
STANDINGS: dict[str, LazyString] = {
    "both": _l("Confirmed by both sides themselves"),
    "evidence": _l("Confirmed by the organiser for one side, on evidence"),
    "sheet": _l("Confirmed according to an imported sheet"),
    "reported": _l("Only reported"),
}  # fmt: skip


def standing_is(standing: str) -> ColumnElement[bool]:
    """The outcomes of one standing. Each outcome has exactly one; a dispute closed without agreement has none."""
    sides = ("team", "company")
    if standing == "reported":
        return and_(Outcome.confirmed_side == "", Outcome.state.in_(("reported", "disputed")))
    if standing == "sheet":
        return and_(Outcome.from_sheet, Outcome.confirmed_side != "")
    here = Outcome.from_sheet.is_(False)
    if standing == "both":
        return and_(here, Outcome.reported_side.in_(sides), Outcome.confirmed_side.in_(sides))
    return and_(here, or_(
        Outcome.confirmed_side == "organiser",
        and_(Outcome.reported_side == "organiser", Outcome.confirmed_side != ""),
    ))  # fmt: skip


def standing_of(outcome: Outcome) -> str:
    """The same of a row at hand; empty where a dispute was closed without agreement."""
    sides = ("team", "company")
    if not outcome.confirmed_side:
        return "reported" if outcome.state in {"reported", "disputed"} else ""
    if outcome.from_sheet:
        return "sheet"
    return "both" if outcome.reported_side in sides and outcome.confirmed_side in sides else "evidence"


def state_shown(outcome: Outcome) -> str:
    """Its state in the reader's language; what only a sheet says to be confirmed is called so."""
    claimed = standing_of(outcome) == "sheet" and outcome.state != "closed"
    return str(STANDINGS["sheet"] if claimed else STATES[outcome.state])


def outcome_type(name: str) -> str:
    """A type in the reader's language."""
    return str(TYPES.get(name, name))


def money_shown(value: Decimal | str | None, currency: str) -> str:
    """An amount in full, empty where there is none."""
    return in_figures(Decimal(value), currency) if value is not None else ""


tell_as(
    meeting_reported=_l("Said how the meeting went"), outcome_reported=_l("Reported what came of it"),
    outcome_confirmed=_l("Confirmed as reported"), confirmation_taken_back=_l("Took the confirmation back"),
    outcome_disputed=_l("Sees it differently"), outcome_changed=_l("Changed what was reported"),
    outcome_followed=_l("Will look again"), milestone_checked=_l("Looked again"), outcome_closed=_l("Closed"),
    slips_typed=_l("Typed in paper slips"),
)  # fmt: skip
