"""Files of a wanted size for `fit`, made of the labelled texts and words of the vocabulary."""

import random
from typing import Any

from benchmarks.fit_quality import labelled
from campapp.engines.fit.vocabulary import vocabulary

Json = dict[str, Any]


def written(projects: int, needs: int, length: int, seed: int = 0) -> Json:
    """An instance with texts of about `length` characters, a third Chinese."""
    chosen = random.Random(seed)
    pairs, known = labelled(), vocabulary()
    chinese, english = list(known.han), [term for terms in known.english for term in terms]

    def text(start: str) -> str:
        words = chinese if start[0] > "㐀" else english
        parts = [start[:length]]
        while sum(map(len, parts)) < length:
            parts.append(chosen.choice(words))
        return " ".join(parts)

    def some(rows: list[tuple[str, str]]) -> str:
        return text(chosen.choice(rows)[chosen.random() > 1 / 3])

    return {
        "format": "campapp.fit/1",
        "projects": [
            {"id": f"p{n}", "text": some(pairs.projects), "trl": 1 + n % 9} for n in range(projects)
        ],
        "needs": [{"id": f"n{n}", "text": some(pairs.needs), "trl_min": 1 + n % 6} for n in range(needs)],
        "top": 20,
    }
