"""The impact of a year: what came of it, counted apart by who stands behind it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from sqlalchemy import extract
from sqlalchemy.orm import joinedload

from campapp.core import clock
from campapp.core.access import visible
from campapp.core.current import ORGANISER, current
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.language import say
from campapp.core.park import the_park
from campapp.core.text.language import LazyString
from campapp.core.text.moments import moment_shown
from campapp.core.web import rooted
from campapp.outcomes.models import Outcome
from campapp.outcomes.words import STANDINGS, TYPES, standing_of
from campapp.programmes.models import Programme
from campapp.reports.document import Document, Figure, Table
from campapp.reports.funnel import Counts, counted

AMOUNTS = ("intended", "signed", "paid")


def years() -> list[int]:
    """The years in which something came of it, newest first."""
    statement = visible(Outcome).with_only_columns(extract("year", Outcome.day)).distinct()
    return sorted((int(year) for year in db.session.scalars(statement)), reverse=True)


def impact(year: int) -> Document:
    """What the reader may say of a year, in the reader's language."""
    outcomes = _outcomes(year)
    programmes = _programmes(year)
    counts = counted([row.id for row in programmes])
    scope = say(programmes[0], "title") if current.actor.role == ORGANISER and programmes else _park()
    agreed = sum(standing_of(row) in {"both", "evidence"} for row in outcomes)
    return Document(
        title=_("Impact report %(year)s", year=year), scope=scope, year=year,
        lead=_("%(agreed)s of %(all)s outcomes are confirmed beyond whoever reported them.",
               agreed=agreed, all=sum(bool(standing_of(row)) for row in outcomes)),
        as_of=moment_shown(clock.now(), ZoneInfo(current.zone)), figures=_figures(year, outcomes),
        tables=[_amounts(year, outcomes), _types(year, outcomes), _editions(programmes, counts), _list(outcomes)],
        definitions=_definitions(year),
    )  # fmt: skip


def _outcomes(year: int) -> Sequence[Outcome]:
    statement = (
        visible(Outcome)
        .where(Outcome.day >= date(year, 1, 1), Outcome.day <= date(year, 12, 31))
        .options(joinedload(Outcome.project), joinedload(Outcome.company))
        .order_by(Outcome.day, Outcome.id)
    )
    return db.session.scalars(statement).all()


def _programmes(year: int) -> Sequence[Programme]:
    statement = visible(Programme).where(Programme.state != "draft")
    if current.actor.role == ORGANISER:
        statement = visible(Programme).where(Programme.id == current.actor.programme_id)
    else:
        statement = statement.where(
            Programme.first_day >= date(year, 1, 1), Programme.first_day <= date(year, 12, 31)
        )
    return db.session.scalars(statement.order_by(Programme.first_day, Programme.id)).unique().all()


def _park() -> str:
    park = the_park()
    return say(park, "name") if park is not None else "campapp"


def _rows_behind(year: int, **more: str) -> str:
    return "/outcomes?" + urlencode(more | {"day_from": f"{year}-01-01", "day_to": f"{year}-12-31"})


def _figures(year: int, outcomes: Sequence[Outcome]) -> list[Figure]:
    counts = Counter(standing_of(row) for row in outcomes)
    means = {
        "both": _("The team and the company each said so themselves."),
        "evidence": _("One side said so; for the other the organiser looked at the evidence on file."),
        "sheet": _("A sheet that was brought in says so; nobody has said it here."),
        "reported": _("One side said so; nobody has confirmed it yet, or it is disputed."),
    }
    return [
        Figure(str(label), counts[key], means[key], _rows_behind(year, standing=key))
        for key, label in _standings(counts).items()
    ]


def _standings(counts: Mapping[str, int]) -> dict[str, LazyString]:
    """Who stands behind outcomes; sheets only where there are such."""
    return {key: label for key, label in STANDINGS.items() if key != "sheet" or counts["sheet"]}


def _amounts(year: int, outcomes: Sequence[Outcome]) -> Table:
    sums: dict[tuple[str, str], dict[str, Decimal]] = defaultdict(lambda: dict.fromkeys(AMOUNTS, Decimal(0)))
    counts: Counter[tuple[str, str]] = Counter()
    for row in outcomes:
        if not (standing := standing_of(row)) or not any(getattr(row, name) is not None for name in AMOUNTS):
            continue
        counts[standing, row.currency] += 1
        for name in AMOUNTS:
            sums[standing, row.currency][name] += getattr(row, name) or Decimal(0)
    order = sorted(sums, key=lambda key: (list(STANDINGS).index(key[0]), key[1] != "CNY", key[1]))
    return Table(
        _("Amounts"),
        [_("Who stands behind it"), _("Currency"), _("Outcomes"), _("Intended"), _("Signed"), _("Paid")],
        ["text", "text", "number", "money", "money", "money"],
        [
            [str(STANDINGS[key[0]]), key[1], counts[key], *(f"{sums[key][name]:.2f}" for name in AMOUNTS)]
            for key in order
        ],
        [_rows_behind(year, standing=key[0], currency=key[1]) for key in order],
    )  # fmt: skip


def _types(year: int, outcomes: Sequence[Outcome]) -> Table:
    counts = Counter((row.type, standing_of(row)) for row in outcomes)
    standings = _standings(Counter(standing_of(row) for row in outcomes))
    found = [key for key in TYPES if any(counts[key, standing] for standing in STANDINGS)]
    return Table(
        _("Outcomes by type"), [_("Type"), *(str(label) for label in standings.values())],
        ["text", *(["number"] * len(standings))],
        [[str(TYPES[key]), *(counts[key, standing] for standing in standings)] for key in found],
        [_rows_behind(year, type=key) for key in found],
    )  # fmt: skip


def _editions(programmes: Sequence[Programme], counts: dict[int, Counts]) -> Table:
    rows = []
    for programme in programmes:
        steps = dict(counts[programme.id].steps()) if programme.id in counts else {}
        names = ("submitted", "taken", "held", "outcome", "agreed")
        rows.append(
            [
                say(programme, "title"),
                programme.first_day.isoformat(),
                *(steps.get(name, 0) for name in names),
            ]
        )
    return Table(
        _("Programmes, from registrations to outcomes"),
        [
            _("Programme"), _("Begins"), _("Submitted"), _("Accepted or promoted"), _("Meetings held"), _("Outcomes"),
            _("Outcomes confirmed"),
        ],
        ["text", "date", *(["number"] * 5)], rows,
        [rooted(f"/programmes/{programme.slug}/report") for programme in programmes],
    )  # fmt: skip


def _list(outcomes: Sequence[Outcome]) -> Table:
    order = list(STANDINGS)
    rows = sorted(
        (row for row in outcomes if standing_of(row)), key=lambda row: order.index(standing_of(row))
    )
    return Table(
        _("The outcomes one by one"),
        [_("Outcome"), _("Type"), _("Project"), _("Company"), _("Date"), _("Currency"), _("Intended"), _("Signed"),
         _("Paid"), _("Who stands behind it")],
        ["text", "text", "text", "text", "date", "text", "money", "money", "money", "text"],
        [
            [row.title or str(TYPES[row.type]), str(TYPES[row.type]), say(row.project, "title"),
             row.company.name if row.company else "", row.day.isoformat(), row.currency,
             *(_plain(getattr(row, name)) for name in AMOUNTS), str(STANDINGS[standing_of(row)])]
            for row in rows
        ],
        [rooted(f"/outcomes/{row.id}") for row in rows],
    )  # fmt: skip


def _plain(value: Decimal | None) -> str | None:
    return f"{value:.2f}" if value is not None else None


def _definitions(year: int) -> list[str]:
    return [
        _("Counted are the outcomes whose date (of the signature, the start or the decision) lies in %(year)s.",
          year=year),
        _("Each outcome is counted once, by who stands behind it at the moment that the report names. A dispute that "
          "was closed without agreement is not counted."),
        _("What only an imported sheet says to be confirmed is counted apart, until one of the sides says so here."),
        _("Amounts are sums of what was written down, by currency; nothing is converted. Intended, signed and paid "
          "are three sums of the same outcomes and are never added up."),
        _("A programme belongs to the year in which it begins; its outcomes may come later."),
    ]  # fmt: skip
