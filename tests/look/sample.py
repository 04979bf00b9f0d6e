"""What the component sheet shows: a form with every kind of field, a list, figures. Names are invented."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    FieldList,
    FileField,
    Form,
    FormField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    URLField,
)
from wtforms import widgets as w


class PairForm(Form):
    """A text in both languages."""

    zh = StringField("中文")
    en = StringField("English")


class PairField(FormField):
    """Both languages as one field."""

    kind = "pair"

    @property
    def zh(self) -> Any:
        """The Chinese half."""
        return self.form.zh

    @property
    def en(self) -> Any:
        """The English half."""
        return self.form.en


class MemberRow(Form):
    """One row of a table."""

    name = StringField("姓名")
    mobile = StringField("手机")


class TableField(FieldList):
    """Rows of members."""

    kind = "table"

    def blank(self) -> Any:
        """The row that a script copies."""
        entry = self.unbound_field.bind(form=None, name=f"{self.name}-__n__", prefix="", _meta=self.meta)
        entry.process(None)
        return entry


class CheckList(SelectMultipleField):
    """Several choices as cards."""

    widget = w.ListWidget(prefix_label=False)
    option_widget = w.CheckboxInput()


class MoneyField(StringField):
    """Money, echoed in full."""

    kind = "money"


class ScaleField(RadioField):
    """Stops on a rail."""

    kind = "scale"


def entry_form(zh: bool) -> Form:
    """Every kind of field once, two of them wrong."""
    say = (lambda z, e: z) if zh else (lambda z, e: e)

    class Entry(Form):
        name = PairField(PairForm, say("项目名称", "Name of the project"), description=say("写一种语言即可，另一种以后再补。", "One language is enough; add the other later."))
        pitch = TextAreaField(say("一句话简介", "In one sentence"), description=say("写给第一次听说你们的企业代表：解决谁的什么问题，怎么做到。", "For a representative who has never heard of you: whose problem, and how."))
        sector = SelectField(say("领域", "Sector"), choices=[say("芯片", "Chips"), say("人工智能", "Artificial intelligence")])
        site = URLField(say("网址", "Website"))
        trl = ScaleField(say("技术成熟度（TRL）", "Technology readiness, TRL"), choices=[str(n) for n in range(1, 10)])
        hope = RadioField(
            say("最希望得到什么", "What you hope for most"),
            choices=[
                ("pilot", say("试点\n在企业的场景里跑一次", "A pilot\nRun once in the company’s own setting")),
                ("purchase", say("采购\n成为正式供应商", "A purchase\nBecome a supplier")),
                ("investment", say("投资\n股权，含园区高成长基金", "Investment\nEquity, the park’s fund included")),
                ("cooperation", say("技术合作\n共建开源项目或标准", "Technical cooperation\nAn open-source project or a standard together")),
            ],
        )
        days = CheckList(say("哪几天能来", "Days you can come"), choices=[("1", say("12 月 1 日", "1 December")), ("2", say("12 月 2 日", "2 December"))])
        brief = FileField(say("项目简介文件", "Project brief"))
        people = IntegerField(say("团队人数", "People in the team"))
        asked = MoneyField(say("希望融资", "Investment sought"))
        founded = DateField(say("成立日期", "Founded on"))
        visit = DateTimeLocalField(say("上门时间", "Visit at"))
        members = TableField(FormField(MemberRow), say("成员", "Members"), min_entries=2)
        share = BooleanField(say("同意将团队资料提供给匹配到的企业", "The team’s data may be passed to the companies it is matched with"))

    form = Entry(
        MultiDict(
            {
                "name-zh": "轻眸：可在边缘重训练的视觉模型",
                "name-en": "Qingmou: vision models retrained at the edge",
                "pitch": say("路口相机里的 3 MB 视觉模型，二十分钟学会认一种新东西。", "A vision model of 3 MB in the camera at the junction. Something new to recognise takes twenty minutes."),
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
        )
    )
    form.site.errors = [say("缺少域名，例如 qinghe.example。", "The domain is missing, for instance qinghe.example.")]
    form.brief.errors = [say("这个文件 34.2 MB，超过 20 MB，没有上传。你写的其他内容都已保存。", "This file is 34.2 MB; the limit is 20 MB, so it was not uploaded. Everything else you wrote is saved.")]
    return form


ROWS = (
    ("S-10214", "多云部署、观测与计价", "Deploy, observe and price across clouds", "云栈运维", "Yunzhan Ops", 8, "submitted"),
    ("S-10212", "候车客流预测", "Forecasting passenger flow", "归雁", "Guiyan", 7, "returned"),
    ("S-10210", "漏洞扫描一体机", "Vulnerability scanning appliance", "雁台", "Yantai", 8, "eligible"),
    ("S-10201", "末端配送路线规划", "Last-mile route planning", "驿马", "Yima", 8, "ineligible"),
    ("S-10189", "轻眸：可在边缘重训练的视觉模型", "Qingmou: vision models retrained at the edge", "青禾视觉", "Qinghe Vision", 7, "accepted"),
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
    pick = 0 if zh else 1
    rows = [
        SimpleNamespace(id=code, code=code, title=(a, b)[pick], other=(b, a)[pick], team=(c, d)[pick], trl=trl, state=state, word=WORDS[state][pick])
        for code, a, b, c, d, trl, state in ROWS
    ]
    return {
        "zh": zh,
        "form": entry_form(zh),
        "rows": rows,
        "words": {key: value[pick] for key, value in WORDS.items()},
        "say": (lambda z, e: z) if zh else (lambda z, e: e),
        "places": {"home": "/", "sign_in": "#", "session": "#", "language": "#", "membership": "#", "account": "#", "search": "/search", "acting": "#"},
    }
