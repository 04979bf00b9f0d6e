"""What a team is asked to agree to, by purpose: each a question of its own (PIPL art. 23, 25, 29)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from campapp.applications.models import ConsentText
from campapp.core.db import db
from campapp.core.language import lazy_gettext as _l

PURPOSES = {
    "running": _l("Running the programme"), "companies": _l("Passing to companies"),
    "publication": _l("Publication"), "photos": _l("Photos and video"),
}  # fmt: skip
ASKED = ("companies", "publication", "photos")
"""Each with a tick of its own; running the programme is what submitting asks for."""


@dataclass(frozen=True)
class Text:
    """A version of what is agreed to."""

    purpose: str
    version: int
    text_zh: str
    text_en: str


FIRST = (
    Text(
        "running", 1,
        "我们同意主办方为组织本活动而使用本报名表及成员姓名、联系方式：形式审查、评审、匹配、排期和通知，并按页面所示期限保存。我们已告知各成员。",
        "We agree that the organiser uses this entry and the members' names and contacts to run this programme: to "
        "check, judge, match, schedule and tell us, and keeps them as long as the page says. We have told the members.",
    ),
    Text(
        "companies", 1,
        "我们单独同意主办方将本团队名称、项目、报名材料和成员姓名提供给参加本活动的需求企业，用于对接和洽谈。可随时撤回，撤回后企业即不再看到。",
        "We separately agree that the organiser passes our team's name, project, entry and members' names to the "
        "companies of this programme, for matching and meetings. We can withdraw this at any time; companies then see "
        "it no more.",
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
)  # fmt: skip


def text_of(purpose: str, version: int | None = None) -> Text:
    """The text of a purpose: the newest, or the version that somebody agreed to."""
    statement = select(ConsentText).where(ConsentText.purpose == purpose).order_by(ConsentText.version.desc())
    if version is not None:
        statement = statement.where(ConsentText.version == version)
    row = db.session.scalars(statement.limit(1)).first()
    if row is not None:
        return Text(purpose, row.version, row.text_zh, row.text_en)
    return next(text for text in FIRST if text.purpose == purpose)


def newest_texts() -> dict[str, Text]:
    """The newest text of each purpose, in one statement."""
    found = {text.purpose: text for text in FIRST}
    for row in db.session.scalars(select(ConsentText).order_by(ConsentText.version)):
        found[row.purpose] = Text(row.purpose, row.version, row.text_zh, row.text_en)
    return found


def texts_by_version() -> dict[tuple[str, int], Text]:
    """Every text there ever was, in one statement."""
    found = {(text.purpose, text.version): text for text in FIRST}
    for row in db.session.scalars(select(ConsentText)):
        found[row.purpose, row.version] = Text(row.purpose, row.version, row.text_zh, row.text_en)
    return found
