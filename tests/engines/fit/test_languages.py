"""The same idea in two languages meets, and the words named stand in the texts."""

import json

from campapp.engines.frame.control import Control
from campapp.engines.solving import solve_bytes


def _solved(projects: list[str], needs: list[str]) -> list[dict]:
    instance = {
        "format": "campapp.fit/1",
        "projects": [{"id": f"p{n}", "text": text} for n, text in enumerate(projects)],
        "needs": [{"id": f"n{n}", "text": text} for n, text in enumerate(needs)],
        "top": 20,
    }
    return json.loads(solve_bytes("fit", json.dumps(instance).encode(), Control()))["pairs"]


def test_a_chinese_need_finds_the_english_project_that_answers_it():
    projects = ["Dyes for cotton cloth.", "Detects surface defects of new products from few samples."]
    pairs = _solved(projects, ["用少量样本发现产品表面缺陷"])
    assert pairs[0]["project"] == "p1"
    assert {"kind": "language", "project": "en", "need": "zh"} in pairs[0]["reasons"]


def test_a_traditional_text_is_compared_by_phrases_and_named_as_it_was_written():
    [pair] = _solved(["用於軟體與晶片的訊號處理"], ["芯片与软件"])
    [terms] = [reason["terms"] for reason in pair["reasons"] if reason["kind"] == "terms"]
    assert {"project": "晶片", "need": "芯片"} in terms
    assert {"project": "軟體", "need": "软件"} in terms
