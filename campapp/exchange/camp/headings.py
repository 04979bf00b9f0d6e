"""What people call the tables of a camp and their columns, in either language."""

from __future__ import annotations

from campapp.core.sheet.tables import heading_key

TABLES: dict[str, tuple[str, ...]] = {
    "camp": ("活动", "活动信息", "基本信息"),
    "agenda": ("议程", "日程", "时段"),
    "companies": ("企业", "需求企业", "企业名单"),
    "needs": ("需求", "技术需求", "需求清单"),
    "teams": ("团队", "团队名单", "入营团队", "项目名单"),
    "preferences": ("意向", "对接意向"),
    "matches": ("匹配", "对接", "对接结果"),
    "schedule": ("洽谈安排", "排期", "日程表"),
    "outcomes": ("合作成果", "成果"),
}

_TEAM = ("团队", "团队名称", "团队名")
_COMPANY = ("企业", "企业名称", "需求企业", "公司", "公司名称", "单位名称")
_DAY, _START, _END = ("日期",), ("开始", "开始时间"), ("结束", "结束时间")
_AWAY = ("不可用时段", "不能参加的时段", "缺席时段")
_MOST = ("最多场次", "最多洽谈", "洽谈上限", "最多洽谈场次")
_SECTOR = ("领域", "行业", "技术领域", "行业领域")
_MAIL = ("邮箱", "联系邮箱", "电子邮箱")
_PHONE = ("手机", "手机号", "手机号码", "联系电话", "电话", "mobile", "phone")
_PERSON = ("联系人", "姓名")

HEADINGS: dict[str, dict[str, tuple[str, ...]]] = {
    "camp": {"key": ("项",), "value": ("值", "内容")},
    "agenda": {
        "day": _DAY, "start": _START, "end": _END, "kind": ("类型", "类别"), "title": ("标题", "环节", "名称"),
        "room": ("会场", "地点"),
    },
    "companies": {
        "company": _COMPANY, "representative_email": ("代表邮箱", "企业代表邮箱", *_MAIL),
        "representative_phone": _PHONE,
        "representative": ("企业代表", "代表", "代表姓名", *_PERSON),
        "tables": ("洽谈桌", "洽谈桌数", "桌数"), "max_meetings": _MOST, "unavailable": _AWAY,
    },
    "needs": {
        "company": _COMPANY, "need": ("需求", "需求名称", "技术需求"), "description": ("描述", "需求描述", "说明"),
        "sector": _SECTOR, "trl_min": ("最低TRL", "TRL要求", "技术成熟度要求"), "offers": ("提供", "合作方式"),
    },
    "teams": {
        "team": _TEAM, "project": ("项目", "项目名称"), "summary": ("简介", "项目简介", "摘要"), "sector": _SECTOR,
        "trl": ("技术成熟度", "TRL等级", "成熟度"), "members": ("人数", "成员数", "团队人数"),
        "captain_email": ("负责人邮箱", "项目负责人邮箱", *_MAIL),
        "captain_phone": ("负责人手机", "负责人电话", *_PHONE),
        "captain": ("负责人", "项目负责人", "负责人姓名", *_PERSON), "language": ("语言",),
        "max_meetings": _MOST, "unavailable": _AWAY, "state": ("状态", "晋级情况"),
    },
    "preferences": {
        "side": ("一方", "方"), "from": ("来自", "提出方"), "to": ("对象",), "rank": ("名次", "排名", "顺序"),
    },
    "matches": {"team": _TEAM, "company": _COMPANY, "score": ("得分", "分数"), "state": ("状态",)},
    "schedule": {
        "team": _TEAM, "company": _COMPANY, "day": _DAY, "start": _START, "end": _END, "table": ("洽谈桌", "桌号"),
    },
    "outcomes": {
        "team": _TEAM, "company": _COMPANY, "type": ("类型",), "day": _DAY, "title": ("标题", "名称"),
        "currency": ("币种",), "intended": ("意向金额",), "signed": ("签约金额",), "paid": ("到账金额",),
        "state": ("状态",), "reported_by": ("报告方",), "confirmed_by": ("确认方",),
    },
}  # fmt: skip

_CALLED = {heading_key(name): table for table, names in TABLES.items() for name in (table, *names)}


def table_called(name: str) -> str | None:
    """Which table a file or a sheet of this name is; None where it is none of them."""
    return _CALLED.get(heading_key(name)) if name else None
