"""Plain text from a form, safe to store on either database: no control and no half characters."""

from __future__ import annotations

import re
import unicodedata

from campapp.core.text.language import Unreadable, lazy_gettext

_HALF = re.compile("[\ud800-\udfff]")
_NONCHARACTER = re.compile("[\ufdd0-\ufdef]|[\ufffd-\uffff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
# These turn the direction of what follows, so that a name or a file's ending reads as something else.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def one_line(text: str, longest: int) -> str:
    """What was typed into a one-line field: composed (NFC), no outer space; else `Unreadable`."""
    text = _checked(text, longest)
    if re.search("[\n\r\t\u2028\u2029]", text.strip()):
        raise Unreadable(lazy_gettext("This field has room for one line only."))
    return text.strip()


def many_lines(text: str, longest: int) -> str:
    """What was typed into a long field: composed (NFC), line ends as LF; else `Unreadable`."""
    text = re.sub("\r\n?|\u2028|\u2029", "\n", text)
    return _checked(text, longest).strip("\n ")


def length(text: str) -> int:
    """Characters as a browser counts them with `[...text].length` after NFC, line ends as one."""
    return len(unicodedata.normalize("NFC", re.sub("\r\n?", "\n", text)))


def _checked(text: str, longest: int) -> str:
    # The length comes first: a megabyte in a name is refused before anything looks at it closely.
    if len(text) > 4 * longest + 100:
        raise _too_long(len(text), longest)
    if _HALF.search(text) or _NONCHARACTER.search(text):
        raise Unreadable(lazy_gettext("There is a damaged character in this text. Type it again."))
    if found := _CONTROL.search(text) or _TURNING.search(text):
        raise Unreadable(
            lazy_gettext(
                "There is an invisible control character (%(code)s) in this text.", code=code_point(found[0])
            )
        )
    text = unicodedata.normalize("NFC", text)
    if length(text.strip()) > longest:
        raise _too_long(length(text.strip()), longest)
    return text


def code_point(character: str) -> str:
    """The name of a character that cannot be seen: U+200B."""
    return f"U+{ord(character):04X}"


def _too_long(found: int, longest: int) -> Unreadable:
    return Unreadable(
        lazy_gettext("%(found)d characters, at most %(longest)d are possible.", found=found, longest=longest)
    )
