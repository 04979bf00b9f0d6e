"""Words in letters: how a text is cut into them, and which say nothing."""

import re

from campapp.engines.fit.folding import HAN
from campapp.engines.fit.stemming import stem

_LETTERS = "a-zµß-öø-ɏͰ-ԯ぀-ヿ가-힯"
WORD = re.compile(f"[0-9]*[{_LETTERS}][{_LETTERS}0-9+#]*")
APART = re.compile(f"({WORD.pattern})|(?:\n|{HAN.pattern})+")
"""A word; or what keeps two words from being one term, and then the group is empty."""

STOP = frozenset("""
    a about above across after all also among an and any are as at be because been before being
    below between both but by can cannot could did do does doing done down during each either else
    etc even ever every few for from get gets had has have having he her here hers him his how i if
    in into is it its itself just like made make makes making many may me might more most much must
    my near neither no nor not now of off often on once one only onto or other our ours out over own
    per rather s same several shall she should since so some still such t than that the their theirs
    them then there these they this those though through to too two under until up upon us very via
    was we well were what when where whether which while who whom whose why will with within without
    would yet you your yours eg ie
""".split())  # noqa: SIM905  # fmt: skip


def words(folded: str) -> list[str]:
    """The words of a folded text, in order."""
    return WORD.findall(folded)


def words_apart(folded: str) -> list[str]:
    """The words of a folded text, and an empty one where Chinese or a new line stands between."""
    return APART.findall(folded)


def is_english(folded: str) -> bool:
    """Whether most words of a folded text, its Chinese apart, are written as English ones are."""
    found = words(folded)
    return 2 * sum(map(str.isascii, found)) > len(found)


def phrase(term: str) -> tuple[str, ...]:
    """A term as stems; one without words in letters (a Chinese one) as it stands."""
    return tuple(stem(word) for word in words(term)) or (term,)
