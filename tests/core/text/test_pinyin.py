"""Order and pickers by pinyin (practice row 42)."""

import pytest

from campapp.core.text.pinyin import initials, sort_key, sounds, spelling


@pytest.mark.parametrize(
    ("name", "spelled"),
    [
        ("单小明", "shanxiaoming"),
        ("曾伟", "zengwei"),
        ("仇英", "qiuying"),
        ("解缙", "xiejin"),
        ("查良镛", "zhaliangyong"),
        ("区子明", "ouziming"),
        ("朴志", "piaozhi"),
        ("盖聪", "gecong"),
        ("尉迟恭", "yuchigong"),
        ("任强", "renqiang"),
    ],
)
def test_a_surname_is_read_as_a_surname(name, spelled):
    assert spelling(name, person=True) == spelled


def test_a_word_that_is_no_person_keeps_its_reading():
    assert spelling("重庆") == "chongqing"
    assert spelling("单车") == "danche"
    assert spelling("绿地") == "lvdi"


def test_a_picker_answers_initials():
    assert initials("百度") == "bd"
    assert initials("北京百度网讯") == "bjbdwx"
    assert initials("PaddlePaddle 飞桨") == "pfj"


def test_names_stand_in_the_order_of_pinyin():
    right = ["阿里", "Ann Lee", "百度", "重庆", "李安", "李恩", "李恩泽", "林安", "Zoe"]
    assert sorted([*right[4:], *right[:4]], key=sort_key) == right


def test_one_surname_stays_together():
    people = sorted(["黎安", "李安", "黎波", "李波"], key=lambda name: sort_key(name, person=True))
    assert people in (["李安", "李波", "黎安", "黎波"], ["黎安", "黎波", "李安", "李波"])


def test_a_character_without_reading_comes_last_and_breaks_nothing():
    assert sorted(["𠮷田", "张三"], key=sort_key) == ["张三", "𠮷田"]
    assert initials("𠮷田") == "𠮷t"
    assert sort_key("") == initials("") == spelling("") == ""


def test_a_name_is_heard_as_a_word_and_as_somebodys_from_each_run_of_characters():
    assert sounds("AI 火花队") == {"a", "ahhd", "aihuohuadui", "hhd", "huohuadui"}
    assert {"c", "cgf", "z", "zgf", "cengguofan", "zengguofan"} <= sounds("曾国藩")
    assert {"ycg", "yuchigong"} <= sounds("尉迟恭")
    assert {"ld", "lvdi", "ludi"} <= sounds("绿地")
    assert {"rt", "ruanti", "rj", "ruanjian"} <= sounds("軟體")
    assert sounds("") == sounds(" · ") == set()
