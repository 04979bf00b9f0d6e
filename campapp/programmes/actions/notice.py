"""Notices: written, changed, published, taken back."""

from __future__ import annotations

from typing import Any

from campapp.core.action import Act, action
from campapp.core.db import db
from campapp.programmes.models import Notice, Programme
from campapp.programmes.rules import helps, helps_with, manages, manages_row

helps_notice = helps_with(Notice)
manages_notice = manages_row(Notice)


@action("notice_written", rule=helps)
def write_notice(act: Act, /, programme: Programme, **values: Any) -> Notice:
    """A draft that only the staff sees."""
    notice = Notice(programme_id=programme.id, **values)
    db.session.add(notice)
    return notice


@action("notice_changed", rule=helps_notice)
def change_notice(act: Act, /, notice: Notice, *, version: int | None = None, **values: Any) -> None:
    """Its words, and whether it stays on top."""
    act.expect(version)
    for name, value in values.items():
        setattr(notice, name, value)


@action("notice_published", rule=manages_notice)
def publish_draft(act: Act, notice: Notice) -> None:
    """A written notice is on the public page from now on, under this date."""
    notice.published_at = notice.published_at or act.at


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


@action("notice_taken_back", rule=manages_notice)
def take_notice_back(act: Act, notice: Notice) -> None:
    """No longer public; the staff still see it."""
    notice.published_at = None
