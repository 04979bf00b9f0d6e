"""The standard entry forms, as data (see `core.form.declared`): a programme begins with its kind's as version 1."""

from __future__ import annotations

from typing import Any

Declared = dict[str, Any]


def _field(key: str, kind: str, zh: str, en: str, **more: Any) -> Declared:
    return {"key": key, "kind": kind, "label_zh": zh, "label_en": en, **more}


def _helped(field: Declared, zh: str, en: str) -> Declared:
    return {**field, "help_zh": zh, "help_en": en}


def _choices(*triples: tuple[str, str, str]) -> list[dict[str, str]]:
    return [{"value": value, "zh": zh, "en": en} for value, zh, en in triples]


TRL = _choices(
    ("1", "1 发现基本原理", "1 Basic principles observed"),
    ("2", "2 形成技术方案", "2 Concept formulated"),
    ("3", "3 关键功能得到验证", "3 Proof of concept"),
    ("4", "4 实验室验证", "4 Validated in the laboratory"),
    ("5", "5 模拟环境验证", "5 Validated in a relevant environment"),
    ("6", "6 模拟环境演示", "6 Demonstrated in a relevant environment"),
    ("7", "7 实际环境演示", "7 Demonstrated in operation"),
    ("8", "8 系统完成并通过检验", "8 Complete and qualified"),
    ("9", "9 实际应用", "9 In use"),
)
COOPERATION = _choices(
    ("pilot", "试点应用", "Pilot"),
    ("purchase", "采购", "Purchase"),
    ("investment", "投资", "Investment"),
    ("cooperation", "技术合作", "Technical cooperation"),
)

PROJECT = {
    "key": "project", "title_zh": "项目", "title_en": "Project",
    "fields": [
        _helped(
            _field("summary", "long", "项目简介", "Summary", required=True, longest=600, profile="summary"),
            "两三句话：解决谁的什么问题，怎样解决。", "Two or three sentences: whose problem, and how you solve it."),
        _helped(_field("sector", "text", "技术领域", "Sector", required=True, longest=100, profile="sector",
                       filter=True),
                "例如：人工智能、5G、芯片。", "For example AI, 5G, chips."),
        _field("link", "link", "项目网址", "Link", profile="link"),
    ],
}  # fmt: skip
TECHNOLOGY = {
    "key": "technology", "title_zh": "技术与成熟度", "title_en": "Technology",
    "fields": [
        _helped(_field("trl", "choice", "技术成熟度等级（TRL）", "Technology readiness level (TRL)", required=True,
                       choices=TRL, profile="trl", filter=True),
                "选现在已经达到的一级。", "The level that you have reached today."),
        _field("novelty", "long", "技术特点", "What is new about it", longest=1500),
        _field("proof", "long", "已有验证或应用", "Trials and users so far", longest=1500),
        _helped(_field("builds_on", "text", "所用开源框架或平台", "Built on", longest=200),
                "例如：飞桨、RISC-V。", "Open-source frameworks or platforms, such as PaddlePaddle, RISC-V."),
    ],
}  # fmt: skip
TEAM = {
    "key": "team", "title_zh": "团队情况", "title_en": "Team",
    "fields": [
        _field("founded", "date", "成立日期", "Founded on", filter=True),
        _field("staff", "number", "团队人数", "People in the team", least=1, most=100_000, filter=True),
        _field("people", "table", "核心成员", "Key people", columns=[
            _field("name", "text", "姓名", "Name", longest=100),
            _field("role", "text", "分工", "Role", longest=100),
            _field("background", "text", "经历", "Background", longest=200),
        ]),
    ],
}  # fmt: skip
WISHES = {
    "key": "wishes", "title_zh": "对接需求", "title_en": "Wishes",
    "fields": [
        _field("cooperation", "choices", "希望的合作方式", "What you look for", choices=COOPERATION),
        _helped(_field("partners", "long", "希望对接怎样的企业", "Whom you would like to meet", longest=1000),
                "哪类企业、哪个部门、要解决什么问题。", "What kind of company, which department, to solve what."),
        _field("offer", "long", "能为企业提供什么", "What you bring to a company", longest=1000),
    ],
}  # fmt: skip
FILES = {
    "key": "files", "title_zh": "附件", "title_en": "Files",
    "fields": [
        _helped(_field("introduction", "file", "项目介绍", "Introduction", megabytes=40, kinds=["pdf"]),
                "PDF。参加活动的企业都能看到。", "PDF. Every company that is shown your team can open it."),
        _helped(_field("deck", "file", "保密材料", "Confidential deck", megabytes=40, kinds=["pdf"], confidential=True),
                "PDF。企业代表同意保密条款后才能看到。",
                "PDF. A representative sees it only after accepting the non-disclosure terms."),
    ],
}  # fmt: skip

CONTEST_FILES = {
    "key": "files", "title_zh": "附件", "title_en": "Files",
    "fields": [
        _helped(_field("introduction", "file", "项目介绍", "Introduction", megabytes=40, kinds=["pdf"]),
                "PDF，几页即可：问题、方案、进展、团队。", "PDF, a few pages: problem, solution, how far, who."),
        _helped(_field("deck", "file", "路演材料", "Deck", megabytes=40, kinds=["pdf", "office"]),
                "16:9，PDF 或 PPTX。", "16:9, PDF or PPTX."),
    ],
}  # fmt: skip

DOCUMENT: Declared = {"sections": [PROJECT, TECHNOLOGY, TEAM, WISHES, FILES]}
"""What a camp asks of a team, unless its organiser asks something else."""
STANDARD: dict[str, Declared] = {
    "camp": DOCUMENT,
    "competition": {"sections": [PROJECT, TECHNOLOGY, TEAM, CONTEST_FILES]},
}
"""By kind of programme."""
