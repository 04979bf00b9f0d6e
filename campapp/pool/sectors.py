"""Sectors as people type them, mapped to the park's own: Chinese and English mixed, by a table of aliases."""

from __future__ import annotations

from campapp.core.text.names import fold

SECTORS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "ai": (
        "人工智能", "artificial intelligence",
        ("AI", "机器学习", "machine learning", "深度学习", "deep learning", "大模型"),
    ),
    "5g": (
        "5G与网络", "5G and networks",
        ("5G", "网络", "通信", "telecommunications", "networks", "networking", "5G/网络"),
    ),
    "edge": (
        "边缘计算", "edge computing",
        ("边缘", "edge", "MEC"),
    ),
    "chips": (
        "芯片", "chips",
        ("集成电路", "半导体", "semiconductors", "integrated circuits", "IC", "risc-v"),
    ),
    "cloud": (
        "云计算", "cloud computing",
        ("云", "cloud", "云原生", "cloud native"),
    ),
    "iot": (
        "物联网", "internet of things",
        ("IoT", "AIoT", "传感"),
    ),
    "big data": (
        "大数据", "big data",
        ("数据", "data", "数据智能"),
    ),
    "medical": (
        "医疗科技", "medical technology",
        ("医疗", "medical", "医疗技术", "medtech", "medical imaging", "医疗健康", "生物医药"),
    ),
    "mobility": (
        "智能出行", "smart mobility",
        ("智慧出行", "mobility", "自动驾驶", "unmanned vehicles", "无人驾驶", "车联网"),
    ),
    "security": (
        "安全", "security",
        ("信息安全", "网络安全", "cybersecurity", "park safety", "安防"),
    ),
    "delivery": (
        "无人配送", "unmanned delivery",
        ("配送", "delivery", "物流", "logistics"),
    ),
    "industrial": (
        "工业互联网", "industrial internet",
        ("工业软件", "industrial software", "智能制造", "smart manufacturing"),
    ),
    "open source": (
        "开源", "open source",
        ("开源软件", "open-source software", "基础软件"),
    ),
    "marketing": (
        "数字营销", "digital marketing",
        ("营销", "marketing"),
    ),
}  # fmt: skip
"""key → (中文, English, other ways to write it)."""

_BY_ALIAS = {fold(alias): key for key, (zh, en, more) in SECTORS.items() for alias in (key, zh, en, *more)}


def sector_key(typed: str) -> str:
    """The park's own key of a sector, or the typed text folded where the table does not know it; empty for none."""
    folded = fold(typed)
    return _BY_ALIAS.get(folded, folded)


def sector_name(typed: str, locale: str) -> str:
    """A sector in the reader's language, or as it was typed where the table does not know it."""
    known = SECTORS.get(sector_key(typed))
    if known is None:
        return typed
    return known[0] if locale.startswith("zh") else known[1]
