"""Notices: written, changed, published, taken back."""

from __future__ import annotations

from typing import Any

from campapp.core.access import Verdict, rule
from campapp.core.action import Act, action
from campapp.core.current import Actor
from campapp.core.db import db
from campapp.core.files import StoredFile, add
from campapp.programmes.models import Notice, NoticeFile, Programme
from campapp.programmes.naming import refuse_unasked
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
    """Its words, and whether it stays on top.

    Raises:
        NamesUnasked: it is public, and would name who did not agree to it.
    """
    act.expect(version)
    for name, value in values.items():
        setattr(notice, name, value)
    if notice.published_at is not None:
        refuse_unasked(act, notice, sure=False)


@action("notice_published", rule=manages_notice)
def publish_draft(act: Act, notice: Notice, *, sure: bool = False) -> None:
    """A written notice is on the public page from now on, under this date.

    Raises:
        NamesUnasked: it names who did not agree to it, and nobody said that this is meant (`sure`).
    """
    refuse_unasked(act, notice, sure=sure)
    notice.published_at = notice.published_at or act.at


@action("notice_published", rule=manages)
def publish_notice(
    act: Act, programme: Programme, *, title_zh: str, title_en: str, text_zh: str, text_en: str,
    kind: str = "notice", pinned: bool = False, sure: bool = False,
) -> Notice:  # fmt: skip
    """A dated announcement, from now on public with its programme.

    Raises:
        NamesUnasked: as of a draft.
    """
    notice = Notice(
        programme_id=programme.id, title_zh=title_zh, title_en=title_en, text_zh=text_zh, text_en=text_en, kind=kind,
        pinned=pinned, published_at=act.at,
    )  # fmt: skip
    refuse_unasked(act, notice, sure=sure)
    db.session.add(notice)
    db.session.flush()
    return notice


@action("notice_taken_back", rule=manages_notice)
def take_notice_back(act: Act, notice: Notice) -> None:
    """No longer public; the staff still see it."""
    notice.published_at = None


@rule
def helps_with_file(actor: Actor, file: NoticeFile) -> Verdict:
    """Owner, manager or helper of the programme whose notice it goes with."""
    return helps_notice.predicate(actor, db.session.get_one(Notice, file.notice_id))


@action("notice_file_given", rule=helps_notice)
def give_notice_file(act: Act, notice: Notice, stored: StoredFile) -> NoticeFile:
    """A file that goes with it; its bytes are on disk already."""
    add(stored)
    row = NoticeFile(notice_id=notice.id, file_id=stored.id)
    db.session.add(row)
    act.note(sha256=stored.sha256)
    return row


@action("notice_file_taken_away", rule=helps_with_file)
def take_notice_file_away(act: Act, file: NoticeFile) -> None:
    """It no longer goes with the notice."""
    file.removed_at = act.at


@action("notice_file_given_back", rule=helps_with_file)
def give_notice_file_back(act: Act, file: NoticeFile) -> None:
    """Undo."""
    file.removed_at = None
