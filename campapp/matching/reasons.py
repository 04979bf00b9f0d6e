"""Why a match: the engines' reasons in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from campapp.core.current import current
from campapp.core.language import gettext as _
from campapp.core.language import lazy_gettext as _l
from campapp.pool.sectors import sector_name

MOST_TERMS = 4


@dataclass(frozen=True)
class Reason:
    """One reason as a page shows it."""

    icon: str
    kind: str
    text: str


@dataclass(frozen=True)
class Sides:
    """The names that a reason speaks of."""

    team: str
    company: str


def _terms(reason: dict[str, Any], _sides: Sides) -> Reason:
    shown = _readable(reason["terms"])[:MOST_TERMS]
    needs = list(dict.fromkeys(term["need"] for term in shown))
    offers = list(dict.fromkeys(term["project"] for term in shown))
    text = _(
        "The need says %(need)s; the project says %(project)s.", need=_quoted(needs), project=_quoted(offers)
    )
    return Reason("quote", _("Shared terms"), text)


def _readable(terms: list[dict[str, str]]) -> list[dict[str, str]]:
    """Where both texts stand in both languages, what meets in the reader's own."""
    chinese = current.locale.startswith("zh")
    own = [
        term
        for term in terms
        if all(any("㐀" <= c <= "鿿" for c in word) == chinese for word in term.values())
    ]
    return own or terms


def _quoted(words: Iterable[str]) -> str:
    return _(", ").join(_("“%(words)s”", words=word) for word in words)


def _tags(reason: dict[str, Any], _sides: Sides) -> Reason:
    names = dict.fromkeys(sector_name(str(tag["need"]), current.locale) for tag in reason["tags"])
    return Reason("layers", _("Common ground"), _("Both are about %(tags)s.", tags=_(", ").join(names)))


def _trl(reason: dict[str, Any], _sides: Sides) -> Reason:
    least, most, found = reason["trl_min"], reason["trl_max"], reason["trl"]
    wanted = f"TRL {least}–{most}" if most < 9 else f"TRL ≥ {least}"
    return Reason(
        "gauge", _("Readiness"), _("Wanted %(wanted)s; the project is at %(trl)s.", wanted=wanted, trl=found)
    )


def _language(reason: dict[str, Any], _sides: Sides) -> Reason:
    chinese = reason["need"] == "zh"
    text = (
        _("The need is in Chinese, the project in English: the words were translated to be compared.")
        if chinese
        else _("The need is in English, the project in Chinese: the words were translated to be compared.")
    )
    return Reason("languages", _("Language"), text)


def _rank(reason: dict[str, Any], sides: Sides) -> Reason:
    who, whom = (sides.team, sides.company) if reason["by"] == "team" else (sides.company, sides.team)
    text = _("%(who)s ranked %(whom)s number %(rank)s.", who=who, whom=whom, rank=reason["rank"])
    return Reason("heart-handshake", _("Preferences"), text)


def _pin(_reason: dict[str, Any], _sides: Sides) -> Reason:
    return Reason("pin", _("Pinned"), _("This pair was fixed before the run."))


def _hand(_reason: dict[str, Any], _sides: Sides) -> Reason:
    return Reason("user-round-check", _("By hand"), _("The organiser brings these two together."))


WORDS: dict[str, Callable[[dict[str, Any], Sides], Reason]] = {
    "terms": _terms, "tags": _tags, "trl": _trl, "language": _language, "rank": _rank, "pin": _pin, "hand": _hand,
}  # fmt: skip
ORDER = ("hand", "terms", "trl", "rank", "tags", "language", "pin")
PARTS = {
    "fit": _l("fit"), "team_rank": _l("the team's ranking"), "company_rank": _l("the company's ranking"),
    "trl": _l("readiness"),
}  # fmt: skip


def worded(reasons: Iterable[dict[str, Any]], team: str, company: str) -> list[Reason]:
    """A match's reasons, what both texts say first."""
    known = [reason for reason in reasons if reason.get("kind") in WORDS]
    known.sort(key=lambda reason: ORDER.index(reason["kind"]))
    return [WORDS[reason["kind"]](reason, Sides(team, company)) for reason in known]


def fit_of(reasons: Iterable[dict[str, Any]]) -> float | None:
    """The fit of the company's best need, 0 to 1, where it was computed."""
    return next((float(reason["fit"]) for reason in reasons if reason.get("kind") == "fit"), None)


def parts_of(reasons: Iterable[dict[str, Any]]) -> list[tuple[str, float]]:
    """What the score is the sum of: (word, points)."""
    parts = next((reason for reason in reasons if reason.get("kind") == "parts"), {})
    return [(str(PARTS[name]), float(parts[name])) for name in PARTS if parts.get(name)]
