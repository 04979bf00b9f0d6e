"""What the tests of the engine `fit` share."""

import numpy as np
import pytest

from campapp.engines.fit.sentences import attention


@pytest.fixture(scope="module")
def each_text_is_read_once():
    """The same texts stand in several files; reading them is what takes long."""
    known: dict[tuple[int, ...], np.ndarray] = {}
    real = attention.vectors

    def vectors(texts, *rest):
        new = [text for text in texts if tuple(text) not in known]
        known.update(zip(map(tuple, new), real(new, *rest), strict=True))
        return np.array([known[tuple(text)] for text in texts])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(attention, "vectors", vectors)
        yield
