"""What style sheets must not do: name a colour or a letter size of their own."""

import re
from collections.abc import Iterator
from pathlib import Path

from checks.finding import Finding

COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\(")
LETTERS = re.compile(r"(?:^|[;{\s])font-size:[^;}]*?\d(?:px|rem)\b")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
URL = re.compile(r"url\([^)]*\)")


def broken_rules(path: Path, text: str) -> Iterator[Finding]:
    """What one style sheet breaks; raw values stand in tokens.css only."""
    if path.name == "tokens.css":
        return
    plain = COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)
    for number, line in enumerate(plain.splitlines(), 1):
        selector, brace, rest = line.partition("{")
        values = URL.sub("", rest if brace else selector)
        if found := COLOUR.search(values):
            yield Finding(path, number, f"a raw colour outside tokens.css: {found[0]}")
        if LETTERS.search(line):
            yield Finding(path, number, "a raw letter size outside tokens.css")
