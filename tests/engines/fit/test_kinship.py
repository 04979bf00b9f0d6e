"""Texts that share no word meet by words of a kind, and the table of these is whole."""

import numpy as np
import pytest
from scipy import sparse

from benchmarks.fit_quality import labelled
from campapp.engines.fit import latin
from campapp.engines.fit.embedding import FOLDER
from campapp.engines.fit.kinship import DIMENSIONS, vectors
from campapp.engines.fit.stemming import stem
from campapp.engines.fit.vocabulary import vocabulary
from setup import kinship
from setup.say import SetupError
from tests.engines.fit.solving import pairs, reason


@pytest.mark.parametrize(
    ("project", "need", "words"),
    [
        ("A greenhouse for tomatoes", "Growing vegetables indoors", ("tomatoes", "vegetables")),
        ("疫苗运输保温箱", "Cold storage for medicine", ("疫苗", "medicine")),
    ],
)
def test_two_words_of_a_kind_join_texts_that_share_none(project, need, words):
    found = pairs([project, "Bookkeeping for landlords"], [need])
    assert [pair["project"] for pair in found] == ["p0"]
    assert reason(found[0], "terms")["terms"] == [dict(zip(("project", "need"), words, strict=True))]


def test_a_long_project_that_is_closer_comes_before_a_short_one():
    need = "Cameras should tell the guards of smoke and of open fire in the warehouse at night. " * 3
    far = "Guards for a warehouse."
    near = "Tells smoke from steam in the pictures of cameras, finds fire early and warns the guards. " * 3
    assert pairs([far, near], [need])[0]["project"] == "p1"


def test_the_table_has_the_stems_that_texts_are_read_as():
    spoken = {
        stem(word)
        for row in [*labelled().needs, *labelled().projects]
        for word in latin.words(row[1].lower())
    } - {stem(word) for word in latin.STOP}
    spoken |= {
        stems[0] for terms in vocabulary().english for stems in map(latin.phrase, terms) if len(stems) == 1
    }
    known = vectors(sorted(spoken), np.ones(len(spoken))).any(axis=1)
    assert known.mean() > 0.97


def test_vectors_move_to_where_their_sums_are_what_the_model_says_of_a_phrase():
    start = np.eye(4)[:3]
    phrases = sparse.csr_array(np.array([[1.0, 1.0, 0.0]] * 200 + [[0.0, 0.0, 1.0]] * 200))
    whole = np.array([[1.0, 1.0, 0.0, 2.0]] * 200 + [[0.0, 0.0, 1.0, 0.0]] * 200)
    found = kinship.fitted(start, phrases, whole)
    far = [np.linalg.norm(phrases @ rows - whole) for rows in (start, found)]
    assert far[1] < far[0] / 3
    assert found[2] == pytest.approx(start[2], abs=0.1)


def test_a_table_is_made_of_what_a_model_says_of_each_word(tmp_path, monkeypatch):
    words = {f"{first}{second}x": 1 for first in "bcdfghjklmnpqrtvw" for second in "abdefgiklmnoprstuw"}
    phrases = [f"{one} {other} baf" for one, other in zip(words, reversed(words), strict=True)]
    monkeypatch.setattr(kinship, "known_words", lambda vocabulary: words)
    monkeypatch.setattr(kinship, "known_phrases", lambda: phrases)

    class Model:
        def vectors(self, texts):
            kinds = np.random.default_rng(0).standard_normal((26, 384))
            noise = np.random.default_rng(1).standard_normal((len(texts), 384))
            return np.array([kinds[ord(text[0]) - 97] for text in texts]) + 0.3 * noise

    kinship.make(Model(), {"bax": 9_000, "baf": 40_000}, tmp_path / "made.npz")
    with np.load(tmp_path / "made.npz") as made:
        stems = bytes(made["stems"]).decode().split("\n")
        rows = (
            made["book"]
            .astype(float)[np.arange(kinship.PARTS), made["codes"]]
            .reshape(len(stems), DIMENSIONS)
        )
        lengths = dict(zip(stems, made["lengths"].tolist(), strict=True))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    same = np.array([[one[0] == other[0] for other in stems] for one in stems])
    alike = rows @ rows.T
    assert alike[same].mean() > alike[~same].mean() + 0.5
    assert lengths["bax"] < lengths["cax"]


def test_the_table_is_made_of_the_model_in_the_folder_that_is_named(tmp_path, monkeypatch):
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "tokenizer.json").write_text('{"model": {"vocab": {"weld": 2500, "seam": 9000}}}')
    made = []
    monkeypatch.setattr(kinship, "LocalModel", lambda place: f"model in {place.name}")
    monkeypatch.setattr(kinship, "make", lambda *given: made.append(given))
    monkeypatch.setenv(FOLDER, str(folder))
    kinship.renew(tmp_path)
    target = tmp_path / "campapp" / "engines" / "fit" / "kinship.npz"
    assert made == [("model in model", {"weld": 2500, "seam": 9000}, target)]


def test_without_a_folder_nothing_is_made(tmp_path, monkeypatch):
    monkeypatch.delenv(FOLDER, raising=False)
    with pytest.raises(SetupError, match=FOLDER):
        kinship.renew(tmp_path)
