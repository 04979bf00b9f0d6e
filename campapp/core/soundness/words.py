"""What is said of a file that cannot be taken, and what to do."""

from __future__ import annotations

from campapp.core.language import lazy_gettext as _l

EMPTY = _l("There is nothing in this file: it has no bytes. Choose another.")
UNLOCK = _l(
    "It is protected by a password. In WPS: File, Document encryption, remove the password; in Office: File, Info, "
    "Protect, empty the password. Then save it and upload it again."
)
UNLOCK_ARCHIVE = _l(
    "It is protected by a password. Unpack it, pack it again without a password, and upload that."
)
BROKEN = _l("It is damaged and cannot be opened. Open it on your computer, save it anew, and upload that.")
BROKEN_OFFICE = _l(
    "It is damaged. In WPS: File, Backup and recovery, Document repair; in Office: File, Open, the arrow beside Open, "
    "Open and repair. Then save it anew and upload that."
)
BROKEN_PICTURE = _l(
    "The picture is damaged or not whole. Send it from the camera or telephone once more, and upload that."
)
BROKEN_FILM = _l(
    "The video is damaged or not whole: a part is missing. Copy or export it once more, see that it plays to the end, "
    "and upload that."
)
BLOATED = _l("It unpacks to far more than a file of its size should. Save it anew and upload that.")
PIXELS = 250
"""Millions of a picture at most: telephones take 200."""
TOO_MANY_PIXELS = _l(
    "The picture has more than %(millions)s million pixels. Make it smaller, and upload that.",
    millions=PIXELS,
)
