"""Why a panel has no assignment: an irreducible conflict, by the ids of the file."""

import numpy as np

from campapp.engines.assign.allocation import drawn, pins_contradict
from campapp.engines.assign.panel import Panel
from campapp.engines.flow.conflict import irreducible
from campapp.engines.frame.control import Control

Entry = dict[str, object]


def conflict(panel: Panel, control: Control) -> list[Entry]:
    """Demands of the file that cannot hold together, and can without any one of them.

    What is dropped of `reviews` is that an application needs so many; more than that it never gets.
    """
    at_odds = np.flatnonzero(pins_contradict(panel))
    if len(at_odds):
        return _at_odds(panel, int(at_odds[0]))
    everyone = drawn(panel, np.arange(len(panel)))
    number_asked = np.array([number for _, _, number in panel.asked], np.int64)
    pinned, closed = np.flatnonzero(panel.pinned), np.flatnonzero(panel.closed)
    busy, reviewed = np.flatnonzero(panel.least), np.flatnonzero(panel.reviews)
    rows = [
        ("min", busy, everyone.judges[busy], panel.least[busy]),
        ("reviews", reviewed, everyone.reviews[reviewed], panel.reviews[reviewed]),
        ("composition", np.arange(len(panel.asked)), everyone.asked, number_asked),
        ("pinned", pinned, everyone.arcs[pinned], np.ones(len(pinned), np.int64)),
        ("conflict", closed, everyone.arcs[closed], np.zeros(len(closed), np.int64)),
    ]
    names = [(kind, int(number)) for kind, which, _, _ in rows for number in which]
    arc = np.concatenate([arcs for _, _, arcs, _ in rows])
    amount = np.concatenate([amounts for _, _, _, amounts in rows])
    found = irreducible(everyone.network, arc, amount, control)
    return [_entry(panel, *names[number]) for number in found]


def _at_odds(panel: Panel, pair: int) -> list[Entry]:
    """A pair pinned and in conflict at once; the pin alone where there is no room for any."""
    row = np.array([pair])
    possible = panel.reviews[panel.application(row)[0]] > 0 and panel.most[panel.judge(row)[0]] > 0
    entries = [_entry(panel, "pinned", pair)]
    return [*entries, _entry(panel, "conflict", pair)] if possible else entries


def _entry(panel: Panel, kind: str, number: int) -> Entry:
    if kind == "min":
        judge = panel.judges[number]
        words = f"{judge} does at least {_reviews(panel.said.least[number])}"
        return {"kind": kind, "judge": judge, "text": words}
    if kind == "reviews":
        application = panel.applications[number]
        words = f"{application} needs {_reviews(panel.said.reviews[number])}"
        return {"kind": kind, "application": application, "text": words}
    if kind == "composition":
        row, category, _ = panel.asked[number]
        application, name = panel.applications[row], panel.categories[category]
        words = f"{application} needs at least {_reviews(panel.said.asked[number])} by {name}"
        return {"kind": kind, "application": application, "category": name, "text": words}
    pair = np.array([number])
    application = panel.applications[panel.application(pair)[0]]
    judge = panel.judges[panel.judge(pair)[0]]
    words = "is pinned" if kind == "pinned" else "is a conflict of interest"
    return {
        "kind": kind,
        "application": application,
        "judge": judge,
        "text": f"{application} with {judge} {words}",
    }


def _reviews(number: int) -> str:
    return "1 review" if number == 1 else f"{number} reviews"
