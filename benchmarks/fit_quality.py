"""How good a ranking of projects is, the labelled pairs, and the plain methods that the engine is held against."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Texts = Sequence[str]

_TEXTS = Path(__file__).parent.parent / "tests" / "engines" / "fit"
LABELLED = _TEXTS / "labelled.tsv"
"""The pairs that weights and vocabulary were tuned on."""
HARD = tuple(_TEXTS / f"hard_{name}.tsv" for name in ("first", "second", "third"))
"""Pairs whose distractors share many words; the vocabulary's author had read them."""
UNSEEN = _TEXTS / "unseen.tsv"
"""Pairs that are only measured, written when the vocabulary had been set, with distractors made to mislead."""
FRESH = tuple(_TEXTS / f"fresh_{name}.tsv" for name in ("first", "second", "third"))
"""Pairs as people write them, by authors who had seen neither engine nor other sets. By the first two it was chosen how
the models of sentences are joined; the third is only measured."""
LANGUAGES = {"zh": 0, "en": 1}


@dataclass(frozen=True)
class Labelled:
    """Needs and projects, each in Chinese and English; for each need the grades of the projects judged for it."""

    needs: list[tuple[str, str]]
    projects: list[tuple[str, str]]
    grades: list[dict[int, int]]

    def texts(self, need: str, project: str) -> tuple[list[str], list[str]]:
        """Projects in one language and needs in the other."""
        n, p = LANGUAGES[need], LANGUAGES[project]
        return [row[p] for row in self.projects], [row[n] for row in self.needs]


def labelled(path: Path = LABELLED) -> Labelled:
    """Reads labelled pairs."""
    found = Labelled([], [], [])
    for line in path.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            grade, chinese, english = line.split("\t")
            if grade == "need":
                found.needs.append((chinese, english))
                found.grades.append({})
            else:
                found.grades[-1][len(found.projects)] = int(grade)
                found.projects.append((chinese, english))
    return found


def ndcg(likeness: Floats, grades: Sequence[dict[int, int]], at: int = 10) -> float:
    """Mean normalised discounted cumulative gain, gains 2^grade − 1 (K. Järvelin, J. Kekäläinen, "Cumulated
    gain-based evaluation of IR techniques", TOIS 20(4), 2002). What is not judged counts as grade 0."""
    values = []
    for row, judged in zip(likeness, grades, strict=True):
        order = np.lexsort((np.arange(len(row)), -row))[:at]
        got = [judged.get(int(n), 0) if row[n] > 0 else 0 for n in order]
        values.append(_gain(got) / _gain(sorted(judged.values(), reverse=True)[:at]))
    return float(np.mean(values))


def _gain(grades: Sequence[int]) -> float:
    return float(sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades)))


def tf_idf_of_characters(projects: Texts, needs: Texts) -> Floats:
    """Cosine of TF-IDF over character n-grams of 2 to 4."""
    bags = [_grams(text) for text in (*projects, *needs)]
    df = Counter(gram for bag in bags for gram in bag)
    rows = []
    for bag in bags:
        row = {gram: n * (math.log((1 + len(bags)) / (1 + df[gram])) + 1) for gram, n in bag.items()}
        size = math.sqrt(sum(value * value for value in row.values())) or 1.0
        rows.append({gram: value / size for gram, value in row.items()})
    offers, wishes = rows[: len(projects)], rows[len(projects) :]
    return np.array([[sum(v * o.get(g, 0.0) for g, v in wish.items()) for o in offers] for wish in wishes])


def _grams(text: str) -> Counter[str]:
    plain = f" {' '.join(text.lower().split())} "
    return Counter(plain[i : i + size] for size in (2, 3, 4) for i in range(len(plain) - size + 1))


def bm25(projects: Texts, needs: Texts, k1: float = 1.5, b: float = 0.75) -> Floats:
    """Okapi BM25 over words and pairs of Chinese characters (S. Robertson, H. Zaragoza, 2009)."""
    bags = [Counter(_tokens(text)) for text in projects]
    lengths = [bag.total() for bag in bags]
    mean = (sum(lengths) / len(bags)) or 1.0
    df = Counter(token for bag in bags for token in bag)

    def score(token: str, bag: Counter[str], length: int) -> float:
        idf = math.log(1 + (len(bags) - df[token] + 0.5) / (df[token] + 0.5))
        return idf * bag[token] * (k1 + 1) / (bag[token] + k1 * (1 - b + b * length / mean))

    asked = [sorted(set(_tokens(text))) for text in needs]
    return np.array(
        [
            [sum(score(t, bag, n) for t in tokens if t in bag) for bag, n in zip(bags, lengths, strict=True)]
            for tokens in asked
        ]
    )


def _tokens(text: str) -> list[str]:
    found = re.findall(r"[a-z0-9]+", text.lower())
    for run in re.findall(r"[一-鿿]+", text):
        found += [run[i : i + 2] for i in range(len(run) - 1)] or [run]
    return found
