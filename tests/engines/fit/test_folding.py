"""What a reason names stands in the text, whatever folding does to it."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campapp.engines.fit.folding import folded, origins
from tests.engines.fit.solving import pairs, reason

PARTS = """軟體 記憶體 位元組 泡麵 U盤 晶片 芯片 a e ｶ \uff9e ハ \u3099 \u309a \u0301 \u0323 \u0302 İ ſ ℃ ㎏ ㈱ ﬁ 𠀀
    豈 😀 ㄱ ㅏ \u1112 \u1161 \u11ab क \u093c ร ำ Σ \u200b \u202e \0 word ，""".split()  # noqa: SIM905


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PARTS), max_size=14).map("".join))
def test_each_character_of_a_folded_text_comes_from_somewhere(text):
    starts, ends = origins(text)
    assert len(starts) == len(ends) == len(folded(text))
    assert all(start < end for start, end in zip(starts, ends, strict=True))
    assert (starts, ends) == (sorted(starts), sorted(ends))


@pytest.mark.parametrize(
    ("text", "plain", "written"),
    [
        ("ｶﾞﾗｽ検査とフーリエ記憶體", "内存", "記憶體"),
        ("ハ\u309aーツ和軟體", "软件", "軟體"),
        ("記憶體和泡麵", "方便面", "泡麵"),
        ("重量㎏", "kg", "㎏"),
        ("保持2–8℃", "c", "℃"),
        ("軟體\0晶片", "芯片", "晶片"),
    ],
)
def test_what_was_folded_is_found_where_it_was_written(text, plain, written):
    starts, ends = origins(text)
    place = folded(text).index(plain)
    assert text[starts[place] : ends[place + len(plain) - 1]] == written


def test_words_behind_voiced_kana_are_named_whole():
    [pair] = pairs(["ｶﾞｲﾄﾞ\u3000edge inference 軟體"], ["Edge inference"])
    assert reason(pair, "terms")["terms"] == [{"project": "edge inference", "need": "Edge inference"}]


@pytest.mark.parametrize(
    "text",
    ["記憶體電腦晶片訊號網路伺服器" * 2_000, "a" + "\u0301" * 30_000 + "記憶體"],
    ids=["one run", "marks"],
)
def test_a_long_text_without_a_pause_takes_no_longer_than_others(text):
    began = time.process_time()
    starts, _ = origins(text)
    assert len(starts) == len(folded(text))
    assert time.process_time() - began < 5


def test_emoji_beside_chinese_characters_are_no_part_of_what_is_spelled_alike():
    [pair] = pairs(["炭疽😀"], ["炭疽😀"])
    assert reason(pair, "terms")["terms"] == [{"project": "炭疽", "need": "炭疽"}]
