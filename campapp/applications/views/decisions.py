"""Decisions over many applications: a page that says how many and who, then one act, then its messages."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, request, url_for

from campapp.applications import results
from campapp.applications.actions.together import Decided, decide_together, undo_together
from campapp.applications.forms import DecisionForm
from campapp.applications.lists import WORDS, Applications, scope_of
from campapp.applications.models import Application
from campapp.applications.states import DECISIONS, may_follow
from campapp.core.access import find, find_by, visible
from campapp.core.action import bulk
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.language import ngettext, say
from campapp.core.outbox import Sending
from campapp.core.text import numbers
from campapp.core.web import guarded_by, page, to
from campapp.programmes.models import Programme
from campapp.programmes.rules import manages

bp = Blueprint("decisions", __name__)
MOST = 2_000
NEED_REASON = {"returned"}


def states_of(programme: Programme) -> tuple[str, ...]:
    """What can be decided of many entries at once."""
    return ("eligible", "returned", *DECISIONS[programme.kind])


@bp.post("/programmes/<slug>/decisions/new")
@guarded_by(manages)
def new(slug: str) -> Response:
    """How many and who, before anything happens."""
    programme = find_by(Programme, slug=slug)
    state = _wanted(programme)
    url = url_for("applications.list.index", slug=slug)
    listing = Applications.from_url(request.form, url, **scope_of(programme))
    ids = listing.selected(request.form)
    if not ids:
        return to(listing.url(), done=_("Nothing was selected."))
    if len(ids) > MOST:
        return to(listing.url(), done=_("At most %(most)s at once; narrow the list.", most=f"{MOST:,}"))
    rows = db.session.scalars(visible(Application).where(Application.id.in_(ids))).all()
    order = {one: n for n, one in enumerate(ids)}
    return _preview(programme, state, sorted(rows, key=lambda row: order[row.id]), DecisionForm.of())


def _wanted(programme: Programme) -> str:
    state = request.values.get("to", "")
    return state if state in states_of(programme) else abort(404)


def _preview(
    programme: Programme, state: str, rows: list[Application], form: DecisionForm, status: int = 200
) -> Response:
    can = [row for row in rows if may_follow(programme.kind, row.state, state)]
    return page(
        "applications/decisions/new.html", status=status, programme=programme, state=state, word=str(WORDS[state]),
        beyond=_beyond(programme, state, len(can)),
        words=WORDS, can=can, cannot=[row for row in rows if row not in can], form=form,
        must=state in NEED_REASON, chosen=",".join(f"{row.id}:{row.state}" for row in can),
    )  # fmt: skip


def _beyond(programme: Programme, state: str, more: int) -> int:
    """How many would be in with these, where that is more than the programme wants; else 0."""
    if not programme.wanted or state != DECISIONS[programme.kind][0]:
        return 0
    there = results.counts(programme).get(state, 0) + more
    return there if there > programme.wanted else 0


@bp.post("/programmes/<slug>/decisions")
@guarded_by(manages)
def create(slug: str) -> Response:
    """Decide them in one transaction; the messages are held on the page that this leads to."""
    programme = find_by(Programme, slug=slug)
    state = _wanted(programme)
    chosen, form = _chosen(), DecisionForm.of(sent=request.form)
    reason = form.values["reason"] or ""
    if not form.validate() or (state in NEED_REASON and not reason):
        if state in NEED_REASON and not reason:
            form.blame("reason", _("Say what is to be changed; the teams read it."))
        rows = db.session.scalars(
            visible(Application).where(Application.programme_id == programme.id, Application.id.in_(chosen))
        ).all()
        return _preview(programme, state, list(rows), form, 422)
    title = _("%(programme)s: %(state)s", programme=say(programme, "title"), state=WORDS[state])
    with bulk():
        decided = decide_together(programme, state, chosen, reason=reason, title=title)
    if decided.sending is None:
        return to("applications.list.index", slug=slug, done=_left(decided))
    words = ngettext("%(num)d decision.", "%(num)d decisions.", len(decided.done))
    undo = url_for(".destroy", slug=slug, sending_id=decided.sending.id)
    return to(
        "messages.sending.show",
        sending_id=decided.sending.id,
        done=f"{words} {_left(decided)}".strip(),
        undo=undo,
    )


def _chosen() -> dict[int, str]:
    """`12:submitted,13:eligible`: what was shown, and in which state."""
    found = {}
    for part in request.form.get("chosen", "").split(","):
        chosen, _colon, state = part.partition(":")
        if key := numbers.key(chosen):
            found[key] = state
    return dict(list(found.items())[:MOST])


def _left(decided: Decided) -> str:
    if not decided.left:
        return ""
    some: Any = _(", ").join(decided.left[:5]) + (" …" if len(decided.left) > 5 else "")
    return ngettext(
        "%(num)d was moved by somebody else meanwhile and is left as it is: %(some)s",
        "%(num)d were moved by somebody else meanwhile and are left as they are: %(some)s",
        len(decided.left), some=some,
    )  # fmt: skip


@bp.delete("/programmes/<slug>/decisions/<int:sending_id>")
@guarded_by(manages)
def destroy(slug: str, sending_id: int) -> Response:
    """Undo them all, while nobody has been told."""
    programme = find_by(Programme, slug=slug)
    sending = find(Sending, sending_id, kind="programme", subject_id=programme.id)
    with bulk():
        undone = undo_together(programme, sending)
    words = ngettext("%(num)d decision is undone.", "%(num)d decisions are undone.", len(undone.done))
    return to("applications.list.index", slug=slug, done=f"{words} {_left(undone)}".strip())
