"""An entry on paper: what to print, stamp, scan and upload; the A4 print of one entry, or of a selection."""

from __future__ import annotations

import secrets

from flask import Blueprint, Response, request, url_for

from campapp.applications import queries
from campapp.applications.lists import Applications, scope_of
from campapp.applications.models import Application
from campapp.applications.paper import WIDEST, first_due, on_paper, scans_of
from campapp.applications.rules import of_own_team, reads_application
from campapp.applications.timing import timing_of
from campapp.core import clock
from campapp.core.access import find, find_by
from campapp.core.current import MEMBER, current
from campapp.core.form import asked
from campapp.core.language import gettext as _
from campapp.core.text import numbers
from campapp.core.web import guarded_by, page, to
from campapp.programmes.models import Programme
from campapp.programmes.queries import programme_of
from campapp.programmes.rules import reads

bp = Blueprint("paper", __name__)
MOST = 300
"""Entries in one document: a browser lays out some thousand sheets."""


@bp.get("/applications/<int:id>/paper")
@guarded_by(of_own_team)
def show(id: int) -> Response:
    """What to print, and each letter's way from print to uploaded scan."""
    application = find(Application, id)
    timing, now = timing_of(application), clock.now()
    paper = on_paper(timing.programme, [id])[0]
    scans = scans_of(paper, timing, now)
    return page(
        "applications/paper/show.html", paper=paper, application=application, programme=timing.programme,
        timing=timing, scans=scans, first_due=first_due(scans), given=queries.shown_files(application), asked=asked,
        unfinished=queries.unfinished_uploads(application), nonce=secrets.token_hex(16),
        changed=queries.changed_since(application, paper.submission),
    )  # fmt: skip


@bp.get("/applications/<int:id>/paper/entry")
@guarded_by(of_own_team | reads_application)
def entry(id: int) -> Response:
    """The whole entry on A4: cover, answers, and for the team the letters to be signed."""
    application, own = find(Application, id), current.actor.role == MEMBER
    programme = programme_of(application)
    papers = on_paper(programme, [id], draft=own and request.args.get("of") == "draft")
    back = url_for(".show" if own else "applications.application.show", id=id)
    return page(
        "applications/paper/entry.html",
        papers=papers,
        programme=programme,
        letters=own,
        back=back,
        widest=WIDEST,
    )


@bp.post("/programmes/<slug>/applications/paper")
@guarded_by(reads)
def create(slug: str) -> Response:
    """What was chosen in the list, as an address that can be opened again."""
    programme = find_by(Programme, slug=slug)
    listing = Applications.from_url(
        request.form, url_for("applications.list.index", slug=slug), **scope_of(programme)
    )
    ids = listing.selected(request.form)
    if not ids:
        return to(listing.url(), done=_("Nothing was selected."))
    if len(ids) > MOST:
        return to(listing.url(), done=_("At most %(most)s at once; narrow the list.", most=MOST))
    return to(".index", slug=slug, row=ids)


@bp.get("/programmes/<slug>/applications/paper")
@guarded_by(reads)
def index(slug: str) -> Response:
    """A selection as one document, in the order of the list; each entry begins a page."""
    programme = find_by(Programme, slug=slug)
    listing = Applications.from_url({}, **scope_of(programme))
    wanted = [one for one in map(numbers.key, request.args.getlist("row")) if one]
    seen = set(listing.selected({"row": [str(one) for one in wanted[:MOST]]}))
    ids = [one for one in dict.fromkeys(wanted) if one in seen]
    return page(
        "applications/paper/entry.html", papers=on_paper(programme, ids), programme=programme, letters=False,
        back=url_for("applications.list.index", slug=slug), widest=WIDEST,
    )  # fmt: skip
