"""What a team and each of its members are asked to agree to, by purpose (PIPL art. 23, 25, 29)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from campapp.applications.models import ConsentText
from campapp.core.db import db
from campapp.core.language import lazy_gettext as _l
from campapp.programmes.models import Programme

PURPOSES = {
    "running": _l("Running the programme"), "companies": _l("Passing to companies"),
    "publication": _l("Publication"), "photos": _l("Photos and video"),
}  # fmt: skip
ASKED = ("companies", "publication", "photos")
"""Each with a tick of its own; running the programme is what submitting asks for."""
OWN = {
    "companies": _l("My name to companies"), "publication": _l("My name in public"),
    "photos": _l("Photos and video of me"),
}  # fmt: skip
"""What each member is asked for themselves."""
TEXTS = {**PURPOSES, **{f"own_{purpose}": words for purpose, words in OWN.items()}}
"""Whatever has words of its own to be agreed to."""


def asked_in(programme: Programme) -> tuple[str, ...]:
    """What is asked in a programme: only where companies come can anything be passed to them."""
    return tuple(purpose for purpose in ASKED if programme.meets or purpose != "companies")


def text_key(purpose: str, member_id: int | None) -> str:
    """Which text a consent is given to: the team's, or that of a person for themselves."""
    return f"own_{purpose}" if member_id else purpose


@dataclass(frozen=True)
class Text:
    """A version of what is agreed to."""

    purpose: str
    version: int
    text_zh: str
    text_en: str


_TEAM_WITH_MEMBERS = {
    "text_zh": "我们单独同意主办方将本团队名称、项目、报名材料和成员姓名提供给参加本活动的需求企业，用于对接和洽谈。"
    "可随时撤回，撤回后企业即不再看到。",
    "text_en": "We separately agree that the organiser passes our team's name, project, entry and members' names to "
    "the companies of this programme, for matching and meetings. We can withdraw this at any time; companies then see "
    "it no more.",
}
SHIPPED = (
    Text(
        "running", 1,
        "我们同意主办方为组织本活动而使用本报名表及成员姓名、联系方式：形式审查、评审、匹配、排期和通知，并按页面所示期限保存。我们已告知各成员。",
        "We agree that the organiser uses this entry and the members' names and contacts to run this programme: to "
        "check, judge, match, schedule and tell us, and keeps them as long as the page says. We have told the members.",
    ),
    Text("companies", 1, **_TEAM_WITH_MEMBERS),
    Text(
        "companies", 2,
        "我们单独同意主办方将本团队名称、项目和报名材料提供给参加本活动的需求企业，用于对接和洽谈。成员姓名及材料中介绍成员的内容，"
        "由每位成员本人另行决定。可随时撤回，撤回后企业即不再看到。",
        "We separately agree that the organiser passes our team's name, project and entry to the companies of this "
        "programme, for matching and meetings. Each member decides for themselves about their name and what the entry "
        "says of them. We can withdraw this at any time; companies then see it no more.",
    ),
    Text(
        "publication", 1,
        "我们单独同意主办方公开本团队名称、项目名称和简介（通知、公示、新闻和年度报告）。",
        "We separately agree that the organiser publishes our team's name, the project's title and its summary in "
        "notices, news and yearly reports.",
    ),
    Text(
        "photos", 1,
        "我们单独同意主办方在活动期间拍摄照片和视频，并用于活动宣传。",
        "We separately agree to photos and video at the programme's events, and to their use in telling about it.",
    ),
    # A person whose team agreed before each member was asked, or for whom the organiser declared it then.
    Text("own_companies", 0, **_TEAM_WITH_MEMBERS),
    Text(
        "own_companies", 1,
        "我本人单独同意主办方将我的姓名、在团队中的职务以及报名材料中关于我的内容提供给参加本活动的需求企业，用于对接和洽谈。"
        "不同意不影响团队参加。可随时撤回，撤回后企业即不再看到。",
        "I separately agree that the organiser passes my name, my role in the team and what the entry says of me to "
        "the companies of this programme, for matching and meetings. The team takes part whether I agree or not. I can "
        "withdraw this at any time; companies then see it no more.",
    ),
    Text(
        "own_publication", 1,
        "我本人单独同意主办方在通知、公示、新闻和年度报告中公开我的姓名和在团队中的职务。",
        "I separately agree that the organiser names me, with my role in the team, in notices, news and yearly "
        "reports.",
    ),
    Text(
        "own_photos", 1,
        "我本人单独同意主办方在活动期间拍摄有我的照片和视频，并用于活动宣传。",
        "I separately agree to photos and video of me at the programme's events, and to their use in telling about it.",
    ),
)  # fmt: skip
"""By version; a park's own texts come after them."""


def newest_texts() -> dict[str, Text]:
    """The newest text of each purpose, in one statement."""
    found: dict[str, Text] = {}
    for text in sorted(texts_by_version().values(), key=lambda one: one.version):
        found[text.purpose] = text
    return found


def texts_by_version() -> dict[tuple[str, int], Text]:
    """Every text there ever was, in one statement."""
    found = {(text.purpose, text.version): text for text in SHIPPED}
    for row in db.session.scalars(select(ConsentText)):
        found[row.purpose, row.version] = Text(row.purpose, row.version, row.text_zh, row.text_en)
    return found
