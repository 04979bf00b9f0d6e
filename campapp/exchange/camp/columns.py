"""What the spreadsheets of a camp hold, file by file."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from campapp.applications.states import DECISIONS
from campapp.core.language import lazy_gettext as _l
from campapp.core.text import codes, dates, lines, money, names
from campapp.core.text.language import Unreadable
from campapp.matching.states import MATCH
from campapp.outcomes.states import OUTCOME
from campapp.outcomes.words import CURRENCIES, TYPES
from campapp.outcomes.words import SIDES as REPORTERS

SIDES = ("team", "company")
OFFERS = ("pilot", "purchase", "investment", "cooperation")


Reader = Callable[[str], Any]


@dataclass(frozen=True)
class Column:
    """A column: its heading, how its cells are read, whether it may be empty or missing."""

    name: str
    reader: Reader
    required: bool = True
    default: Any = None

    @property
    def needed(self) -> bool:
        """Whether each row must say something in it."""
        return self.required and self.default is None


def whole(least: int, most: int) -> Any:
    """A whole number within bounds."""

    def reader(typed: str) -> int:
        if not re.fullmatch(r"[+-]?\d{1,9}", typed):
            raise Unreadable(_l("This is not a whole number."))
        value = int(typed)
        if not least <= value <= most:
            raise Unreadable(_l("Give a number from %(least)s to %(most)s.", least=least, most=most))
        return value

    return reader


def one_of(*allowed: str) -> Any:
    """One of a few words."""

    def reader(typed: str) -> str:
        value = known.get(typed.casefold())
        if value is None:
            raise Unreadable(_l("Give one of: %(words)s.", words=", ".join(allowed)))
        return value

    known = {word.casefold(): word for word in allowed}
    return reader


def score(typed: str) -> float:
    """The score of a match, as an export says it."""
    try:
        value = float(typed)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise Unreadable(_l("This is not a number."))
    return value


def clock(typed: str) -> str:
    """A time of day as `09:00`."""
    found = dates.time_of_day(typed)
    return "24:00" if found is None else f"{found:%H:%M}"


def moments(typed: str) -> list[tuple[date, str]]:
    """`2026-12-01 09:00;2026-12-02 09:30`: days and times of slots."""
    found = []
    for part in typed.split(";"):
        if part.strip():
            day, _space, time = part.strip().partition(" ")
            found.append((dates.day(day), clock(time.strip())))
    return found


def contact(typed: str) -> str:
    """How a person is reached: a mail address, or a mobile number in its place (then `+8613800008000`)."""
    return codes.mail(typed) if "@" in unicodedata.normalize("NFKC", typed) else codes.mobile(typed)


def is_number(contact: str) -> bool:
    """Whether a contact is a mobile number."""
    return contact.startswith("+")


def person(typed: str) -> str:
    """A person's name."""
    return names.person_name(typed)


def words(typed: str) -> list[str]:
    """`pilot;purchase`."""
    found = [one_of(*OFFERS)(part.strip()) for part in typed.split(";") if part.strip()]
    return list(dict.fromkeys(found))


def zone(typed: str) -> str:
    """A time zone by its name."""
    try:
        return ZoneInfo(typed).key
    except (KeyError, ValueError, OSError):
        raise Unreadable(_l("There is no such time zone.")) from None


def title(longest: int) -> Any:
    """A name as stored."""
    return lambda typed: names.title(typed, longest)


def text(typed: str) -> str:
    """Several lines."""
    return lines.many_lines(typed, 8000)


def line(longest: int) -> Any:
    """One line."""
    return lambda typed: lines.one_line(typed, longest)


TRL = whole(1, 9)
COUNT = whole(0, 1000)

CAMP: dict[str, Any] = {
    "title_en": title(200), "title_zh": title(200), "timezone": zone, "first_day": dates.day, "last_day": dates.day,
    "tables": COUNT, "registration_deadline": lambda typed: typed, "kind": one_of(*DECISIONS),
    "wanted": whole(1, 10_000),
}  # fmt: skip
CAMP_FILE = (Column("key", str), Column("value", str, required=False, default=""))
AGENDA = (
    Column("day", dates.day), Column("start", clock), Column("end", clock), Column("kind", one_of("slot", "session")),
    Column("title", line(200), required=False, default=""), Column("room", line(100), required=False, default=""),
)  # fmt: skip
COMPANIES = (
    Column("company", title(200)), Column("representative_email", contact, required=False, default=""),
    Column("representative_phone", codes.mobile, required=False, default=""),
    Column("representative", person, required=False, default=""),
    Column("tables", COUNT, required=False, default=1), Column("max_meetings", COUNT),
    Column("unavailable", moments, required=False, default=[]),
)  # fmt: skip
NEEDS = (
    Column("company", title(200)), Column("need", title(200)), Column("description", text, required=False, default=""),
    Column("sector", line(100), required=False, default=""), Column("trl_min", TRL, required=False),
    Column("offers", words, required=False, default=[]),
)  # fmt: skip
TEAMS = (
    Column("team", title(100)), Column("project", title(200)), Column("summary", text, required=False, default=""),
    Column("sector", line(100), required=False, default=""), Column("trl", TRL, required=False),
    Column("members", whole(1, 1000), required=False), Column("captain_email", contact, required=False, default=""),
    Column("captain_phone", codes.mobile, required=False, default=""),
    Column("captain", person, required=False, default=""),
    Column("language", one_of("zh", "en"), required=False, default="zh"), Column("max_meetings", COUNT),
    Column("unavailable", moments, required=False, default=[]),
)  # fmt: skip
TEAMS_OF_A_COMPETITION = (
    *(
        replace(column, required=False, default=3) if column.name == "max_meetings" else column
        for column in TEAMS
    ),
    Column("state", one_of("eligible", *DECISIONS["competition"]), required=False, default="eligible"),
)
"""Nobody meets anybody; what was decided comes along."""
PREFERENCES = (
    Column("side", one_of(*SIDES)), Column("from", title(200)), Column("to", title(200)),
    Column("rank", whole(1, 10_000)),
)  # fmt: skip
MATCHES = (
    Column("team", title(100)), Column("company", title(200)), Column("score", score, required=False, default=0.0),
    Column("state", one_of(*MATCH.names)),
)  # fmt: skip
SCHEDULE = (
    Column("team", title(100)), Column("company", title(200)), Column("day", dates.day), Column("start", clock),
    Column("end", clock), Column("table", line(40)),
)  # fmt: skip
OUTCOMES = (
    Column("team", title(100)), Column("company", title(200), required=False, default=""),
    Column("type", one_of(*TYPES)),
    Column("day", dates.day), Column("title", line(200), required=False, default=""),
    Column("currency", one_of(*CURRENCIES), required=False, default="CNY"),
    Column("intended", money.amount, required=False), Column("signed", money.amount, required=False),
    Column("paid", money.amount, required=False), Column("state", one_of(*OUTCOME.names)),
    Column("reported_by", one_of(*REPORTERS)), Column("confirmed_by", one_of(*REPORTERS), required=False, default=""),
)  # fmt: skip
LAYOUTS: dict[str, tuple[Column, ...]] = {
    "camp": CAMP_FILE, "agenda": AGENDA, "companies": COMPANIES, "needs": NEEDS, "teams": TEAMS,
    "preferences": PREFERENCES,
}  # fmt: skip
"""What a camp is taken in from."""
OF_A_COMPETITION: dict[str, tuple[Column, ...]] = {"camp": CAMP_FILE, "teams": TEAMS_OF_A_COMPETITION}
"""What a competition is taken in from."""
RESULTS: dict[str, tuple[Column, ...]] = {"matches": MATCHES, "schedule": SCHEDULE, "outcomes": OUTCOMES}
"""What an exported one also says."""
