"""The park's logo."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort

from campapp.core import files
from campapp.core.db import db
from campapp.core.files import StoredFile
from campapp.core.park import the_park
from campapp.core.sent import file_sent
from campapp.core.text.language import Unreadable
from campapp.core.web import public
from campapp.park.forms import LOGO_MEGABYTES

bp = Blueprint("logo", __name__)


def kept_logo(field: Any) -> StoredFile | None:
    """The file that was sent, on disk; what is no whole picture, or too large, is an error beside the field."""
    try:
        return file_sent(field.name, ("png", "jpg"), LOGO_MEGABYTES)
    except Unreadable as problem:
        field.errors = [str(problem)]
        return None


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
