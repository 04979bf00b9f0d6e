"""What the component sheet shows: a form with every kind of field, a list, figures. Names are invented."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import FileField, FormField, RadioField
from wtforms import Form as PlainForm

from campapp.core.form import fields
from campapp.core.form.base import Form
from campapp.core.form.declared import TableField

Say = Callable[[str, str], str]


class MemberRow(PlainForm):
    """One row of a table."""

    name = fields.line("姓名")
    mobile = fields.line("手机")


class ScaleField(RadioField):
    """Stops on a rail."""

    kind = "scale"


def texts(say: Say) -> dict[str, Any]:
    """Fields that are typed."""
    once = say("写一种语言即可，另一种以后再补。", "One language is enough; add the other later.")
    whom = say(
        "写给第一次听说你们的企业代表。",
        "For a representative who has never heard of you: whose problem, and how.",
    )
    members = say("成员", "Members")
    return {
        "name": fields.both(say("项目名称", "Name of the project"), description=once),
        "pitch": fields.text(say("一句话简介", "In one sentence"), 120, description=whom),
        "site": fields.read(say("网址", "Website"), str, kind="link"),
        "people": fields.whole(say("团队人数", "People in the team"), 1, 99),
        "asked": fields.amount(say("希望融资", "Investment sought")),
        "founded": fields.day(say("成立日期", "Founded on")),
        "visit": fields.moment(say("上门时间", "Visit at")),
        "brief": FileField(say("项目简介文件", "Project brief")),
        "members": TableField(FormField(MemberRow), members, min_entries=2),
    }


def choices(say: Say) -> dict[str, Any]:
    """Fields that are chosen."""
    hopes = [
        ("pilot", say("试点\n在企业的场景里跑一次", "A pilot\nRun once in the company’s own setting")),
        ("purchase", say("采购\n成为正式供应商", "A purchase\nBecome a supplier")),
        ("investment", say("投资\n股权，含园区高成长基金", "Investment\nEquity, the park’s fund included")),
        (
            "cooperation",
            say("技术合作\n共建开源项目", "Technical cooperation\nAn open-source project together"),
        ),
    ]
    days = [("1", say("12 月 1 日", "1 December")), ("2", say("12 月 2 日", "2 December"))]
    sectors = [("chips", say("芯片", "Chips")), ("ai", say("人工智能", "Artificial intelligence"))]
    topics = [(str(n), say(f"方向 {n}", f"Direction {n}")) for n in range(1, 9)]
    agreed = say("同意将团队资料提供给匹配到的企业", "The team’s data may go to matched companies")
    trl = say("技术成熟度（TRL）", "Technology readiness, TRL")
    return {
        "sector": fields.select(say("领域", "Sector"), sectors, required=True),
        "trl": ScaleField(trl, choices=fields.choices((n, n) for n in range(1, 10))),
        "hope": fields.cards(say("最希望得到什么", "What you hope for most"), hopes),
        "days": fields.several(say("哪几天能来", "Days you can come"), days),
        "topics": fields.several(say("相关方向", "Directions"), topics),
        "share": fields.tick(agreed),
    }


def entry_form(say: Say) -> Form:
    """Every kind of field once, two of them wrong."""
    typed = {
        "name-zh": "轻眸：可在边缘重训练的视觉模型",
        "name-en": "Qingmou: vision models retrained at the edge",
        "pitch": say("路口相机里的 3 MB 视觉模型。", "A vision model of 3 MB in the camera at the junction."),
        "site": "qinghe",
        "trl": "7",
        "hope": "pilot",
        "people": "6",
        "asked": "5000000",
        "founded": "2023-03-01",
        "members-0-name": "周岚",
        "members-0-mobile": "138****8000",
        "members-1-name": "林朔",
    }
    form: Form = type("Entry", (Form,), texts(say) | choices(say))(MultiDict(typed))
    no_domain = say("缺少域名，例如 qinghe.example。", "The domain is missing, for instance qinghe.example.")
    too_big = say(
        "这个文件 34.2 MB，超过 20 MB，没有上传。", "This file is 34.2 MB; the limit is 20 MB: not uploaded."
    )
    form["site"].errors, form["brief"].errors = [no_domain], [too_big]
    return form


ROWS = (
    (
        "S-10214",
        "多云部署、观测与计价",
        "Deploy, observe and price across clouds",
        "云栈运维",
        "Yunzhan Ops",
        "submitted",
    ),
    ("S-10212", "候车客流预测", "Forecasting passenger flow", "归雁", "Guiyan", "returned"),
    ("S-10210", "漏洞扫描一体机", "Vulnerability scanning appliance", "雁台", "Yantai", "eligible"),
    ("S-10201", "末端配送路线规划", "Last-mile route planning", "驿马", "Yima", "ineligible"),
    (
        "S-10189",
        "轻眸：边缘视觉模型",
        "Qingmou: vision models at the edge",
        "青禾视觉",
        "Qinghe Vision",
        "accepted",
    ),
)
WORDS = {
    "submitted": ("已提交", "Submitted"),
    "returned": ("已退回", "Returned"),
    "eligible": ("合格", "Eligible"),
    "ineligible": ("不合格", "Ineligible"),
    "accepted": ("已入营", "Accepted"),
    "draft": ("草稿", "Draft"),
    "withdrawn": ("已退赛", "Withdrawn"),
}


def sample_of(locale: str) -> dict[str, Any]:
    """Everything that the sheet names, in one language."""
    zh = locale == "zh_CN"
    say: Say = (lambda chinese, english: chinese) if zh else (lambda chinese, english: english)
    names = ("id", "title", "other", "team", "team_other", "state")
    rows = []
    for row in ROWS:
        seen = dict(zip(names, row, strict=True))
        if not zh:
            seen |= {"title": row[2], "other": row[1], "team": row[4]}
        rows.append(SimpleNamespace(**seen, code=row[0], trl=7, word=say(*WORDS[row[5]])))
    return {
        "zh": zh,
        "say": say,
        "form": entry_form(say),
        "rows": rows,
        "words": {k: say(*v) for k, v in WORDS.items()},
    }
