"""A sending: how many messages go to whom, three of them, and the button; afterwards what became of each."""

from __future__ import annotations

from flask import Blueprint, Response, request

from campapp.core.access import find
from campapp.core.action import may
from campapp.core.language import gettext as _
from campapp.core.language import ngettext
from campapp.core.outbox import Sending
from campapp.core.web import guarded_by, page, to
from campapp.messages import actions, queries
from campapp.messages.forms import WordsForm
from campapp.messages.rules import may_read_sending

bp = Blueprint("sending", __name__)


@bp.get("/sendings/<int:sending_id>")
@guarded_by(may_read_sending)
def show(sending_id: int) -> Response:
    """Held: whom it would reach now. Released: the record of delivery."""
    return _page(find(Sending, sending_id))


def _page(sending: Sending, form: WordsForm | None = None) -> Response:
    status = 422 if form else 200
    if sending.released_at:
        return page("messages/sending/record.html", sending=sending, record=queries.record_of(sending),
                    tally=queries.tally(sending), letters=len(queries.letters_of(sending)),
                    again=actions.send_again)  # fmt: skip
    words = {"zh": sending.extra.get("zh", ""), "en": sending.extra.get("en", "")}
    return page("messages/sending/show.html", status=status, sending=sending, reach=queries.reach_of(sending),
                form=form or WordsForm.of(words=words), may_send=may(actions.release, sending))  # fmt: skip


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
    """Send."""
    count = actions.release(find(Sending, sending_id))
    words = ngettext("%(num)d message is leaving.", "%(num)d messages are leaving.", count)
    return to(".show", sending_id=sending_id, done=words)


@bp.delete("/sendings/<int:sending_id>")
@guarded_by(actions.take_back)
def destroy(sending_id: int) -> Response:
    """Tell nobody."""
    actions.take_back(find(Sending, sending_id))
    return to("/", done=_("Nobody is told. The decisions stand."))
