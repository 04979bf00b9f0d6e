"""Text that a spreadsheet would run as a formula, made harmless in CSV and given back as it was.

A text that begins with = + - @, a tab or a line break (also full width, also after spaces) gets one apostrophe
before it; so does one that begins with apostrophes and then such a character. Reading takes exactly one away again.
"""

from __future__ import annotations

import re

_RUNS = re.compile(r"'*\s*[=+\-@\t\r\n＝＋－＠﹢﹣﹦﹫]")
_MARKED = re.compile(r"''*\s*[=+\-@\t\r\n＝＋－＠﹢﹣﹦﹫]")


def escaped(text: str) -> str:
    """The text as it stands in a CSV cell."""
    return f"'{text}" if _RUNS.match(text) else text


def unescaped(text: str) -> str:
    """The text of a CSV cell that `escaped` wrote; other text as it is."""
    return text[1:] if _MARKED.match(text) else text
