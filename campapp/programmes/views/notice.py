"""Notices of a programme."""

from __future__ import annotations

from flask import Blueprint, Response

from campapp.core.access import find
from campapp.core.db import db
from campapp.core.web import page, public
from campapp.programmes.models import Notice, Programme

bp = Blueprint("notice", __name__)


@bp.get("/notices/<int:id>")
@public
def show(id: int) -> Response:
    """One notice."""
    notice = find(Notice, id)
    programme = db.session.get_one(Programme, notice.programme_id)
    return page("programmes/notice/show.html", notice=notice, programme=programme)
