"""A sentence-embedding model may be plugged in; it weighs, and words still give the reasons."""

import json

import numpy as np
import pytest

from campapp.engines.fit.contract import FitInstance
from campapp.engines.fit.embedding import FOLDER
from campapp.engines.fit.engine import solve
from campapp.engines.frame.control import Control
from campapp.engines.frame.decode import decode
from campapp.engines.frame.errors import BadInput
from tests.engines.checkers import fit
from tests.engines.fit.solving import answered, instance

GIVEN = instance(
    [
        {"id": "p0", "text": "radar for drones"},
        {"id": "p1", "text": "radar for ships"},
        {"id": "p2", "text": "dye"},
    ],
    [{"id": "n0", "text": "radar"}],
)


class Liking:
    """A model that likes the texts of one word."""

    name = "liking"

    def __init__(self, word):
        self.word = word

    def vectors(self, texts):
        return np.array(
            [[1.0, 0.0] if self.word in text or text == "radar" else [0.0, 1.0] for text in texts]
        )


@pytest.mark.parametrize(("word", "first"), [("drones", "p0"), ("ships", "p1")])
def test_a_model_decides_between_texts_that_share_the_same_word(word, first):
    result = solve(decode(json.dumps(GIVEN).encode(), FitInstance), Control(), Liking(word))
    fit.check(GIVEN, {"format": GIVEN["format"], **result})
    assert result["pairs"][0]["project"] == first


def test_what_shares_no_word_stays_out_whatever_the_model_says():
    result = solve(decode(json.dumps(GIVEN).encode(), FitInstance), Control(), Liking("dye"))
    assert {pair["project"] for pair in result["pairs"]} == {"p0", "p1"}


def test_a_folder_without_a_model_is_refused_by_name(tmp_path, monkeypatch):
    monkeypatch.setenv(FOLDER, str(tmp_path))
    with pytest.raises(BadInput, match=r"has no model\.onnx and tokenizer\.json"):
        answered(GIVEN)


def test_no_model_is_asked_by_default(monkeypatch):
    monkeypatch.delenv(FOLDER, raising=False)
    words_alone = solve(decode(json.dumps(GIVEN).encode(), FitInstance), Control())
    assert answered(GIVEN)["pairs"] == words_alone["pairs"]
