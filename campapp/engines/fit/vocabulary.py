"""The park's own bilingual vocabulary: `vocabulary.tsv`, a line a concept, which an organiser can extend.

`[field/part]` opens a part. A line below it is Chinese terms, a tab, English terms, separated by semicolons;
all of them mean the same. A term may stand in several lines.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

from campapp.engines.fit.folding import folded
from campapp.engines.fit.latin import phrase
from campapp.engines.frame.errors import BadInput

FILE = "vocabulary.tsv"
_MARK = "#"


def is_concept(term: str) -> bool:
    """Whether a term is the name of a concept, and no stem."""
    return term.startswith(_MARK)


def numbered(term: str) -> int:
    """The concept of a name."""
    return int(term[1:])


@dataclass(frozen=True)
class Vocabulary:
    """`han`: concepts of a Chinese term; `words`: of an English term of one word, as a stem; `phrases`: longer
    English terms (stems, concept) by their first two stems, longest first; `english`: the English terms of each
    concept; `fields`: the part each concept stands in; `names`: what it is called where it stands beside stems."""

    han: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    words: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    phrases: dict[tuple[str, str], list[tuple[tuple[str, ...], int]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    english: list[tuple[str, ...]] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    def add(self, name: str, chinese: list[str], english: list[str]) -> None:
        """Adds one concept of the field `name`."""
        concept = len(self.fields)
        self.fields.append(name)
        self.names.append(f"{_MARK}{concept}")
        self.english.append(tuple(english))
        for term in chinese:
            self.han[term].append(concept)
        for stems in dict.fromkeys(phrase(term) for term in english):
            if len(stems) == 1:
                self.words[stems[0]].append(concept)
            else:
                self.phrases[stems[0], stems[1]].append((stems, concept))


def parsed(text: str) -> Vocabulary:
    """The vocabulary that a file's text describes, its terms folded as texts are; lines behind # are notes.

    Raises:
        BadInput: a line is no note, no part and no concept of one.
    """
    found = Vocabulary()
    name = ""
    for number, line in enumerate(text.lower().splitlines(), 1):
        chinese, tab, english = line.partition("\t")
        if line.startswith("["):
            name = line.strip("[] \t")
        elif line.strip() and not line.startswith("#"):
            if not tab or not name:
                wanted = (
                    "a tab between Chinese and English terms" if name else "a part, as [field/part], above it"
                )
                raise BadInput("$", f"{FILE}, line {number}: {wanted} is missing")
            found.add(name, _terms(chinese), _terms(english))
    for entries in found.phrases.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return found


def _terms(cell: str) -> list[str]:
    return [folded(term.strip()) for term in cell.replace("；", ";").split(";") if term.strip()]


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The vocabulary of the package."""
    return parsed((files("campapp.engines.fit") / FILE).read_text("utf-8-sig"))


@lru_cache(maxsize=1)
def fillers() -> frozenset[str]:
    """What stands in any project's text and says little of it ("solution", 方案): stems and Chinese words."""
    text = (files("campapp.engines.fit") / "fillers.txt").read_text("utf-8")
    words = (line for line in text.lower().splitlines() if not line.startswith("#"))
    return frozenset(stem for word in " ".join(words).split() for stem in phrase(word))
