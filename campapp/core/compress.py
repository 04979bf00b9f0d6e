"""Pages, scripts and drawings travel packed: gunicorn does not, and half of the readers are on a telephone."""

from __future__ import annotations

import gzip
import mimetypes
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Response, request

WORTH_IT = 1000
"""Bytes below which packing gains nothing."""

KINDS = {
    "text/html",
    "text/plain",
    "text/css",
    "text/csv",
    "text/calendar",
    "application/json",
    "image/svg+xml",
}
SUFFIXES = {".js", ".css", ".svg", ".json"}
A_YEAR = "public, max-age=31536000, immutable"


def pack(response: Response) -> Response:
    """Pack an answer where the browser can take it; what is streamed, small or packed already is left alone."""
    response.vary.add("Accept-Encoding")
    if (
        response.mimetype not in KINDS
        or response.is_streamed
        or response.direct_passthrough
        or "Content-Encoding" in response.headers
        or "gzip" not in request.headers.get("Accept-Encoding", "")
        or len(response.get_data()) < WORTH_IT
    ):
        return response
    response.set_data(gzip.compress(response.get_data(), 5, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    return response


class PackedFiles:
    """Serves versioned text files packed, from memory; everything else is for the application behind it."""

    def __init__(self, app: Any, root: Path, prefix: str) -> None:
        self.app, self.root, self.prefix = app, root.resolve(), prefix
        self.packed: Callable[[str], bytes | None] = lru_cache(maxsize=256)(self._packed)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer from memory, or hand on."""
        path = environ.get("PATH_INFO", "")
        takes = "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "")
        if not takes or environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or not path.startswith(self.prefix):
            return self.app(environ, start_response)  # type: ignore[no-any-return]
        body = self.packed(path.removeprefix(self.prefix))
        if body is None:
            return self.app(environ, start_response)  # type: ignore[no-any-return]
        headers = [
            ("Content-Type", f"{mimetypes.guess_type(path)[0] or 'text/plain'}; charset=utf-8"),
            ("Content-Encoding", "gzip"),
            ("Content-Length", str(len(body))),
            ("Cache-Control", A_YEAR),
            ("Vary", "Accept-Encoding"),
            ("X-Content-Type-Options", "nosniff"),
        ]
        start_response("200 OK", headers)
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]

    def _packed(self, name: str) -> bytes | None:
        path = (self.root / name).resolve()
        if path.suffix not in SUFFIXES or not path.is_relative_to(self.root) or not path.is_file():
            return None
        return gzip.compress(path.read_bytes(), 9, mtime=0)
