"""The same idea in two languages meets, and the words named stand in the texts."""

import pytest

from campapp.engines.fit.stemming import stem
from tests.engines.fit.solving import pairs, reason


def test_a_chinese_need_finds_the_english_project_that_answers_it():
    projects = ["Dyes for cotton cloth.", "Detects surface defects of new products from few samples."]
    best = pairs(projects, ["用少量样本发现产品表面缺陷"])[0]
    assert best["project"] == "p1"
    assert reason(best, "language") == {"kind": "language", "project": "en", "need": "zh"}


@pytest.mark.parametrize("project", ["Робот RISC-V для завода", "ロボットアーム 芯片 ハンド"])
def test_a_text_in_another_language_is_not_called_english(project):
    [pair] = pairs([project], ["寻找面向工业现场的RISC-V芯片设计方案与测试服务"])
    assert [found["kind"] for found in pair["reasons"]] == ["terms"]


def test_an_english_need_finds_the_chinese_project_that_answers_it():
    projects = ["棉布染料", "基于振动信号的轴承故障预测性维护"]
    assert pairs(projects, ["Predictive maintenance of bearings"])[0]["project"] == "p1"


def test_a_traditional_text_is_compared_by_phrases_and_named_as_it_was_written():
    [pair] = pairs(["用於軟體與晶片的訊號處理"], ["芯片与软件"])
    terms = reason(pair, "terms")["terms"]
    assert {"project": "晶片", "need": "芯片"} in terms
    assert {"project": "軟體", "need": "软件"} in terms


def test_a_word_that_changes_its_length_when_folded_is_still_named_from_the_text():
    [pair] = pairs(["電腦記憶體檢測㈱ 記憶體"], ["检测内存"])
    assert {"project": "記憶體", "need": "内存"} in reason(pair, "terms")["terms"]


def test_full_width_letters_meet_half_width_ones():
    [pair] = pairs(["ＲＩＳＣ－Ｖ　toolchain"], ["RISC-V"])
    assert "ＲＩＳＣ" in reason(pair, "terms")["terms"][0]["project"]


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("colours", "coloring"),
        ("fibres", "fiber"),
        ("programmes", "programs"),
        ("centred", "center"),
        ("moulds", "mold"),
    ],
)
def test_british_spelling_meets_american(british, american):
    assert stem(british) == stem(american)


def test_an_abbreviation_meets_what_it_stands_for():
    [pair] = pairs(["An LLM for lawyers"], ["大语言模型"])
    assert reason(pair, "terms")["terms"] == [{"project": "LLM", "need": "大语言模型"}]


def test_a_term_of_several_words_is_named_whole():
    [pair] = pairs(["Edge computing for parks"], ["边缘计算"])
    assert reason(pair, "terms")["terms"] == [{"project": "Edge computing", "need": "边缘计算"}]


def test_texts_that_share_nothing_do_not_fit():
    assert pairs(["Dyes for cotton cloth."], ["量子密钥分发"]) == []


def test_a_text_without_words_fits_nothing():
    assert pairs(["", "…!?", "12 345"], ["", "12 345", "芯片"]) == []


def test_two_english_words_that_one_chinese_word_means_do_not_meet():
    assert not [pair for pair in pairs(["边缘推理", "edge"], ["inference 芯片"]) if pair["project"] == "p1"]


def test_a_character_that_is_folded_into_two_is_named_as_it_is_written():
    [pair] = pairs(["冷链箱保持2–8℃并记录温度"], ["A box that keeps 8 °C and records the temperature"])
    terms = reason(pair, "terms")["terms"]
    assert {"project": "℃", "need": "C"} in terms


def test_words_between_which_chinese_or_a_new_line_stands_are_no_term():
    projects = ["Edge inference for video.", "Low-power edge\n在基站旁完成推理\nInference made quick"]
    for pair in pairs(projects, ["edge inference"]):
        told = [term["project"] for term in reason(pair, "terms")["terms"]]
        assert ("Edge inference" in told) == (pair["project"] == "p0")
        assert not any("\n" in words for words in told)
