"""The publication: what changes for whom, then the press; the messages wait on their sending's page."""

from __future__ import annotations

from flask import Blueprint, Response, request

from campapp.core.access import Refused, find_by
from campapp.core.action import transaction
from campapp.core.language import gettext as _
from campapp.core.outbox import open_sending
from campapp.core.web import guarded_by, page, to
from campapp.programmes.models import Programme
from campapp.scheduling.actions.publication import newest, preview, publish

bp = Blueprint("publication", __name__)


@bp.get("/programmes/<slug>/publication/new")
@guarded_by(publish)
def new(slug: str) -> Response:
    """How many meetings are new, moved or gone since the last version, and how many are told."""
    programme = find_by(Programme, slug=slug)
    return page(
        "scheduling/publication/new.html",
        programme=programme,
        before=newest(programme.id),
        changes=preview(programme),
    )


@bp.post("/programmes/<slug>/publication")
@guarded_by(publish)
def create(slug: str) -> Response:
    """Freeze it. Two who publish at once: the second is told."""
    programme = find_by(Programme, slug=slug)
    seen, note = request.form.get("seen", type=int) or 0, request.form.get("note", "")[:500]
    try:
        with transaction():
            title = _(
                "Schedule of %(title)s, version %(number)s", title=programme.title("zh_CN"), number=seen + 1
            )
            sending = open_sending(title, programme)
            publish(programme, seen=seen, note=note, sending=sending)
    except Refused as problem:
        if not problem.reason:
            raise
        return page("scheduling/publication/new.html", status=409, programme=programme, refused=problem.reason,
                    note=note, before=newest(programme.id), changes=preview(programme))  # fmt: skip
    return to("messages.sending.show", sending_id=sending.id, done=_("Published."))
