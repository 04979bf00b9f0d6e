"""The vocabulary that an organiser extends: a line more is a word that texts meet by, and a slip is told."""

import pytest

from campapp.engines.fit import fields, reading, tags, translation, vocabulary
from campapp.engines.frame.errors import BadInput
from tests.engines.fit.solving import pairs, reason

LEARNT = (
    vocabulary.vocabulary, reading._known, reading._single, reading._lengths, translation.stems_of, translation.meant,
    fields.of_stems, tags.meanings,
)  # fmt: skip


@pytest.fixture
def extend(tmp_path, monkeypatch):
    """Has the engine read a vocabulary of one's own."""

    def extend(text):
        (tmp_path / "own.tsv").write_text(text, "utf-8-sig")
        monkeypatch.setattr(vocabulary, "FILE", tmp_path / "own.tsv")
        forget()

    def forget():
        for each in LEARNT:
            each.cache_clear()

    yield extend
    forget()


@pytest.mark.parametrize(
    ("line", "chinese"),
    [
        ("溪鳗\tbrookwick", "溪鳗"),
        ("溪鰻；河鰻\tＢrookwick；river brookwick", "溪鳗"),
        ("溪口镇第二代鳗鱼循环水养殖舱\tbrookwick", "溪口镇第二代鳗鱼循环水养殖舱"),
    ],
    ids=["plain", "traditional and full width", "long"],
)
def test_a_line_more_is_a_word_that_texts_meet_by(extend, line, chinese):
    extend(f"[water/fish]\n{line}\n")
    [pair] = pairs(["A Brookwick for parks"], [chinese])
    assert reason(pair, "terms")["terms"] == [{"project": "Brookwick", "need": chinese}]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("# note\n\n[water/fish]\n溪鳗  brookwick", "vocabulary.tsv, line 4: a tab between"),
        ("溪鳗\tbrookwick", "vocabulary.tsv, line 1: a part"),
    ],
)
def test_a_slip_is_told_with_its_line(text, told):
    with pytest.raises(BadInput, match=told):
        vocabulary.parsed(text)
