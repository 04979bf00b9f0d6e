"""Texts cut into the pieces of words that a model of sentences knows.

Of all ways to cut a word the most probable is taken, each piece having a probability of its own (T. Kudo, "Subword
regularization", ACL 2018, section 3.1: the unigram model, cut by Viterbi's algorithm).
"""

from collections.abc import Iterable, Sequence

UNKNOWN, BEGIN, END = 0, 1, 2
"""The numbers of the first three pieces: what is no piece, and the marks before and behind a text."""
START = "▁"
"""Stands before each word."""
_UNLIKELY = 10.0


class Pieces:
    """The pieces with their logarithmic probabilities; what it cut once it need not cut again."""

    def __init__(self, pieces: Sequence[str], scores: Sequence[float]) -> None:
        self._scores = scores
        self._unknown = min(scores) - _UNLIKELY
        self._known = {piece[:size]: -1 for piece in pieces for size in range(1, len(piece))}
        self._known |= {piece: number for number, piece in enumerate(pieces) if number > END}
        self._cut: dict[str, list[int]] = {}

    def of_words(self, words: Iterable[str]) -> list[int]:
        """The numbers of the pieces of a text's words, between the two marks."""
        found = [BEGIN]
        for word in words:
            if word not in self._cut:
                self._cut[word] = self.of_word(START + word)
            found += self._cut[word]
        return [*found, END]

    def of_word(self, word: str) -> list[int]:
        """The numbers of the pieces of one word as it stands."""
        size = len(word)
        best = [0.0] + [float("-inf")] * size
        ends: list[tuple[int, int]] = [(0, UNKNOWN)] * (size + 1)
        for i in range(size):
            self._reach(word, i, best, ends)
        found = []
        while size:
            size, piece = ends[size]
            found.append(piece)
        return found[::-1]

    def _reach(self, word: str, i: int, best: list[float], ends: list[tuple[int, int]]) -> None:
        """Follows every piece that begins at `i` to where it ends."""
        here = best[i]
        score = here + self._unknown
        if score > best[i + 1]:
            best[i + 1], ends[i + 1] = score, (i, UNKNOWN)
        for j in range(i + 1, len(word) + 1):
            piece = self._known.get(word[i:j])
            if piece is None:
                return
            if piece >= 0:
                score = here + self._scores[piece]
                if score > best[j]:
                    best[j], ends[j] = score, (i, piece)
