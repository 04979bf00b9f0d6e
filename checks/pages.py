"""What templates must not do: text outside gettext, behaviour or style inside, an include that points up."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from checks.finding import Finding
from checks.floors import Floors

READ = {"alt", "aria-description", "aria-label", "aria-roledescription", "label", "placeholder", "title"}
"""Attributes that a person reads or hears."""

WORDS = re.compile(r"[A-Za-z]{2,}|[\u3400-\u9fff]")
SAME = re.compile(r"\b(?:campapp|CSV|ICS|JSON|PDF|QR|TRL|XLSX)\b")
"""Words that are the same in every language."""
UNREAD = {"code", "kbd", "samp", "script", "style"}
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
TRANSLATED = re.compile(r"\{%-?\s*trans\b.*?\{%-?\s*endtrans\b.*?%\}", re.DOTALL)
ATTRIBUTES = re.compile(r"[\w-]+=\"[^\"]*\"")
"""What a macro writes into somebody's tag."""

COMPUTED_TAG = re.compile(r"(</?)(?:\{\{.*?\}\}|\{%-?\s*if\b.*?endif\s*-?%\})")
CLASS_BLOCK = re.compile(r"\{%-?\s*block\s+\w+_class\s*-?%\}.*?\{%-?\s*endblock\b.*?%\}", re.DOTALL)
POINTING = re.compile(r"\{%-?\s*(?:include|extends|import|from)\s+[\"']([^\"']+)[\"']")


def broken_rules(path: Path, text: str, floors: Floors) -> Iterator[Finding]:
    """What one template breaks; its path is given from the tree's root."""
    yield from _pointing_up(path, text, floors)
    plain = COMPUTED_TAG.sub(r"\1x", CLASS_BLOCK.sub(_blank, TRANSLATED.sub(_blank, text)))
    plain = JINJA.sub(_blank, plain)
    if path.suffix == ".html":
        parser = _Page(path, in_mail="mail" in path.parts)
        parser.feed(plain)
        parser.close()
        yield from parser.found
    elif path.suffix == ".txt":
        for number, line in enumerate(plain.splitlines(), 1):
            if _worded(line):
                yield Finding(path, number, f"text outside gettext: {line.strip()}")


def _blank(found: re.Match[str]) -> str:
    """What Jinja writes stands for one character, and keeps its line breaks."""
    return "\ufffc" + "\n" * found[0].count("\n")


def _worded(text: str) -> bool:
    """Whether there is a word that a catalogue would have to know."""
    return bool(WORDS.search(SAME.sub("", text)))


def _pointing_up(path: Path, text: str, floors: Floors) -> Iterator[Finding]:
    room = _room(path.parts[1], floors)
    for found in POINTING.finditer(text):
        other = _room(found[1].partition("/")[0], floors)
        if not floors.allow(room, other):
            yield Finding(path, text.count("\n", 0, found.start()) + 1, f"{room} points up at {found[1]}")


def _room(folder: str, floors: Floors) -> str:
    """Whose template it is: what belongs to no room (layouts, macros, error pages) is everybody's, hence core's."""
    return folder if folder in floors.floor else "core"


class _Page(HTMLParser):
    def __init__(self, path: Path, in_mail: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.path, self.in_mail = path, in_mail
        self.found: list[Finding] = []
        self.unread: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at a tag's attributes, and remember whether its text is for people."""
        have = dict(attrs)
        for name, value in attrs:
            self._attribute(tag, name, value or "", exempt=have.get("translate") == "no")
        if tag == "script" and "src" not in have and have.get("type") != "application/json":
            self._add("a script inside a template")
        if tag == "style":
            self._add("a style sheet inside a template")
        if tag not in VOID and (self.unread or tag in UNREAD or have.get("translate") == "no"):
            self.unread.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Leave an element whose text nobody reads; an end tag too many is djlint's to see."""
        if tag in self.unread:
            while self.unread.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Words between tags are in no catalogue."""
        if not self.unread and _worded(ATTRIBUTES.sub("", data)):
            self._add(f"text outside gettext: {' '.join(data.split())[:60]}")

    def _attribute(self, tag: str, name: str, value: str, exempt: bool) -> None:
        if name == "style" and not self.in_mail:
            self._add(f'style="" on <{tag}>')
        if name.startswith(("on", "hx-on")) or value.strip().lower().startswith(("javascript:", "js:")):
            self._add(f'{name}="" on <{tag}>: behaviour belongs in static/js')
        if name in READ and not exempt and not self.unread and _worded(value):
            self._add(f'text outside gettext: {name}="{value[:60]}"')

    def _add(self, text: str) -> None:
        self.found.append(Finding(self.path, self.getpos()[0], text))
