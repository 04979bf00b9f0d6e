"""The park's logo."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort

from campapp.core import files
from campapp.core.db import db
from campapp.core.files import FileTooLarge, StoredFile
from campapp.core.language import gettext as _
from campapp.core.park import the_park
from campapp.core.web import public
from campapp.park.forms import LOGO_LIMIT

bp = Blueprint("logo", __name__)


def kept_logo(field: Any) -> StoredFile | None:
    """The file that was sent, on disk; what is no picture, or too large, is an error beside the field."""
    sent = field.data
    if sent is None or not getattr(sent, "filename", ""):
        return None
    try:
        stored = files.keep(sent.stream, sent.filename, limit=LOGO_LIMIT)
    except FileTooLarge:
        field.errors = [_("This file is larger than 1 MB.")]
        return None
    if stored.media_type not in {"image/png", "image/jpeg"}:
        field.errors = [_("This is neither a PNG nor a JPEG picture.")]
        return None
    return stored


@bp.get("/logo")
@public
def show() -> Response:
    """The picture; its address changes with it."""
    park = the_park()
    file = db.session.get(StoredFile, park.logo_file_id) if park and park.logo_file_id else None
    if file is None:
        abort(404)
    answer = files.send(file, inline=True)
    answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer
