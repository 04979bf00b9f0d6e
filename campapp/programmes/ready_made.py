"""Questions and tables that entry forms ask again and again, to be put in with one press."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from campapp.programmes.models import Unit

Declared = dict[str, Any]


def _field(key: str, kind: str, zh: str, en: str, **more: Any) -> Declared:
    return {"key": key, "kind": kind, "label_zh": zh, "label_en": en, **more}


def _choices(*triples: tuple[str, str, str]) -> list[dict[str, str]]:
    return [{"value": value, "zh": zh, "en": en} for value, zh, en in triples]


MEMBERS = _field("members", "table", "团队成员", "Members", least=1, columns=[
    _field("name", "text", "姓名", "Name", longest=25, required=True),
    _field("role", "text", "职务", "Position", longest=60),
    _field("degree", "choice", "学历", "Degree", choices=_choices(
        ("doctor", "博士", "Doctor"), ("master", "硕士", "Master"), ("bachelor", "本科", "Bachelor"),
        ("other", "其他", "Other"))),
    _field("school", "text", "毕业院校", "School", longest=100),
    _field("duty", "text", "分工", "Task", longest=100),
])  # fmt: skip
PROPERTY = _field("property", "table", "知识产权", "Intellectual property", columns=[
    _field("kind", "choice", "类型", "Kind", required=True, choices=_choices(
        ("invention", "发明专利", "Invention patent"), ("utility", "实用新型专利", "Utility model"),
        ("design", "外观设计专利", "Design patent"), ("software", "软件著作权", "Software copyright"),
        ("chip", "集成电路布图设计", "Chip layout"), ("other", "其他", "Other"))),
    _field("number", "text", "编号", "Number", longest=60),
    _field("title", "text", "名称", "Title", longest=200, required=True),
    _field("state", "choice", "状态", "State", choices=_choices(
        ("granted", "已授权", "Granted"), ("published", "已公开", "Published"), ("applied", "已受理", "Applied for"))),
    _field("holder", "text", "权利人", "Holder", longest=100),
])  # fmt: skip
FINANCES = _field("finances", "table", "近两年财务状况", "Finances of the last two years", least=2, most=2, columns=[
    _field("year", "number", "年度", "Year", required=True, least=1990, most=2100, decimals=0),
    _field("revenue", "money", "营业收入", "Revenue", unit="万元", sum=True),
    _field("profit", "number", "净利润（万元）", "Net profit (10,000 yuan)", sum=True),
    _field("research", "money", "研发投入", "Research and development", unit="万元", sum=True),
    _field("assets", "money", "资产总额", "Total assets", unit="万元"),
    _field("staff", "number", "员工人数", "Staff", least=0, most=1_000_000, decimals=0),
])  # fmt: skip
ROUNDS = _field("rounds", "table", "融资经历", "Financing rounds", columns=[
    _field("day", "date", "日期", "Date", required=True),
    _field("round", "choice", "轮次", "Round", choices=_choices(
        ("angel", "天使轮", "Angel"), ("pre_a", "Pre-A轮", "Pre-A"), ("a", "A轮", "A"), ("b", "B轮", "B"),
        ("c", "C轮及以后", "C and later"), ("other", "其他", "Other"))),
    _field("amount", "money", "金额", "Amount", unit="万元", sum=True, required=True),
    _field("investor", "text", "投资方", "Investor", longest=200),
    _field("valuation", "money", "投后估值", "Valuation after it", unit="万元"),
])  # fmt: skip
CREDIT_CODE = _field("credit_code", "credit", "统一社会信用代码", "Unified social credit code",
                     profile="organisation.credit_code")  # fmt: skip
REGISTERED_ON = _field("registered_on", "date", "注册日期", "Registration date", filter=True,
                       profile="organisation.registered_on")  # fmt: skip
ENTITY = _field("entity", "choice", "参赛主体", "Kind of entrant", required=True, filter=True, choices=_choices(
    ("enterprise", "企业", "Enterprise"), ("team", "团队（未注册企业）", "Team (no company yet)")))  # fmt: skip
LISTED = _field(
    "listed", "choice", "是否上市", "Listed", choices=_choices(("no", "否", "No"), ("yes", "是", "Yes"))
)
RECOMMENDER = _field("recommender", "choice", "推荐单位", "Recommended by", filter=True, recommender=True, seen_by=[],
                     choices=_choices(("c1", "推荐单位一", "First unit"), ("c2", "推荐单位二", "Second unit"))
                     )  # fmt: skip
"""Its choices become the programme's recommending units, where it has any."""
REVENUE = _field("revenue", "money", "上年度营业收入", "Revenue of last year", unit="万元", filter=True)
PROMISE_ZH = (
    "我方承诺：所填内容和所附材料真实、完整、合法，不侵犯他人的知识产权；遵守活动规则和主办方的安排；"
    "如有不实，自愿承担由此产生的一切责任。"
)
PROMISE_EN = (
    "We promise that what is written here and attached is true, complete and lawful and violates nobody's intellectual "
    "property; that we keep to the rules of the programme; and that we bear all consequences if it is otherwise."
)
LETTER = _field("promise", "letter", "参赛承诺书", "Commitment letter", required=True, text_zh=PROMISE_ZH,
                text_en=PROMISE_EN, seen_by=[])  # fmt: skip
CONSENT = _field("rules", "consent", "同意活动规则", "I agree to the rules", required=True,
                 text_zh="我已阅读并同意本次活动的规则。", text_en="I have read the rules of this programme and agree.",
                 seen_by=[])  # fmt: skip

READY_MADE: tuple[Declared, ...] = (
    MEMBERS, PROPERTY, FINANCES, ROUNDS, CREDIT_CODE, REGISTERED_ON, ENTITY, LISTED, REVENUE, RECOMMENDER, LETTER,
    CONSENT,
)  # fmt: skip

# What is asked of whoever is in: names for badges, what is shown on stage, who arrives when.
PEOPLE = _field("people", "table", "到场人员", "Who comes", required=True, least=1, badges=True, columns=[
    _field("name", "text", "姓名（用于胸卡）", "Name, as on the badge", longest=25, required=True),
    _field("title", "text", "职务", "Position", longest=60),
    _field("phone", "phone", "手机", "Mobile number"),
])  # fmt: skip
DECK = _field("deck", "file", "路演材料", "Deck", required=True, kinds=["pdf", "office"], megabytes=50, count=1,
              help_zh="16:9，PDF 或 PPTX。", help_en="16:9, PDF or PPTX.")  # fmt: skip
LOGO = _field("logo", "file", "标识（Logo）", "Logo", required=True, kinds=["png", "jpg", "pdf", "zip"], megabytes=20,
              count=1, help_zh="用于背景板和桌签，请提供矢量或大图。",
              help_en="For the backdrop and the table sign; a vector or a large picture.")  # fmt: skip
AGREEMENT = _field("agreement", "letter", "参加协议", "Agreement", required=True,
                   text_zh="我方确认参加本次活动，遵守活动安排和会场规定。",
                   text_en="We take part in this programme and keep to its arrangements and the rules of the place."
                   )  # fmt: skip
ARRIVAL = _field("arrival", "text", "抵达时间与方式", "Arrival: when and how", longest=200)
MEALS = _field("meals", "choices", "餐饮要求", "Meals", choices=_choices(
    ("halal", "清真", "Halal"), ("vegetarian", "素食", "Vegetarian"),
    ("allergy", "过敏（请联系主办方）", "Allergy")))  # fmt: skip
READY_LATER: tuple[Declared, ...] = (PEOPLE, DECK, LOGO, AGREEMENT, ARRIVAL, MEALS)
BY_KEY = {field["key"]: field for field in (*READY_MADE, *READY_LATER)}


def usual_later() -> Declared:
    """A follow-up's form to begin with: who comes and how, and what is to be handed in."""
    return {"sections": [
        {"key": "coming", "title_zh": "到场", "title_en": "Coming", "fields": [PEOPLE, ARRIVAL]},
        {"key": "material", "title_zh": "材料", "title_en": "Material", "fields": [DECK, LOGO]},
    ]}  # fmt: skip


def recommending(units: Iterable[Unit]) -> list[Declared]:
    """The choices of who recommends: a programme's recommending units, each value naming its unit."""
    return [
        {"value": f"u{unit.id}", "zh": unit.name_zh, "en": unit.name_en}
        for unit in units
        if unit.role == "recommend"
    ]
