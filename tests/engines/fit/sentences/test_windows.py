"""The quick model of sentences: its pieces, its windows, and how its package is read."""

import numpy as np
import pytest

from campapp.engines.fit.sentences import models, usem3, windows
from campapp.engines.fit.sentences.pieces import BEGIN, END, UNKNOWN, Pieces
from campapp.engines.fit.sentences.windows import SEEN, WINDOWS, Network

MARKS = ["<unk>", "<s>", "</s>"]


def vectors(texts):
    pieces, network = usem3.model()
    return windows.vectors([pieces.of_words(text.split()) for text in texts], network)


def test_a_word_is_cut_in_the_most_probable_way():
    known = Pieces([*MARKS, "▁a", "bc", "▁ab", "c"], [0, 0, 0, -1.0, -1.0, -2.5, -2.0])
    assert known.of_words(["abc", "a"]) == [BEGIN, 3, 4, 3, END]
    assert known.of_words(["ab", "c"]) == [BEGIN, 5, UNKNOWN, 6, END]
    assert known.of_words([]) == [BEGIN, END]


def test_one_idea_in_two_languages_is_nearer_than_another_idea():
    texts = ["司机疲劳时发出警报", "warns tired drivers", "月饼礼盒批发", "wholesale of gift boxes"]
    rows = vectors(texts)
    near = rows @ rows.T
    assert np.diag(near) == pytest.approx(1.0, abs=1e-5)
    assert near[0, 1] > near[0, 3] + 0.1
    assert near[2, 3] > near[2, 1] + 0.1


def test_what_stands_beside_a_text_does_not_change_its_vector():
    texts = ["smoke and fire", "烟雾", "", "a robot for lifts " * 300]
    together = vectors(texts)
    assert vectors(texts[::-1])[::-1].tobytes() == together.tobytes()
    for text, row in zip(texts, together, strict=True):
        assert vectors([text])[0] == pytest.approx(row, abs=1e-5)


def test_windows_see_what_the_definition_says(monkeypatch):
    monkeypatch.setattr(windows, "TOGETHER", 7)
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
    rows = chosen.integers(0, 256, (9, 512)).astype(np.uint8)
    network = Network(rows, np.full(9, 0.01), np.full(9, -1.0), weights)
    texts = [[1, 2], [3, 4, 5, 6, 7, 8], [1, 3, 5, 7, 2, 4, 6, 8, 1], [4, 2]]
    found = windows.sums(texts, network)
    for text, row in zip(texts, found, strict=True):
        assert row == pytest.approx(_by_definition(network.vectors(np.array(text)), weights), rel=1e-6)


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


@pytest.fixture
def folder(tmp_path):
    """The package's two files, but with few pieces and made-up weights."""
    chosen = np.random.default_rng(0)
    names = [*MARKS, "▁fire", "▁smoke", "s", "烟", "火", "▁烟火", "▁ñandú"] + [f"x-{n}" for n in range(24)]
    shapes: dict[str, tuple[int, ...]] = {
        "cnn_W": (1280, 512), "d0": (512, 320), "d1": (320, 320), "d2": (320, 512), "d3": (512, 512),
        "p1": (512, 320), "p3": (320, 512), "ln_g": (1280,), "ln_b": (1280,), "cnn_b": (512,),
    }  # fmt: skip
    for size in WINDOWS:
        shapes |= {f"proj{size}": (512, SEEN), f"w1_{size}": (size * SEEN, SEEN)}
        shapes |= {f"w2_{size}": (size * SEEN, SEEN)}
        shapes |= {f"{name}{size}": (SEEN,) for name in ("proj_b", "ln_g", "ln_b", "b1_", "b2_")}
    weights = {name: chosen.standard_normal(shape).astype(np.float32) for name, shape in shapes.items()}
    weights |= {
        f"q{block + 1}": np.full((2, 512), block, np.uint8) for block in range(17)
    }  # 17 × 2 = 34 pieces
    weights |= {"scale": np.arange(17, dtype=np.float32), "lo": -np.arange(17, dtype=np.float32)}
    np.savez(tmp_path / "weights.npz", **weights)
    model = b"".join(_message(name, -float(n)) for n, name in enumerate(names)) + b"\x10\x01"
    (tmp_path / "sp.model").write_bytes(model)
    return tmp_path


def _message(name, score):
    text = name.encode()
    piece = b"\x0a" + bytes([len(text)]) + text + b"\x15" + np.float32(score).tobytes()
    return b"\x0a" + bytes([len(piece)]) + piece


def test_of_the_package_is_kept_what_chinese_and_english_need(folder):
    pieces, network = usem3.read(folder)
    assert pieces.of_words(["smoke", "烟火", "ñandú"]) == [BEGIN, 4, 8, *[UNKNOWN] * 6, END]
    assert len(network.rows) == 9
    assert network.vectors(np.array([0, 2, 8]))[:, 0].tolist() == [0.0, 2.0, 56.0]
    with np.load(folder / "weights.npz") as weights:
        assert (network.of["deep3"] == weights["d3"]).all()
        assert (network.of["out_bias"] == weights["cnn_b"]).all()


def test_another_file_than_one_of_pieces_is_refused(folder):
    (folder / "sp.model").write_bytes(b"\x0a\x05hello")
    with pytest.raises(ValueError, match="pieces"):
        usem3.read(folder)


def test_a_package_that_is_not_there_is_named(monkeypatch):
    monkeypatch.setattr(usem3, "NAME", "no_such_package")
    usem3.model.cache_clear()
    with pytest.raises(LookupError, match="no_such_package"):
        usem3.model()


def test_a_text_is_also_read_by_its_bare_words_in_english():
    assert models.in_english("the smoke, and 火灾 in lifts") == "smoke fire lifts"
    assert models.in_english("it is") == "it is"


def test_of_a_very_long_text_the_beginning_is_read(monkeypatch):
    pieces, network = usem3.model()
    long = pieces.of_words(["robots"] * 50)
    monkeypatch.setattr(windows, "LONGEST", 20)
    assert windows.vectors([long], network).tolist() == windows.vectors([long[:20]], network).tolist()
