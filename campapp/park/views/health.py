"""Whether the park is well, for monitoring."""

from __future__ import annotations

import shutil

from flask import Blueprint, Response, current_app, jsonify
from sqlalchemy import text

from campapp.core import beats, clock
from campapp.core.db import db
from campapp.core.web import public

bp = Blueprint("health", __name__)
ROOM = 200 << 20
"""Bytes that must be free in the data folder."""


@bp.get("/healthz")
@public
def show() -> Response:
    """200 while all is well, else 503; says which part is not, and nothing about the machine."""
    parts = {"database": _database(), "disk": _disk(), "worker": _worker()}
    answer = jsonify(parts)
    answer.status_code = 200 if set(parts.values()) == {"ok"} else 503
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _database() -> str:
    return "ok" if db.session.scalar(text("SELECT 1")) == 1 else "failed"


def _disk() -> str:
    return "ok" if shutil.disk_usage(current_app.config["SETTINGS"].data).free > ROOM else "full"


def _worker() -> str:
    seen = beats.last("worker")
    return "ok" if seen is not None and clock.now() - seen < beats.ALIVE else "silent"
