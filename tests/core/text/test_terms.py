"""Text to search terms (practice row 43)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campapp.core.text.terms import asked, plain, plain_of, terms


@pytest.mark.parametrize(
    ("typed", "simplified"),
    [
        ("軟體", "软件"),
        ("晶片", "芯片"),
        ("人工智慧", "人工智能"),
        ("ＡＩ芯片", "ai芯片"),
        ("NGUYỄN  Văn", "nguyen van"),
        ("ﬁt", "fit"),
    ],
)
def test_what_reads_the_same_is_searched_the_same(typed, simplified):
    assert plain(typed) == simplified


def test_chinese_gives_characters_and_neighbours_and_words_give_words():
    assert set(terms(plain("5G 智能网 RISC-V"))) == {"5g", "智", "能", "网", "智能", "能网", "risc", "v"}


def test_four_byte_characters_are_characters():
    assert set(terms("𠮷田")) == {"𠮷", "田", "𠮷田"}
    assert asked("𠮷").exact == ("𠮷",)


def test_a_query_asks_for_pairs_beginnings_and_phrases():
    wanted = asked("人工智能 Paddle v")
    assert wanted.exact == ("人工", "工智", "智能", "v")
    assert wanted.begins == ("paddle",)
    assert wanted.phrases == ("人工智能",)


def test_no_phrase_runs_from_one_field_into_the_next():
    assert "工智" not in terms(plain_of(["人工", "智能"]))


def test_any_middle_dot_parts_a_name_alike():
    assert len({tuple(terms(plain(f"阿卜{dot}麦提"))) for dot in "·•・∙‧"}) == 1


@given(st.text(max_size=80), st.text(max_size=20))
def test_every_text_is_taken_and_found_by_itself(text, more):
    held = set(terms(plain(text + " " + more)))
    wanted = asked(text)
    assert set(wanted.exact) <= held
    assert all(any(term.startswith(word) for term in held) for word in wanted.begins)
    assert not any("'" in term or "\\" in term or "\0" in term for term in held)
