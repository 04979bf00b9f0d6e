"""English words to stems: the steps of M. F. Porter, "An algorithm for suffix stripping", Program 14(3),
1980.

Of our own: British spellings get the stems of the American ones, and there is one stem for analysis, analyse,
analytics and their like.
"""

import re
from functools import lru_cache

_MEASURE = re.compile("[aeiouy]+[^aeiouy]+")
_HAS_VOWEL = re.compile("[aeiou]|.y")
_DOUBLE = re.compile(r"([^aeiouylsz])\1$")
_SHORT = re.compile("[^aeiouy][aeiouy][^aeiouwxy]$")

_STEP_2 = {
    "ational": "ate", "tional": "tion", "enci": "ence", "anci": "ance", "izer": "ize", "iser": "ize",
    "isation": "ize", "ization": "ize", "abli": "able", "alli": "al", "entli": "ent", "eli": "e",
    "ousli": "ous",
    "ation": "ate", "ator": "ate", "alism": "al", "iveness": "ive", "fulness": "ful", "ousness": "ous",
    "aliti": "al", "iviti": "ive", "biliti": "ble",
}  # fmt: skip
_STEP_3 = {
    "icate": "ic",
    "ative": "",
    "alize": "al",
    "alise": "al",
    "iciti": "ic",
    "ical": "ic",
    "ful": "",
    "ness": "",
}
_STEP_4 = (
    "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous", "ive", "ize",
    "ise", "al", "er", "ic", "ou",
)  # fmt: skip
_GREEK = re.compile(
    r"^(.*(?:analy|diagno|synthe|hypothe|paraly|cataly))(?:s|z|t)(?:is|es|e|ed|ing|er|ers|or|or|ic|ics|ical)$"
)

_KEPT = {
    word: stem
    for stem in [
        "animation",
        "bearing",
        "building",
        "community",
        "container",
        "customer",
        "engineer",
        "engineering",
        "general",
        "generic",
        "housing",
        "lighting",
        "meeting",
        "news",
        "organisation",
        "parking",
        "policy",
    ]
    for word in (stem, stem + "s", stem[:-1] + "ies")
} | {"organization": "organisation", "organizations": "organisation"}
"""Words whose stem would be that of a word of another meaning (bear, build, park), and their plurals."""


_BRITISH = {
    "aluminium": "aluminum", "anaesth": "anesth", "artefact": "artifact", "behaviour": "behavior", "calibre": "caliber",
    "catalogue": "catalog", "centre": "center", "centred": "centered", "colour": "color", "defence": "defense",
    "dialogue": "dialog",
    "favour": "favor", "fibre": "fiber", "flavour": "flavor", "foetal": "fetal", "grey": "gray", "haem": "hem",
    "harbour": "harbor", "humour": "humor", "kerb": "curb", "labour": "labor", "licence": "license", "litre": "liter",
    "mould": "mold", "neighbour": "neighbor", "odour": "odor", "oestro": "estro", "orthopaed": "orthoped",
    "paediat": "pediat", "plough": "plow", "practisi": "practici",
    "practise": "practice", "programme": "program", "sceptic": "skeptic",
    "sulph": "sulf", "theatre": "theater", "tumour": "tumor", "tyre": "tire", "vapour": "vapor", "vigour": "vigor",
}  # fmt: skip
_BRITISH_START = re.compile(
    "programme(?=s?$)|" + "|".join(sorted(_BRITISH.keys() - {"programme"}, reverse=True))
)


def _measure(stem: str) -> int:
    return len(_MEASURE.findall(stem, 1 if stem.startswith("y") else 0))


def _plural(word: str) -> str:
    if word.endswith(("sses", "ies")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _past_or_progressive(word: str) -> str:
    if not word.endswith(("ed", "ing")):
        return word
    if word.endswith("eed"):
        return word[:-1] if _measure(word[:-3]) else word
    for suffix in ("ed", "ing"):
        stem = word[: -len(suffix)]
        if word.endswith(suffix) and _HAS_VOWEL.search(stem):
            if stem.endswith(("at", "bl", "iz", "is")):
                return stem + "e"
            if _DOUBLE.search(stem):
                return stem[:-1]
            return stem + "e" if _measure(stem) == 1 and _SHORT.search(stem) else stem
    return word


def _replaced(word: str, table: dict[str, str]) -> str:
    for size in range(7, 2, -1):
        suffix = word[-size:]
        if len(word) > size and suffix in table:
            stem = word[:-size]
            return stem + table[suffix] if _measure(stem) else word
    return word


def _stripped(word: str) -> str:
    for suffix in _STEP_4:
        if word.endswith(suffix):
            stem = word[: -len(suffix)]
            return stem if _measure(stem) > 1 else word
    return word[:-3] if word.endswith(("sion", "tion")) and _measure(word[:-3]) > 1 else word


def _tidied(word: str) -> str:
    if word.endswith("e"):
        stem = word[:-1]
        if _measure(stem) > 1 or (_measure(stem) == 1 and not _SHORT.search(stem)):
            word = stem
    return word[:-1] if word.endswith("ll") and _measure(word) > 1 else word


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem of a lower-case word; anything but plain letters, and words of up to three letters, stay."""
    if len(word) <= 3 or not (word.isascii() and word.isalpha()):
        return word[:-1] if len(word) == 3 and word.endswith("s") and word[1] not in "aeious" else word
    if british := _BRITISH_START.match(word):
        word = _BRITISH[british[0]] + word[british.end() :]
    if word in _KEPT:
        return _KEPT[word]
    if greek := _GREEK.match(word):
        return greek[1] + "s"
    word = _past_or_progressive(_plural(word))
    if word.endswith("y") and word[-2] not in "aeiou":
        word = word[:-1] + "i"
    return _tidied(_stripped(_replaced(_replaced(word, _STEP_2), _STEP_3)))
