"""Notices: published, taken back."""

from __future__ import annotations

from campapp.core.action import Act, action
from campapp.core.db import db
from campapp.programmes.models import Notice, Programme
from campapp.programmes.rules import manages, manages_row


@action("notice_published", rule=manages)
def publish_notice(
    act: Act, programme: Programme, *, title_zh: str, title_en: str, text_zh: str, text_en: str,
    kind: str = "notice", pinned: bool = False,
) -> Notice:  # fmt: skip
    """A dated announcement, from now on public with its programme."""
    notice = Notice(
        programme_id=programme.id, title_zh=title_zh, title_en=title_en, text_zh=text_zh, text_en=text_en, kind=kind,
        pinned=pinned, published_at=act.at,
    )  # fmt: skip
    db.session.add(notice)
    db.session.flush()
    return notice


@action("notice_taken_back", rule=manages_row(Notice))
def take_notice_back(act: Act, notice: Notice) -> None:
    """No longer public; the staff still see it."""
    notice.published_at = None
