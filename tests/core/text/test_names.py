"""Names: what may be one, and when two are the same (cases 14, 39; practice row 41)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campapp.core.text import names
from campapp.core.text.language import Unreadable
from campapp.core.text.lines import many_lines, one_line


@pytest.mark.parametrize(
    "variant",
    [
        "火花\u200b",
        " 火花 ",
        "火\u3000花",
        "\ufeff火花",
        "火\u200d花",
        "火花\ufe00",
    ],
)
def test_a_name_with_invisible_characters_is_the_same_name(variant):
    assert names.fold(variant) == names.fold("火花")


@pytest.mark.parametrize("variant", ["Ｓｐäｒｋ", "Spa\u0308rk", "SPÄRK", "spärk", "Sp ärk"])
def test_width_composition_and_case_make_no_other_name(variant):
    assert names.fold(variant) == names.fold("Spärk")


@pytest.mark.parametrize("dot", "•・∙‧·･")
def test_every_middle_dot_is_the_same_dot(dot):
    assert names.fold(f"买买提{dot}艾力") == "买买提·艾力"


@pytest.mark.parametrize("dot", "•・∙‧·･")
def test_a_persons_name_is_kept_with_one_kind_of_dot(dot):
    assert names.person_name(f"买买提{dot}艾力") == "买买提·艾力"
    assert names.person_name("ジョン・スミス") == "ジョン・スミス"


def test_other_names_stay_other_names():
    assert len({names.fold(name) for name in ["火花", "火华", "花火", "火花2", "Spark", "Spärk"]}) == 6


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("火花", "火花"),
        ("火花\u200b", "火花⟨U+200B⟩"),
        (" 火花", "⟨U+0020⟩火花"),
        ("Ann  Lee", "Ann ⟨U+0020⟩Lee"),
        ("ＡＢ", "ＡＢ⟨full width⟩"),
        ("Nguye\u0302n", "Nguye\u0302⟨U+0302⟩n"),
        ("买•提", "买•⟨U+2022⟩提"),
    ],
)
def test_an_organiser_sees_what_the_eye_misses(name, shown):
    assert names.visible_differences(name) == shown


@pytest.mark.parametrize(
    "name",
    [
        "王小明",
        "𠮷田",
        "Nguyễn",
        "Οδυσσέας",
        "阿卜杜勒·麦麦提·艾力",
        "\U00030edd\U00030ede",
        "李\ue863",
        "㼆",
        "一" * 25,
        "María Fernanda de la Concepción Hernández Villanueva",
    ],
)
def test_every_character_of_gb_18030_may_stand_in_a_name(name):
    assert names.person_name(name) == name
    assert name.encode("gb18030").decode("gb18030") == name


@pytest.mark.parametrize(
    "name",
    [
        "",
        "  ",
        "\u200b\u200b",
        "一" * 26,
        "x" * 61,
        "A\0B",
        "A\ud800B",
        "A\nB",
        "A\x1bB",
        "A\u202eB",
        "x" * 1_000_000,
    ],
)
def test_what_is_no_name_is_refused_with_a_reason(name):
    with pytest.raises(Unreadable) as refused:
        names.person_name(name)
    assert str(refused.value)


@given(st.text(max_size=60))
def test_a_name_that_was_taken_is_taken_again_unchanged(typed):
    try:
        name = names.title(typed)
    except Unreadable:
        return
    assert names.title(name) == name
    assert names.fold(name) == names.fold(typed)
    assert names.fold(names.fold(name)) == names.fold(name)
    name.encode()


def test_a_long_text_keeps_its_lines():
    assert many_lines("a\r\nb\rc\u2028d\n", 10) == "a\nb\nc\nd"


def test_length_counts_characters_not_bytes():
    assert one_line("𠮷" * 10, 10) == "𠮷" * 10
    with pytest.raises(Unreadable, match="11 characters, at most 10"):
        one_line("𠮷" * 11, 10)
