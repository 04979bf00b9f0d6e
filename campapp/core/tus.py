"""The server's half of tus 1.0.0 (https://tus.io/protocols/resumable-upload): what is asked and answered."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable

from flask import Response, abort, jsonify, request

from campapp.core import file_kinds, files
from campapp.core.access import Refused
from campapp.core.current import current
from campapp.core.files import StoredFile
from campapp.core.text.language import Unreadable
from campapp.core.upload import Elsewhere, Upload, alone, write

PROTOCOL = "1.0.0"


def answer(upload: Upload, status: int = 204, **headers: str) -> Response:
    """What the protocol wants said of an upload."""
    response = Response(status=status)
    response.headers.update({
        "Tus-Resumable": PROTOCOL, "Upload-Offset": str(upload.awaited), "Upload-Length": str(upload.size),
        "Upload-Expires": upload.expires_at.strftime("%a, %d %b %Y %H:%M:%S GMT"), "Cache-Control": "no-store",
        **headers,
    })  # fmt: skip
    return response


def gone() -> Response:
    """What the protocol wants said of an upload that was given up."""
    return Response(status=204, headers={"Tus-Resumable": PROTOCOL})


def asked_length(limit: int) -> int:
    """The length that a creation announces; 412, 400 or 413 where it cannot be taken."""
    if request.headers.get("Tus-Resumable") != PROTOCOL:
        abort(412)
    length = request.headers.get("Upload-Length", "")
    if not length.isdecimal() or len(length) > 15:
        abort(400)
    if int(length) > limit:
        abort(413)
    return int(length)


def asked_offset() -> int:
    """Where the bytes of a PATCH begin; 412, 415 or 400 where it is not one of the protocol's."""
    if request.headers.get("Tus-Resumable") != PROTOCOL:
        abort(412)
    if request.mimetype != "application/offset+octet-stream":
        abort(415)
    offset = request.headers.get("Upload-Offset", "")
    if not offset.isdecimal() or len(offset) > 15:
        abort(400)
    return int(offset)


def announced_name() -> str:
    """The file's name out of `Upload-Metadata`: `filename` and its base64."""
    for pair in request.headers.get("Upload-Metadata", "").split(","):
        key, _space, value = pair.strip().partition(" ")
        if key == "filename":
            try:
                return base64.b64decode(value, validate=True).decode()
            except (binascii.Error, UnicodeDecodeError):
                break
    return "file"


def take_piece(
    upload: Upload, kinds: list[str], finish: Callable[[StoredFile], None], give_up: Callable[[Upload], None]
) -> Response:
    """The next bytes; with the last ones the file is looked at and handed to `finish`.

    What cannot be taken is given up with words that say why, and nothing of it stays.
    """
    if upload.finished_at:
        return answer(upload, 409)
    offset, place, name = asked_offset(), upload.place, upload.name
    try:
        with alone(upload) as out:
            if write(out, upload, offset, request.stream) == upload.size:
                file_kinds.check(place, kinds)
                finish(files.adopt(place, name, account_id=current.actor.account_id))
    except Elsewhere:
        return answer(upload, 409)
    except (Unreadable, Refused) as problem:
        give_up(upload)
        place.unlink(missing_ok=True)
        return refused(f"{name}: {problem.reason}")
    return answer(upload)


def refused(words: str) -> Response:
    """What cannot be taken, with the words that the page shows."""
    response = jsonify(error=words)
    response.status_code = 422
    return response


def drop(upload: Upload, give_up: Callable[[Upload], None]) -> None:
    """Given up by whoever sends it: row and bytes."""
    place = upload.place
    give_up(upload)
    place.unlink(missing_ok=True)
