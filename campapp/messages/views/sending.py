"""A sending: how many messages go to whom, three of them, and the button; afterwards what became of each."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Blueprint, Response, request

from campapp.core import clock
from campapp.core.access import find
from campapp.core.action import may
from campapp.core.current import current
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.language import ngettext
from campapp.core.outbox import Sending
from campapp.core.web import guarded_by, page, to
from campapp.messages import actions, queries
from campapp.messages.forms import ReleaseForm, WordsForm
from campapp.messages.rules import may_read_sending
from campapp.programmes.models import Programme

bp = Blueprint("sending", __name__)


@bp.get("/sendings/<int:sending_id>")
@guarded_by(may_read_sending)
def show(sending_id: int) -> Response:
    """Held: whom it would reach now. Released: the record of delivery."""
    return _page(find(Sending, sending_id))


def _page(sending: Sending, form: WordsForm | None = None, leaving: ReleaseForm | None = None) -> Response:
    status, circular = 422 if form or leaving else 200, queries.circular_of(sending)
    pasted = [(one["name"], datetime.fromisoformat(one["at"])) for one in sending.extra.get("pasted", ())]
    shared: dict[str, Any] = {
        "sending": sending, "circular": circular, "may_send": may(actions.release, sending), "pasted": pasted,
        "to_paste": queries.group_messages(circular) if circular else (),
    }  # fmt: skip
    if sending.released_at and sending.released_at <= clock.now():
        return page("messages/sending/record.html", record=() if sending.unnamed else queries.record_of(sending),
                    tally=queries.tally(sending), letters=len(queries.letters_of(sending)), again=actions.send_again,
                    **shared)  # fmt: skip
    words = {"zh": sending.extra.get("zh", ""), "en": sending.extra.get("en", "")}
    return page("messages/sending/show.html", status=status, reach=queries.reach_of(sending), zone=_zone(sending),
                form=form or WordsForm.of(words=words), leaving=leaving or ReleaseForm.of(), **shared)  # fmt: skip


def _zone(sending: Sending) -> str:
    """The clock by which a moment is typed: the programme's, else the reader's."""
    programme = db.session.get(Programme, sending.subject_id) if sending.kind == "programme" else None
    return programme.zone if programme else current.zone


@bp.post("/sendings/<int:sending_id>")
@guarded_by(actions.add_words)
def update(sending_id: int) -> Response:
    """Add words; the examples show them."""
    sending, form = find(Sending, sending_id), WordsForm.of(sent=request.form)
    if not form.validate():
        return _page(sending, form)
    actions.add_words(sending, zh=form.values["words_zh"], en=form.values["words_en"])
    return to(".show", sending_id=sending_id, done=_("Your words are in each message now."))


@bp.post("/sendings/<int:sending_id>/release")
@guarded_by(actions.release)
def release(sending_id: int) -> Response:
    """Send, at once or at a moment, by the channels that were chosen."""
    sending = find(Sending, sending_id)
    form = ReleaseForm.of(sent=request.form if "choosing" in request.form else None, zone=_zone(sending))
    if not form.validate():
        return _page(sending, leaving=form)
    count = actions.release(sending, at=form.at.data, channels=form.channels)
    words = ngettext("%(num)d message is leaving.", "%(num)d messages are leaving.", count)
    if form.at.data or queries.circular_of(sending):
        words = _("Kept until then.") if form.at.data else _("On their way.")
    return to(".show", sending_id=sending_id, done=words)


@bp.post("/sendings/<int:sending_id>/pasting")
@guarded_by(actions.note_pasted)
def pasted(sending_id: int) -> Response:
    """Somebody pasted it into a chat group; the record says so."""
    actions.note_pasted(find(Sending, sending_id))
    return to(".show", sending_id=sending_id, done=_("Written down in the record."))


@bp.post("/sendings/<int:sending_id>/sending-again")
@guarded_by(actions.send_again_all)
def send_again(sending_id: int) -> Response:
    """Whatever did not certainly leave, once more."""
    count = actions.send_again_all(find(Sending, sending_id))
    words = ngettext("%(num)d message goes out again.", "%(num)d messages go out again.", count)
    return to(".show", sending_id=sending_id, done=words)


@bp.delete("/sendings/<int:sending_id>")
@guarded_by(actions.take_back)
def destroy(sending_id: int) -> Response:
    """Tell nobody."""
    actions.take_back(find(Sending, sending_id))
    return to("/", done=_("Nobody is told. The decisions stand."))
