"""A file that a form sent: kept, and looked at before anybody counts on it."""

from __future__ import annotations

from collections.abc import Sequence

from flask import request

from campapp.core import file_kinds, files
from campapp.core.current import current
from campapp.core.files import StoredFile
from campapp.core.text.language import Unreadable
from campapp.core.text.language import lazy_gettext as _l

SCAN = ("pdf", "png", "jpg")
SCAN_MEGABYTES = 20


def file_sent(name: str, kinds: Sequence[str], megabytes: int) -> StoredFile | None:
    """The file that was sent under this name, on disk, its row not yet added; None where none was chosen.

    Raises:
        Unreadable: it is too large, of no such kind, damaged or behind a password; the words begin with its name.
    """
    sent = request.files.get(name)
    if sent is None or not sent.filename:
        return None
    try:
        stored = files.keep(
            sent.stream, sent.filename, limit=megabytes << 20, account_id=current.actor.account_id
        )
        file_kinds.check(files.place(stored.sha256), list(kinds))
    except files.FileTooLarge:
        raise _not_kept(sent.filename, _l("It is larger than %(limit)s MB.", limit=megabytes)) from None
    except Unreadable as problem:
        raise _not_kept(sent.filename, problem.reason) from None
    return stored


def file_wanted(name: str, kinds: Sequence[str], megabytes: int) -> StoredFile:
    """The same where one must be chosen.

    Raises:
        Unreadable: none was, or it is one that `file_sent` refuses.
    """
    stored = file_sent(name, kinds, megabytes)
    if stored is None:
        raise Unreadable(_l("Choose a file first."))
    return stored


def scan_sent(name: str) -> StoredFile | None:
    """The scan of a paper, as `file_sent` takes it."""
    return file_sent(name, SCAN, SCAN_MEGABYTES)


def _not_kept(name: str, reason: object) -> Unreadable:
    return Unreadable(_l("%(name)s was not kept. %(reason)s", name=name, reason=reason))
