"""Whether a programme's public page is there."""

from __future__ import annotations

from flask import Blueprint, Response, url_for

from campapp.core.access import find_by
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by, to
from campapp.programmes.actions.publication import publish_programme, unpublish_programme
from campapp.programmes.models import Programme

bp = Blueprint("publication", __name__)


@bp.post("/programmes/<slug>/public-page")
@guarded_by(publish_programme)
def create(slug: str) -> Response:
    """Publish."""
    sending = publish_programme(find_by(Programme, slug=slug))
    undo = url_for(".destroy", slug=slug)
    if sending is not None:
        done = _("The public page is there. Now tell the companies that were invited meanwhile.")
        return to("messages.sending.show", sending_id=sending.id, done=done, undo=undo)
    return to("programmes.overview.show", slug=slug, done=_("The public page is there."),
              undo=undo)  # fmt: skip


@bp.delete("/programmes/<slug>/public-page")
@guarded_by(unpublish_programme)
def destroy(slug: str) -> Response:
    """Take it back to a draft."""
    unpublish_programme(find_by(Programme, slug=slug))
    return to("programmes.overview.show", slug=slug, done=_("A draft again: only its staff sees it."))
