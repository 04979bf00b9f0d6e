"""Who reacts to what, in floor order, and the menu by role: two tables on one page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from flask import Flask, request, url_for

from campapp.applications import reactions as applications
from campapp.applications.checking import why_decided
from campapp.applications.timing import timing_of
from campapp.core import events
from campapp.core.current import ADMINISTRATOR, MEMBER, ORGANISER, REPRESENTATIVE, current
from campapp.core.db import db
from campapp.core.events import Reaction
from campapp.core.language import lazy_gettext as _l
from campapp.dues import reactions as dues
from campapp.dues.queries import owed_by
from campapp.matching import reactions as matching
from campapp.matching.queries import names_of
from campapp.outcomes.words import outcome_type
from campapp.programmes.models import Programme
from campapp.programmes.queries import company_of, programme_of
from campapp.scheduling import reactions as scheduling
from campapp.scheduling.queries import lines_of
from campapp.threads.queries import news as threads_in

REACTIONS: dict[str, list[Reaction]] = {
    "application_withdrawn": [matching.void_matches_of_application],
    "application_decided": [matching.void_matches_of_application, dues.ask_application],
    "consent_withdrawn": [matching.void_matches_without_consent],
    "participation_withdrawn": [matching.void_matches_of_participation],
    "member_left": [applications.close_drafts],
    "match_confirmed": [scheduling.expect, dues.ask_match],
    "participation_confirmed": [dues.ask_participation],
    "company_invited": [dues.ask_invited],
    "match_answered": [scheduling.free],
    "match_cancelled": [scheduling.free],
    "answer_taken_back": [scheduling.free],
    "deadline_moved": [applications.tell_new_deadline],
    "decision_undone": [applications.undo_check, dues.ask_application],
    "form_put_to_use": [applications.follow_form, dues.ask_by_form],
    "follow_up_changed": [dues.ask_by_form],
    "follow_up_opened": [dues.ask_by_form],
    "zone_changed": [scheduling.move_with_zone, dues.follow_zone],
}
"""Event → what answers it in the same transaction."""


@dataclass(frozen=True)
class Entry:
    """One entry of the menu."""

    label: object
    icon: str
    endpoint: str
    roles: tuple[str, ...]
    section: str = ""
    """The first words of the endpoints at which it is the active one; empty: its blueprint."""
    arguments: Callable[[], dict[str, Any]] = dict
    meets: bool = False
    """Only where companies meet teams: not in a competition."""


MAIL_WORDS: dict[str, Callable[..., Any]] = {
    "programme_of": programme_of, "names_of": names_of, "agenda_lines": lines_of, "company_of": company_of,
    "outcome_type": outcome_type,
    "threads_in": threads_in, "owed_by": owed_by, "timing_of": timing_of, "why_decided": why_decided,
}  # fmt: skip
"""What mails may ask about the rows that they speak of."""


def own_programme() -> dict[str, Any]:
    """The organiser's programme in an address; a page about it has loaded it already."""
    return {"slug": db.session.get_one(Programme, current.actor.programme_id).slug}


MENU: tuple[Entry, ...] = (
    Entry(
        _l("Today"),
        "house",
        "desk.home.show",
        (MEMBER, REPRESENTATIVE, ORGANISER, ADMINISTRATOR),
        "desk.home",
    ),
    Entry(
        _l("Programmes"),
        "flag",
        "programmes.programme.index",
        (MEMBER, ADMINISTRATOR),
        "programmes.programme",
    ),
    Entry(
        _l("Applications"), "ticket", "applications.application.index", (MEMBER, ORGANISER), "applications"
    ),
    Entry(
        _l("Programme"),
        "flag",
        "programmes.overview.show",
        (ORGANISER,),
        "programmes.overview",
        own_programme,
    ),
    Entry(
        _l("Companies"),
        "building-2",
        "programmes.company.index",
        (ORGANISER,),
        "programmes.company",
        own_programme,
        meets=True,
    ),
    Entry(_l("Team"), "users", "teams.team.show", (MEMBER,), "teams"),
    Entry(
        _l("Matching"),
        "handshake",
        "matching.matching.show",
        (ORGANISER,),
        "matching",
        own_programme,
        meets=True,
    ),
    Entry(
        _l("Schedule"),
        "calendar-days",
        "scheduling.board.show",
        (ORGANISER,),
        "scheduling.board",
        own_programme,
        meets=True,
    ),
    Entry(_l("To review"), "list-checks", "matching.match.index", (REPRESENTATIVE,), "matching.match"),
    Entry(
        _l("Preferences"),
        "heart-handshake",
        "matching.preference.index",
        (REPRESENTATIVE,),
        "matching.preference",
    ),
    Entry(_l("Matches"), "handshake", "matching.match.index", (MEMBER,), "matching.match"),
    Entry(_l("Companies"), "building-2", "matching.preference.index", (MEMBER,), "matching.preference"),
    Entry(
        _l("Agenda"), "calendar-days", "scheduling.agenda.show", (MEMBER, REPRESENTATIVE), "scheduling.agenda"
    ),
    Entry(
        _l("Organisations"),
        "building-2",
        "organisations.organisation.index",
        (ORGANISER, ADMINISTRATOR),
        "organisations",
    ),
    Entry(
        _l("Conversations"),
        "message-square",
        "threads.thread.index",
        (MEMBER, REPRESENTATIVE, ORGANISER),
        "threads",
    ),
    Entry(_l("Import"), "upload", "exchange.upload.new", (ADMINISTRATOR,), "exchange"),
    Entry(_l("People"), "users", "accounts.people.index", (ADMINISTRATOR,), "accounts.people"),
    Entry(_l("The park"), "settings-2", "park.settings.show", (ADMINISTRATOR,), "park.settings"),
    Entry(_l("Audit log"), "history", "park.audit.index", (ADMINISTRATOR,), "park.audit"),
    Entry(
        _l("Mail that needs you"), "mail", "messages.delivery.index", (ADMINISTRATOR,), "messages.delivery"
    ),
    Entry(
        _l("Notifications"),
        "bell",
        "messages.notification.index",
        (MEMBER, REPRESENTATIVE, ORGANISER, ADMINISTRATOR),
        "messages.notification",
    ),
    Entry(
        _l("Outcomes"), "handshake", "outcomes.outcome.index", (MEMBER, REPRESENTATIVE, ORGANISER), "outcomes"
    ),
    Entry(_l("Impact"), "chart-column", "reports.impact.show", (ADMINISTRATOR, ORGANISER), "reports.impact"),
)


@dataclass(frozen=True)
class Shown:
    """An entry as the layout draws it."""

    label: str
    url: str
    icon: str
    active: bool
    count: int | None = None


def menu() -> list[Shown]:
    """The entries of the role in use."""
    here = request.endpoint or ""
    found = []
    own = current.actor.programme_id
    programme = db.session.get_one(Programme, own) if own else None  # held: asked for once, not by each entry
    given = cache(lambda arguments: arguments())
    for entry in MENU:
        if current.actor.role in entry.roles and (programme is None or programme.meets or not entry.meets):
            section = entry.section or entry.endpoint.rpartition(".")[0]
            url = url_for(entry.endpoint, **given(entry.arguments))
            found.append(Shown(str(entry.label), url, entry.icon, here.startswith(section)))
    return found


def connect(app: Flask) -> None:
    """Let core know the reactions, and the layout the menu."""
    events.reactions.update(REACTIONS)  # never emptied: another application may be serving in this process
    app.context_processor(lambda: {"menu": menu()})
    app.jinja_env.globals.update(MAIL_WORDS)
