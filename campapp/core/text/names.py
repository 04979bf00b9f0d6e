"""Names of people, teams and companies: what may be one, when two are the same, and what the eye cannot see.

There is no alphabet check: every character of GB 18030 (four-byte ones too), every script and `·` may stand
in a name. Unassigned code points pass as well, because ideographs newer than this Python are names today.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby

from campapp.core.text.language import Unreadable, gettext, lazy_gettext
from campapp.core.text.lines import code_point, one_line

LONGEST_NAME, LONGEST_IN_LETTERS = 25, 60
LONGEST_TITLE = 120

_DOTS = str.maketrans(dict.fromkeys("•・∙‧⋅･", "·"))
_OTHER_DOT = re.compile("[•∙‧⋅･]|(?<![\u3041-\u30fa])・|・(?![\u3041-\u30fa])")
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
# Characters that show nothing: format characters, fillers, variation selectors.
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U0001bca0-\U0001bca3\U000e0000-\U000e0fff]"
)
_SPACE = re.compile(r"\s")


def person_name(text: str) -> str:
    """A person's name in one field: up to 25 characters, in letters up to 60; else `Unreadable`."""
    return one_dot(_name(text, LONGEST_NAME if _HAN.search(text) else LONGEST_IN_LETTERS))


def one_dot(name: str) -> str:
    """The name with `·` for every dot that input methods offer in its place; between kana `・` is a letter."""
    return _OTHER_DOT.sub("·", name)


def title(text: str, longest: int = LONGEST_TITLE) -> str:
    """The name of a team, company, project or programme; else `Unreadable`."""
    return _name(text, longest)


def _name(text: str, longest: int) -> str:
    text = one_line(text, longest)
    text = re.sub(f"^(?:{INVISIBLE.pattern}|\\s)+|(?:{INVISIBLE.pattern}|\\s)+$", "", text)
    if not fold(text):
        raise Unreadable(lazy_gettext("A name needs at least one character that can be seen."))
    return text


def fold(name: str) -> str:
    """The form in which two names are compared: equal where a person would call them the same name.

    Width, composition, case, space, invisible characters and the kind of middle dot make no difference.
    """
    name = unicodedata.normalize("NFKC", name)
    name = _SPACE.sub("", INVISIBLE.sub("", name))
    return unicodedata.normalize("NFKC", name.casefold()).translate(_DOTS)


def visible_differences(name: str) -> str:
    """The name with everything marked that the eye would miss: `火花⟨U+200B⟩`, `ＡＢ⟨full width⟩`."""
    edges = len(name) - len(name.lstrip()), len(name.rstrip())
    marked = [(_kind(name, i, edges), c) for i, c in enumerate(name)]
    return "".join(_marked(kind, "".join(c for _, c in run)) for kind, run in groupby(marked, lambda m: m[0]))


def _kind(name: str, at: int, edges: tuple[int, int]) -> str:
    c = name[at]
    if INVISIBLE.match(c) or unicodedata.category(c) in ("Cc", "Cs"):
        return "invisible"
    if _SPACE.match(c):
        lone = c == " " and edges[0] <= at < edges[1] and name[at - 1] != " "
        return "plain" if lone else "invisible"
    if unicodedata.combining(c):
        return "decomposed"
    if unicodedata.east_asian_width(c) in "FH" and unicodedata.normalize("NFKC", c) != c:
        return "width"
    return "dot" if c in "•・∙‧⋅･" else "plain"


def _marked(kind: str, run: str) -> str:
    if kind == "invisible":
        return "".join(f"⟨{code_point(c)}⟩" for c in run)
    if kind == "decomposed" or kind == "dot":
        return run + "".join(f"⟨{code_point(c)}⟩" for c in run)
    if kind == "width":
        return run + "⟨" + gettext("full width") + "⟩"
    return run
