"""The words of matching: states, answers, reasons for a no, objectives, silence; and how its events read."""

from __future__ import annotations

from typing import Any

from campapp.core.language import lazy_gettext as _l
from campapp.core.language import lazy_pgettext
from campapp.core.timeline import tell_as

STATES: dict[str, Any] = {
    "proposed": lazy_pgettext("match", "Proposed"),
    "replaced": lazy_pgettext("match", "Replaced"),
    "released": _l("The company's turn"),
    "accepted by company": _l("The team's turn"),
    "accepted by team": _l("The company's turn"),
    "confirmed": lazy_pgettext("match", "Confirmed"),
    "scheduled": lazy_pgettext("match", "Scheduled"),
    "held": lazy_pgettext("match", "Met"),
    "no-show": lazy_pgettext("match", "No-show"),
    "declined": lazy_pgettext("match", "Declined"),
    "lapsed": _l("Lapsed in silence"),
    "cancelled": lazy_pgettext("match", "Cancelled"),
}
REFUSALS: dict[str, dict[str, Any]] = {
    "company": {
        "not asked for": _l("Not what the need asks for"), "too early": _l("Not mature enough yet"),
        "have one": _l("We already have a supplier"), "no time": _l("No time left on the day"),
    },
    "team": {
        "other need": _l("Our project does not answer this need"),
        "other plans": _l("We look for another kind of partner"),
        "in touch": _l("We are in touch with them already"), "no time": _l("No time left on the day"),
    },
}  # fmt: skip
OBJECTIVES: dict[str, tuple[Any, Any]] = {
    "fair": (
        _l("Every team at least one"),
        _l("Then the best sum; nobody goes home without a meeting if that is possible."),
    ),
    "total": (_l("The best sum"), _l("The highest total score; a weak team may get nothing.")),
    "stable": (_l("No regrets"), _l("No team and company would both rather have each other.")),
}  # fmt: skip
SILENCE: dict[str, Any] = {
    "organiser": _l("The organiser decides"), "accepted": _l("Counts as a yes"), "declined": _l("The match lapses"),
}  # fmt: skip


def refusal(reason: str) -> str:
    """A reason as it is read: one of the offered ones, or the person's own words."""
    for reasons in REFUSALS.values():
        if reason in reasons:
            return str(reasons[reason])
    return reason


tell_as(
    team_ranked=_l("The team ranked companies"), company_ranked=_l("The company ranked teams"),
    pair_fixed=_l("A pair was pinned, forbidden or freed"), match_run_started=_l("A matching run was started"),
    run_started=_l("A run was started"), run_begun=_l("A run began"), run_finished=_l("A run finished"),
    run_failed=_l("A run failed"), run_stopped=_l("A run was told to stop"), run_cancelled=_l("A run was cancelled"),
    run_prepared=_l("A run's input was made"),
    run_verification_asked=_l("A run is to be repeated"), run_verification_dropped=_l("A repetition was let go of"),
    run_verified=_l("A run was repeated and compared"), run_chosen=_l("A run was chosen"),
    matches_released=_l("Matches were released"),
    match_answered=_l("A match was answered"), match_confirmed=_l("A match was confirmed"),
    match_held_back=_l("A match was put on hold"), answer_taken_back=_l("An answer was taken back"),
    match_added=_l("A pair was added by hand"), match_cancelled=_l("A match was cancelled"),
    match_lapsed=_l("A match lapsed in silence"), silence_ended=_l("The time to answer ended"),
    called=_l("A call was made"), reminded=_l("A reminder was sent"),
)  # fmt: skip
